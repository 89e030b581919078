"""What a study varies: factors with ranges, scales and distributions, and the space of them.

A :class:`Space` turns numbers in [0, 1] into values of parameters, so that every design (Sobol,
Morris, a search) is made and analysed in the unit cube and never meets a unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cleanpark.agents.elementary import exponentials, logarithms
from cleanpark.scenarios.errors import InputError, Listed, nearest

if TYPE_CHECKING:
    import pandas as pd

Scale = Literal["linear", "log", "integer", "choice"]
Distribution = Literal["uniform", "triangular"]


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
        for value in (self.low, self.high):
            if not isinstance(value, Real) or isinstance(value, bool):
                raise InputError("{name}: '{value}' is no number", name=self.name, value=value)
        if self.scale == "choice":
            if len(self.choices) < 2:
                raise InputError("parameter '{name}': give at least two choices", name=self.name)
            for choice in self.choices:
                if self.choices.count(choice) > 1:
                    raise InputError(
                        "parameter '{name}': choice '{choice}' is given twice",
                        name=self.name,
                        choice=choice,
                    )
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
        return np.clip(exponentials(place) if self.scale == "log" else place, self.low, self.high)

    def _on_scale(self, value: float) -> float:
        return float(logarithms(value)) if self.scale == "log" else float(value)

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
