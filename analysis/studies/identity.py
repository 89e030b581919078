"""In what two studies, or two histories, differ: what determines them, compared, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleanpark.scenarios.errors import N_

KEYS = (
    N_("seeds"),
    N_("quarters"),
    N_("outcomes"),
    N_("scenarios"),
    N_("parks"),
    N_("samples"),
    N_("history"),
    N_("engine"),
    N_("start"),
    N_("enterprises"),
    N_("names"),
    N_("function"),
    N_("objectives"),
    N_("budget"),
    N_("population"),
    N_("search_seed"),
    N_("design_seed"),
    N_("base_samples"),
    N_("second_order"),
    N_("grouped"),
)
"""What a record's key says by itself."""
WORDS = {
    "version": N_("cleanpark's version"),
    "sources": N_("cleanpark's code or data, changed since"),
    "source": N_("the function's source or what it uses"),
    "columns": N_("parameters"),
    "kind": N_("method"),
    "over_time": N_("--over-time"),
    **{key: key for key in KEYS},
    "scenario_sha256": N_("scenario"),
    "text": N_("scenario"),
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
