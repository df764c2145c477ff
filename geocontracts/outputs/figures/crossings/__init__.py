"""The crossing of programmes: which combinations occur, how they are laid out, how they are drawn."""
