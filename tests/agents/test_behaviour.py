"""One behaviour for both drivers: a method decides for agents, the function for records."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from numba import njit

from cleanpark.agents.behaviour import DECISIONS, decision


@decision
def only_choice(enterprise: Any, number: int) -> int:
    return enterprise + number  # type: ignore[no-any-return]


DECISIONS.pop("only_choice")


@njit
def compiled(enterprise: float, number: int) -> float:
    return only_choice(enterprise, number)


def test_a_method_of_the_name_decides_instead() -> None:
    stubborn = SimpleNamespace(only_choice=lambda number: -number)
    assert only_choice(stubborn, 3) == -3
    assert only_choice(4, 3) == 7


def test_compiled_code_runs_the_function_itself() -> None:
    assert compiled(4, 3) == 7


def test_every_decision_is_a_method_of_an_enterprise() -> None:
    from cleanpark.agents.enterprise import Enterprise

    for name, function in DECISIONS.items():
        assert getattr(Enterprise, name) is function
