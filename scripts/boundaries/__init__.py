"""Build the reference geography in `data/boundaries/`, one module per step.

releases -> sources -> succession -> coverage -> levels -> topology -> files
"""
