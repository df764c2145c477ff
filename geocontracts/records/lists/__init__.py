"""Lists as people keep them: which column says what, and one row for a contract or one for a place."""
