"""Sheets: what a register says of one territory or one programme, as HTML, Markdown or PDF."""
