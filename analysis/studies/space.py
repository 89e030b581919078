"""What a study varies: parameters with the ranges, scales and distributions of the data files.

A :class:`Space` turns numbers in [0, 1] into values of parameters, so that every design (Sobol,
Morris, a search) is made and analysed in the unit cube and never meets a unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cleanpark.scenarios.errors import InputError, Listed, nearest
from cleanpark.scenarios.folders import user_path
from cleanpark.scenarios.levers import Parameter, behaviour_parameters, levers
from cleanpark.scenarios.reading import checked, read_toml
from cleanpark.scenarios.value import Record

if TYPE_CHECKING:
    import pandas as pd

Scale = Literal["linear", "log", "integer", "choice"]
Distribution = Literal["uniform", "triangular"]
KINDS = ("behaviour", "levers")
WHOLE = ("all", *KINDS)
"""Selections that are not the name of a parameter or of a group."""


@dataclass(frozen=True)
class Factor:
    """One parameter that a study varies, with its range in its own unit.

    ``kind`` is ``lever``, ``behaviour``, or ``input`` of a function of one's own; ``mode`` is
    where a triangular distribution peaks (the model's default; of a choice, its position).
    Factors of one ``group`` are moved together where a study analyses groups.
    """

    name: str
    low: float = 0.0
    high: float = 1.0
    kind: str = "input"
    scale: str = "linear"
    distribution: str = "uniform"
    mode: float = np.nan
    choices: tuple[str, ...] = ()
    unit: str = ""
    title: Mapping[str, str] | None = None
    group: str = ""
    certainty: str = ""

    def __post_init__(self) -> None:
        """Refuse a range that holds nothing."""
        refuse_other_words(self)
        if self.scale == "choice":
            if len(self.choices) < 2:
                raise InputError("parameter '{name}': give at least two choices", name=self.name)
        elif not (np.isfinite(self.low) and np.isfinite(self.high) and self.low < self.high):
            raise InputError(
                "parameter '{name}': range {low:g} to {high:g} holds nothing to "
                "vary; give a low below the high",
                name=self.name,
                low=self.low,
                high=self.high,
            )
        elif self.scale == "log" and self.low <= 0:
            raise InputError("parameter '{name}': a log scale needs a low above 0", name=self.name)
        elif self.scale == "integer" and np.floor(self.high) <= np.ceil(self.low):
            raise InputError(
                "parameter '{name}': range {low:g} to {high:g} holds fewer than two whole numbers",
                name=self.name,
                low=self.low,
                high=self.high,
            )
        if self.distribution == "triangular" and not self.has_peak:
            raise InputError(
                "parameter '{name}': a triangular distribution needs a number's "
                "scale (linear or log) and its mode inside the range",
                name=self.name,
            )

    @property
    def has_peak(self) -> bool:
        """Whether a triangular distribution is possible."""
        return self.scale in ("linear", "log") and self.low <= self.mode <= self.high

    def titled(self, language: str) -> str:
        """The parameter's title in a language, else in English; its name where it has none."""
        known = self.title or {}
        return known.get(language, known.get("en", self.name))

    def values(self, unit: ArrayLike) -> NDArray[Any]:
        """Values at these quantiles of the distribution; of a choice, the names."""
        share = np.clip(np.asarray(unit, dtype=float), 0.0, 1.0)
        if self.scale == "choice":
            place = np.minimum((share * len(self.choices)).astype(int), len(self.choices) - 1)
            return np.array(self.choices, dtype=object)[place]
        if self.scale == "integer":
            low, high = np.ceil(self.low), np.floor(self.high)
            return np.minimum(np.floor(low + share * (high - low + 1.0)), high).astype(np.int64)
        low, high, mode = self._on_scale(self.low), self._on_scale(self.high), self.mode
        place = self._quantile(share, low, high, self._on_scale(mode))
        return np.clip(np.exp(place) if self.scale == "log" else place, self.low, self.high)

    def _on_scale(self, value: float) -> float:
        return float(np.log(value)) if self.scale == "log" else float(value)

    def _quantile(
        self, share: NDArray[np.float64], low: float, high: float, mode: float
    ) -> NDArray[np.float64]:
        if self.distribution != "triangular":
            return low + share * (high - low)
        peak = (mode - low) / (high - low)
        rising = low + np.sqrt(share * peak) * (high - low)
        falling = high - np.sqrt((1.0 - share) * (1.0 - peak)) * (high - low)
        return np.where(share < peak, rising, falling)

    def moves(self, values: NDArray[Any]) -> NDArray[np.float64]:
        """How far each value lies from the one before, as a share of the range on the factor's
        scale; a switch of a choice is 1. The first is 0."""
        if self.scale == "choice":
            step = (values[1:] != values[:-1]).astype(float)
        else:
            place = values.astype(float)
            place = np.log(place) if self.scale == "log" else place
            step = np.diff(place) / (self._on_scale(self.high) - self._on_scale(self.low))
        return np.concatenate([[0.0], step])

    def positions(self, values: Iterable[Any]) -> NDArray[np.float64]:
        """Values as numbers: of a choice, its position from 0."""
        if self.scale == "choice":
            return np.array([self.choices.index(value) for value in values], dtype=float)
        return np.asarray(list(values), dtype=float)


def refuse_other_words(factor: Factor) -> None:
    """Refuse a scale or distribution that is none, instead of taking it for the usual one."""
    said = (("scale", factor.scale, get_args(Scale)),
            ("distribution", factor.distribution, get_args(Distribution)))  # fmt: skip
    for key, value, known in said:
        if value not in known:
            hint = "log" if str(value).startswith("log") else value
            raise InputError(
                "parameter '{name}': {key} '{value}' is not known{hint} (there are {known})",
                name=factor.name, key=key, value=value, hint=nearest(hint, known),
                known=Listed(known),
            )  # fmt: skip


@dataclass(frozen=True)
class Space:
    """The factors of a study; ``grouped`` moves those of one group together."""

    factors: tuple[Factor, ...]
    grouped: bool = False

    def __post_init__(self) -> None:
        """Refuse an empty space and names that appear twice."""
        if not self.factors:
            raise InputError("no parameter to vary: name at least one")
        for name in self.names:
            if self.names.count(name) > 1:
                raise InputError("parameter '{name}' is given twice", name=name)

    @property
    def names(self) -> list[str]:
        """Names of the factors."""
        return [factor.name for factor in self.factors]

    @property
    def groups(self) -> list[str]:
        """Names of what is analysed: the groups, or each factor by itself."""
        if not self.grouped:
            return self.names
        return list(dict.fromkeys(factor.group or factor.name for factor in self.factors))

    @property
    def membership(self) -> list[str] | None:
        """Group of each factor where groups are analysed, else None."""
        return [one.group or one.name for one in self.factors] if self.grouped else None

    def factor(self, name: str) -> Factor:
        """One factor by its name."""
        return self.factors[self.names.index(name)]

    @property
    def choices(self) -> list[int]:
        """What each factor chooses from, counted; 0 where it is a number."""
        return [len(one.choices) if one.scale == "choice" else 0 for one in self.factors]

    def moves(self, design: pd.DataFrame) -> NDArray[np.float64]:
        """How far each factor moved from the row before, shape (samples, factors)."""
        return np.column_stack([one.moves(design[one.name].to_numpy()) for one in self.factors])

    def values(self, unit: ArrayLike) -> pd.DataFrame:
        """A design as values, from numbers in [0, 1] of shape (samples, factors)."""
        import pandas as pd

        table = np.asarray(unit, dtype=float)
        columns = {one.name: one.values(table[:, k]) for k, one in enumerate(self.factors)}
        return pd.DataFrame(columns, index=pd.RangeIndex(len(table), name="sample"))

    def describe(self) -> list[dict[str, Any]]:
        """The factors as plain data, for a study's record."""
        rows = []
        for factor in self.factors:
            row = asdict(factor)
            row["choices"] = list(factor.choices)
            row["title"] = {tongue: factor.titled(tongue) for tongue in ("en", "zh")}
            row["mode"] = None if np.isnan(factor.mode) else factor.mode
            rows.append(row)
        return rows

    @classmethod
    def read(cls, rows: Sequence[Mapping[str, Any]], grouped: bool = False) -> Self:
        """The space that :meth:`describe` wrote down."""
        factors = []
        for row in rows:
            mode = row.get("mode")
            known = {**row, "choices": tuple(row.get("choices", ()))}
            known["mode"] = np.nan if mode is None else mode
            factors.append(Factor(**known))
        return cls(tuple(factors), grouped)


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


def narrowed(factor: Factor, given: Narrowing, parameter: Parameter, where: str) -> Factor:
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
    for name, table in read_toml(path, InputError).items():
        where = f"{path}, [{name}]"
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
    selection: str | Sequence[str] | Mapping[str, Any] | Space = "behaviour",
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
    if isinstance(selection, Mapping):
        from cleanpark.analysis.studies.ranges import space_of

        given = space_of(selection, own)
        factors = narrow(given.factors, user_path(ranges)) if ranges is not None else given.factors
        return Space(factors, grouped or given.grouped)
    factors = tuple(factor_of(*declared(name)) for name in selected(selection))
    if ranges is not None:
        factors = narrow(factors, user_path(ranges))
    return Space(factors, grouped)
