"""The kinds of plates: each module has one function `draw`, which is given an empty plate."""
