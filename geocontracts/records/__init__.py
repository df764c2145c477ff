"""Stage 2: the register, declared once, read and checked."""
