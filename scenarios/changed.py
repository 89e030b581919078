"""How a scenario that was changed is called: by what it was made from, and what was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cleanpark.scenarios import timeline
from cleanpark.scenarios.levers import behaviour_parameters, levers

MOST_SAID = 3
"""Changes that a changed scenario's name says; of more, their number and a digest."""


def what_changed(changed: Mapping[str, Any], digest: str) -> str:
    """Changes as a name says them: ``fine=60``, or how many there are.

    >>> what_changed({"fine": 60.0, "audit_mode": "none"}, "")
    'fine=60, audit_mode=none'
    """
    if len(changed) > MOST_SAID:
        return f"{len(changed)} changes {digest[:8]}"
    return ", ".join(f"{name}={brief(value)}" for name, value in changed.items())


def brief(value: Any) -> str:
    """A lever's value, or its dates with values, in a few characters."""
    if isinstance(value, Mapping) and timeline.PHASE_KEYS & set(value):
        return f"{brief(value['end'])} phased in {value['from']} to {value['to']}"
    if isinstance(value, Mapping):
        return " then ".join(f"{brief(one)} from {date}" for date, one in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " then ".join(brief(one) for one in value)
    return value if isinstance(value, str) else f"{value:g}"


def changed_title(title: str, changed: Mapping[str, Any], digest: str, language: str) -> str:
    """The title of a changed scenario; in Chinese levers are called by their titles.

    >>> changed_title("自愿审核（现状）", {"fine": 60.0}, "", "zh")
    '自愿审核（现状），超标基础罚款 60'
    """
    if language != "zh":
        return f"{title}, {what_changed(changed, digest)}"
    if len(changed) > MOST_SAID:
        return f"{title}，{len(changed)} 项改动（{digest[:8]}）"
    known = {**levers(), **behaviour_parameters()}
    called = {name: known[name].title["zh"] if name in known else name for name in changed}
    return "，".join([title, *(f"{called[name]} {_brief_zh(changed[name])}" for name in changed)])


def _brief_zh(value: Any) -> str:
    """The same as :func:`brief` in Chinese."""
    if isinstance(value, Mapping) and timeline.PHASE_KEYS & set(value):
        return f"{value['from']}～{value['to']} 逐步到 {_brief_zh(value['end'])}"
    if isinstance(value, Mapping):
        return "、".join(f"{_brief_zh(one)}（{date} 起）" for date, one in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "、".join(_brief_zh(one) for one in value)
    return brief(value)
