"""A space from ranges by name, as neighbouring libraries take them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from cleanpark.analysis.studies.space import (
    Factor,
    Narrowing,
    Space,
    declared,
    factor_of,
    narrowed,
)
from cleanpark.scenarios.errors import InputError, Listed
from cleanpark.scenarios.levers import behaviour_parameters, levers
from cleanpark.scenarios.reading import checked

SALIB_SCALES = {"unif": "linear", "logunif": "log"}
"""Distributions of a SALib problem that factors have, by their scale."""


def space_of(given: Mapping[str, Any], own: bool | None = None) -> Space:
    """A space from ranges by name, or from a problem of SALib (names, bounds, dists, groups)."""
    if {"names", "bounds"} <= given.keys():
        return _salib_space(given, own)
    known = {**levers(), **behaviour_parameters()}
    if own is None:
        own = not all(name in known for name in given)
    return Space(tuple(_factor(name, said, own) for name, said in given.items()))


def _factor(name: str, said: Any, own: bool) -> Factor:
    """One entry of a mapping: (low, high), texts to choose from, or what a file of ranges says."""
    where = f"parameters, '{name}'"
    if isinstance(said, Factor):
        return replace(said, name=name)
    said = said.tolist() if isinstance(said, np.ndarray) else said
    if not isinstance(said, Mapping):
        if not isinstance(said, (list, tuple)) or not said:
            raise InputError("{where}: give (low, high), or the choices", where=where)
        words = all(isinstance(one, str) for one in said)
        said = {"choices": list(said)} if words else {"range": [_number(one) for one in said]}
    table = checked(Narrowing, dict(said), where, InputError)
    if own:
        return _own_factor(name, table)
    return narrowed(factor_of(*declared(name)), table, declared(name)[0], where)


def _number(value: Any) -> Any:
    """A number of NumPy as Python's own."""
    return value.item() if isinstance(value, np.generic) else value


def _own_factor(name: str, table: Narrowing) -> Factor:
    """An input of a function of one's own."""
    low, high = table.range or (0.0, 1.0)
    scale = table.scale or ("choice" if table.choices else "linear")
    return Factor(
        name, low, high, scale=scale, distribution=table.distribution or "uniform",
        choices=table.choices or (), group=table.group or "",
    )  # fmt: skip


def _salib_space(problem: Mapping[str, Any], own: bool | None) -> Space:
    names, bounds = list(problem["names"]), list(problem["bounds"])
    scales = [_salib_scale(one) for one in problem.get("dists") or ["unif"] * len(names)]
    groups = list(problem.get("groups") or [None] * len(names))
    if not len(names) == len(bounds) == len(scales) == len(groups):
        raise InputError("problem: names, bounds, dists and groups must be as many")
    entries = zip(bounds, scales, groups, strict=True)
    tables = [
        {"range": [_number(one) for one in bound]}
        | ({"scale": scale} if scale != "linear" else {})
        | ({"group": str(group)} if group is not None else {})
        for bound, scale, group in entries
    ]
    found = space_of(dict(zip(map(str, names), tables, strict=True)), own)
    return replace(found, grouped=len(set(groups)) < len(names) and groups[0] is not None)


def _salib_scale(name: str) -> str:
    if name not in SALIB_SCALES:
        raise InputError(
            "problem: distribution '{name}' is not known here (there are {known}); make a Space of "
            "Factors", name=name, known=Listed(SALIB_SCALES),
        )  # fmt: skip
    return SALIB_SCALES[name]
