"""Places fresher or finer than the bundled ones: fetched, verified, built, kept in the user's cache.

settings -> download -> features -> etalab, ign -> checks -> succession -> compose -> sets -> refresh
"""
