"""
How hard the property tests look: the profile is named by HYPOTHESIS_PROFILE.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# A shared machine is slow now and then; speed is measured in benchmarks/ and nowhere else.
_CALM = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("default", **_CALM)  # type: ignore[arg-type]  # one value of each kind
settings.register_profile("ci", derandomize=True, **_CALM)  # type: ignore[arg-type]  # as above
settings.register_profile("deep", max_examples=2000, **_CALM)  # type: ignore[arg-type]  # as above
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "default")
)
