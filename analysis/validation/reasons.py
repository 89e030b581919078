"""Why parts of patterns fail, as far as it is known; written for kept results of a version.

A part that fails there has its reason here, and one that passes has none:
``tests/analysis/test_validation.py`` holds that for the kept results, not for new runs.
"""

from __future__ import annotations

from collections.abc import Mapping

from cleanpark.scenarios.errors import Message

WRITTEN_FOR = "0.2.0"
"""The version whose kept results the reasons are about."""

REASONS: Mapping[str, Mapping[str, Message]] = {}
"""By pattern and part."""


def reason_for(pattern: str, part: str) -> Message | None:
    """Why a part fails; None where nothing is written."""
    return REASONS.get(pattern, {}).get(part)
