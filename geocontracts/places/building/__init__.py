"""Build a set of places from polygons, one module per step.

coverage -> levels -> arcs -> files; `scripts/build_boundaries.py` makes the bundled set with it,
`places/fresh/` makes fresher ones. Nothing here is imported before a set is built.
"""
