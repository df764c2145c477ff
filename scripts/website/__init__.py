"""What the documentation site adds to `docs/`."""
