"""A file of any kind that people keep lists in, as one table of text cells."""
