"""Whether a page or a file is as it was written, and made from the files that it names."""
