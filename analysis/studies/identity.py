"""In what two studies, or two histories, differ: what determines them, compared, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WORDS = {
    "version": "cleanpark's version",
    "sources": "cleanpark's code or data, changed since",
    "source": "the function's source or what it uses",
    "columns": "parameters",
    "kind": "method",
    "over_time": "--over-time",
    "scenario_sha256": "scenario",
    "text": "scenario",
}


def differences(here: Mapping[str, Any], there: Mapping[str, Any]) -> list[str]:
    """In what two identities differ, in words; empty where they are one's."""
    found: list[str] = []
    for key, value in here.items():
        other = there.get(key)
        if isinstance(value, dict):
            found += differences(value, other if isinstance(other, dict) else {})
        elif value != other:
            found.append(WORDS.get(key, key))
    return found
