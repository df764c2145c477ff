"""The pages of reference in `docs/`: commands, Python names, messages."""
