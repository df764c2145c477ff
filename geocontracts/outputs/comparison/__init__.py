"""Two editions of a register: what began, ended, moved or changed between them."""
