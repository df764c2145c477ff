"""How much is generated: the same examples on every run, so many and no more, whatever the machine's speed.

`HYPOTHESIS_PROFILE=long` looks for new examples, many of them, at the desk.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("long", settings.get_profile("ci"), derandomize=False)
_PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "ci")
_TIMES = {"ci": 1, "long": 50}[_PROFILE]
settings.load_profile(_PROFILE)


def examples(number: int) -> settings:
    """Return the profile in use with so many examples, or many times that at the desk."""
    return settings(max_examples=number * _TIMES)
