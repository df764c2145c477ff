"""Lists too long for memory: read once by DuckDB, in our own words, into a table on the disk."""
