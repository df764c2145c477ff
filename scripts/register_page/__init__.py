"""The parts of `docs/registre.md`."""
