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
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("long", settings.get_profile("ci"), derandomize=False, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def at_least(examples: int) -> settings:
    """Return the profile in use with more examples, for what is quick to try."""
    return settings(max_examples=max(examples, settings.default.max_examples))
