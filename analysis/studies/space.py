"""What a study varies, by name: parameters with the ranges, scales and distributions of the data
files, narrowed by a file or a mapping of ranges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from cleanpark.analysis.studies.factors import Distribution as Distribution
from cleanpark.analysis.studies.factors import Factor as Factor
from cleanpark.analysis.studies.factors import Scale as Scale
from cleanpark.analysis.studies.factors import Space as Space
from cleanpark.scenarios.errors import InputError, Listed, Message, nearest
from cleanpark.scenarios.folders import user_path
from cleanpark.scenarios.levers import Parameter, behaviour_parameters, levers
from cleanpark.scenarios.reading import checked, read_toml
from cleanpark.scenarios.value import Record

KINDS = ("behaviour", "levers")
WHOLE = ("all", *KINDS)
"""Selections that are not the name of a parameter or of a group."""


def factor_of(parameter: Parameter, kind: str) -> Factor:
    """What the data files say of a lever or behavioural parameter, as a factor."""
    return Factor(
        name=parameter.name,
        low=parameter.range[0],
        high=parameter.range[1],
        kind=kind,
        scale=parameter.scale,
        distribution=parameter.distribution,
        mode=parameter.code(parameter.default),
        choices=parameter.choices,
        unit=parameter.unit,
        title=parameter.title,
        group=parameter.group,
        certainty=parameter.certainty,
    )


def declared(name: str) -> tuple[Parameter, str]:
    """A parameter of the data files and its kind; InputError suggests what was meant."""
    if name in levers():
        return levers()[name], "lever"
    if name in behaviour_parameters():
        return behaviour_parameters()[name], "behaviour"
    known = [*levers(), *behaviour_parameters(), *group_names(), *WHOLE]
    raise InputError(
        "unknown parameter '{name}'{hint} (cleanpark parameters lists all)",
        name=name,
        hint=nearest(name, known),
    )


def group_names() -> list[str]:
    """Groups of the declared parameters, such as ``learning`` or ``penalties``."""
    every = [*levers().values(), *behaviour_parameters().values()]
    return list(dict.fromkeys(parameter.group for parameter in every))


def can_vary(parameter: Parameter) -> bool:
    """Whether the data file gives the parameter a range at all."""
    return parameter.scale == "choice" or parameter.range[0] < parameter.range[1]


def selected(selection: str | Sequence[str], kinds: Sequence[str] = KINDS) -> list[str]:
    """Names of the parameters that a selection means.

    ``all``, ``behaviour``, ``levers``, names of groups and of parameters, in a list or separated
    by commas; a whole kind or group leaves out what has no range. ``kinds`` says of which kinds a
    group is taken.
    """
    parts = selection.split(",") if isinstance(selection, str) else list(selection)
    found: list[str] = []
    for part in (one.strip() for one in parts):
        if part:
            found += _expanded(part, kinds)
    return list(dict.fromkeys(found))


def _expanded(part: str, kinds: Sequence[str]) -> list[str]:
    tables = {"levers": levers(), "behaviour": behaviour_parameters()}
    if part in (*levers(), *behaviour_parameters()):
        return [part]
    names = [
        name
        for kind, table in tables.items()
        if kind in kinds
        for name, parameter in table.items()
        if part in ("all", kind, parameter.group) and can_vary(parameter)
    ]
    if not names:
        declared(part)
    return names


class Narrowing(Record):
    """What a file of ranges may say of a parameter."""

    range: tuple[float, float] | None = None
    scale: Scale | None = None
    distribution: Distribution | None = None
    choices: tuple[str, ...] | None = None
    group: str | None = None


def narrowed(
    factor: Factor, given: Narrowing, parameter: Parameter, where: str | Message
) -> Factor:
    """The factor with a narrower range, inside what the model allows."""
    changes: dict[str, Any] = {
        key: value
        for key in ("scale", "distribution", "choices", "group")
        if (value := getattr(given, key)) is not None
    }
    if given.range is not None:
        low, high = given.range
        if not parameter.low <= low < high <= parameter.high:
            raise InputError(
                "{where}, key 'range': [{low:g}, {high:g}] is not possible; low "
                "below high, {allowed}",
                where=where,
                low=low,
                high=high,
                allowed=parameter.allowed,
            )
        changes.update(low=low, high=high)
    for choice in given.choices or ():
        if choice not in parameter.choices:
            hint = nearest(choice, parameter.choices)
            raise InputError(
                "{where}, key 'choices': '{choice}' is none of them{hint}",
                where=where,
                choice=choice,
                hint=hint,
            )
    if len(set(given.choices or ())) < len(given.choices or ()):
        raise InputError("{where}, key 'choices': one of them is given twice", where=where)
    if given.scale is not None and given.scale != factor.scale:
        if not {given.scale, factor.scale} <= {"linear", "log"}:
            raise InputError(
                "{where}, key 'scale': '{scale}' does not fit a parameter of scale "
                "'{own}'; only linear and log take each other's place",
                where=where,
                scale=given.scale,
                own=factor.scale,
            )
    if given.range is not None and given.distribution is None and not low <= factor.mode <= high:
        if factor.distribution == "triangular":
            raise InputError(
                "{where}: a triangular distribution needs the default {mode:g} "
                'inside the range; say distribution = "uniform"',
                where=where,
                mode=factor.mode,
            )
    try:
        return replace(factor, **changes)
    except InputError as cause:
        raise InputError("{where}: {cause}", where=where, cause=cause) from cause


def narrow(factors: Sequence[Factor], path: Path) -> tuple[Factor, ...]:
    """Factors with the ranges of a TOML file, one table per parameter.

    A parameter that the file names and the study does not vary is an error, so that no range is
    overlooked.
    """
    found = {factor.name: factor for factor in factors}
    tables = read_toml(path, InputError)
    if not tables:
        raise InputError(
            "{path}: names no parameter; write a table for each, as in [fine] with "
            "range = [5, 40], or leave --ranges out", path=path,
        )  # fmt: skip
    for name, table in tables.items():
        where = Message("{path}, [{name}]", path=path, name=name)
        if table == {}:
            raise InputError("{where}: says nothing of its range", where=where)
        if name not in found:
            declared(name)
            raise InputError(
                "{where}: '{name}' is not among the parameters of this study{hint}",
                where=where,
                name=name,
                hint=nearest(name, found),
            )
        given = checked(Narrowing, table, where, InputError)
        found[name] = narrowed(found[name], given, declared(name)[0], where)
    return tuple(found.values())


def space(
    selection: str | Sequence[str] | Sequence[Factor] | Mapping[str, Any] | Space = "behaviour",
    ranges: str | Path | None = None,
    grouped: bool = False,
    own: bool | None = None,
) -> Space:
    """The parameters of a study, with the ranges of the data files.

    ``selection``: ``all``, ``behaviour``, ``levers``, groups or names (a list, or separated by
    commas); ``ranges``: a TOML file that narrows them; ``grouped``: analyse groups as one.
    A mapping gives ranges itself: ``{"fine": (10, 12)}``, or a problem as SALib has it. Its names
    are the model's; of a function of one's ``own`` they are any. Where that is not said, they are
    the model's if it knows all of them.

    >>> space({"fine": (10, 12)}).factor("fine").high
    12.0
    >>> space("learn_own,fine").factor("fine").scale
    'log'

    Raises InputError that names the parameter or the file and key, and suggests.
    """
    if isinstance(selection, Space):
        return replace(selection, grouped=grouped or selection.grouped)
    to_dict = getattr(selection, "to_dict", None)
    if to_dict is not None:  # a column of pandas, ranges by name or names alone
        column = to_dict()
        words = all(isinstance(one, str) for one in column.values())
        selection = list(column.values()) if words else column
    if isinstance(selection, Mapping):
        given = space_of(selection, own)
        factors = narrow(given.factors, user_path(ranges)) if ranges is not None else given.factors
        return Space(factors, grouped or given.grouped)
    factors = _listed(selection)
    if ranges is not None:
        factors = narrow(factors, user_path(ranges))
    return Space(factors, grouped)


def _listed(selection: Any) -> tuple[Factor, ...]:
    """Parameters by name with their own ranges, or factors as they are."""
    if not isinstance(selection, str):
        selection = list(selection) if isinstance(selection, Iterable) else [selection]
        if selection and all(isinstance(one, Factor) for one in selection):
            return tuple(selection)
        for one in selection:
            if not isinstance(one, str):
                raise InputError(
                    "parameters, {given}: give names, factors, or ranges by name", given=repr(one)
                )
    return tuple(factor_of(*declared(name)) for name in selected(selection))


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
    where = Message("parameters, '{name}'", name=name)
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
    if problem.get("num_vars", len(names)) != len(names):
        raise InputError(
            "problem: num_vars = {given}, but {count} names are given",
            given=problem["num_vars"], count=len(names),
        )  # fmt: skip
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
