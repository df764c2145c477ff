"""Totals of long lists of grants by place, programme and year, and the rows that have no place."""
