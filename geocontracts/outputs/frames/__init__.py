"""Who is covered by what, as tidy pandas DataFrames."""
