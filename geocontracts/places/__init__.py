"""Stage 1: places, their codes, names and vintages, and their boundaries."""
