"""How a command ends."""

DONE, PROBLEMS, NOT_DONE = 0, 1, 2
