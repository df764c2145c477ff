"""Build the reference geography in `data/boundaries/`, one module per step.

releases -> sources -> lists, shapes -> succession; the rest is `geocontracts/places/building/`
"""
