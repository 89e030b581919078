"""What a method of sensitivity analysis is: its design, its estimator, and how it is told.

A method is declared once, as an outcome is: a :class:`Method` in a file of ``methods/``, named in
``METHODS`` there. Studies, tables, warnings, figures, reports and the command line follow from the
declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.studies.names import DUMMY as DUMMY
from cleanpark.scenarios.errors import InputError

Values = NDArray[np.float64]
Title = str | Mapping[str, str]
"""A message of the catalogs, or a table of languages."""
Found = tuple[str, str, float, float, float]
"""Parameter, index, value, low, high."""
RESAMPLES = 50
FEW = 10
"""Resamples of what is told by quarter, and of parts of a design where resampling takes long."""
LEAST_SAMPLES = 4
FIGURES = ("sensitivity_bars", "convergence", "over_time", "chance")
"""Figures of studies that every method has, by name."""


def membership_of(factors: int, groups: Sequence[str] | None) -> list[list[int]]:
    """Columns that move together: one list per group, or per factor without groups."""
    if groups is None:
        return [[column] for column in range(factors)]
    names = list(dict.fromkeys(groups))
    return [[k for k, one in enumerate(groups) if one == name] for name in names]


@dataclass(frozen=True)
class Plan:
    """What a design is made for.

    ``factors`` are moved in ``samples`` base samples, those together whose columns stand in one
    list of ``moved``; ``choices`` counts what each factor chooses from, 0 where it is a number.
    """

    factors: int
    samples: int
    seed: int
    second_order: bool
    moved: list[list[int]]
    choices: NDArray[np.int64]


@dataclass(frozen=True)
class Design:
    """A method's design, shape (samples, factors) in the unit cube, and how to read it.

    ``names`` are the factors or, where ``groups`` says to which group each belongs, the groups.
    ``moves`` is how far each factor moved from the row before as a share of its range (Morris; a
    switch of a choice is 1); by default as in the unit cube.
    """

    method: Method
    unit: Values
    names: Sequence[str]
    second_order: bool = False
    groups: Sequence[str] | None = None
    moves: Values | None = None

    @property
    def moved(self) -> list[list[int]]:
        """Columns that move together."""
        return membership_of(self.unit.shape[1], self.groups)

    @property
    def rows(self) -> int:
        """Rows of a block: of a base point, a trajectory, or one."""
        return self.method.block(len(self.moved), self.second_order)

    def first(self, samples: int) -> Design:
        """The design of the first so many base samples."""
        end = samples * self.rows
        moves = None if self.moves is None else self.moves[:end]
        return Design(
            self.method, self.unit[:end], self.names, self.second_order, self.groups, moves
        )

    def blocks(self, values: Values) -> Values:
        """Values by row as (blocks, rows of a block, ...)."""
        return values.reshape(-1, self.rows, *values.shape[1:])


@dataclass(frozen=True)
class Observed:
    """What an estimator reads: the outcome under a design, where it is defined.

    ``by_seed`` gives, for each seed or for their mean alone, blocks of shape (blocks, rows of a
    block, series), those of the design that are ``kept``; it can be gone through again. Intervals
    hold seeds too where ``over_seeds``. ``worst`` is the tail, "high" or "low", that is unwelcome;
    ``resamples`` and ``seed`` are for estimators that resample.
    """

    design: Design
    by_seed: Iterable[Values]
    kept: NDArray[np.bool_]
    over_seeds: bool = True
    worst: str = "high"
    resamples: int = RESAMPLES
    seed: int = 0


@dataclass(frozen=True)
class Index:
    """An index: its title, how sentences call several of them, and whether it has its outcome's
    unit (an effect) or none (a share)."""

    name: str
    title: Title
    many: Title
    in_unit: bool = False


def one_row(moved: int, second_order: bool) -> int:
    """A block of methods whose rows do not belong together."""
    return 1


def any_number(samples: int) -> None:
    """Accept every number of samples."""


def any_order(design: Design) -> None:
    """Accept rows in every order."""


def random_rows(plan: Plan) -> Values:
    """Independent uniform rows; the first do not depend on how many are asked for.

    Methods that read any data take these: in many dimensions a short Sobol sequence has columns
    that are correlated with each other (0.8 among 86 at 64 rows), which such a method takes for
    influence, and its regularity misleads random balance designs.
    """
    return np.random.default_rng([plan.seed, plan.factors]).random((plan.samples, plan.factors))


@dataclass(frozen=True, eq=False)
class Method:
    """A method of sensitivity analysis.

    ``design`` makes rows in the unit cube, base sample after base sample, each a ``block`` of so
    many rows (of what is moved, and whether pairs are asked for); a longer design begins with the
    shorter one, so that samples can be added to a finished study. ``estimate`` gives the rows of
    each series of :class:`Observed`; ``estimate`` of methods that read any data is made by
    :func:`~cleanpark.analysis.sensitivity.intervals.given_data`. With fewer than ``least`` defined
    blocks nothing is estimated. ``indices`` names all that are estimated and have a title, those
    that figures show as ``bars`` among them; the first bar is the ``main`` one, by which
    parameters are ranked. ``help`` says what the method is for, where it comes from, and what it
    takes.
    """

    name: str
    title: Title
    help: str
    estimate: Callable[[Observed], list[list[Found]]]
    indices: tuple[Index, ...]
    bars: tuple[str, ...]
    design: Callable[[Plan], Values] = random_rows
    least: int = 32
    block: Callable[[int, bool], int] = one_row
    check_samples: Callable[[int], None] = any_number
    check_order: Callable[[Design], None] = any_order
    figures: tuple[str, ...] = FIGURES
    """Figures of its reports, by their names in ``analysis/figures/``."""
    rows_told: str = "samples"
    """Key of the words that tell its rows, in ``analysis/words/``."""
    undefined: str = "undefined samples are left out"
    """What is left out where samples are undefined, as undefined.csv has it."""
    groups: bool = False
    """Whether groups of parameters can be moved as one."""
    pairs: bool = False
    """Whether indices of pairs can be asked for (``second_order``)."""
    by_seed: bool = False
    """Whether the outcome is read seed by seed, else as its mean over seeds."""
    by_seed_over_time: bool = False
    """The same for what is told by quarter."""
    at_once: bool = False
    """Whether all quarters are estimated in one go."""
    slow: bool = False
    """Whether resampling takes so long that fewer resamples are taken."""
    own_variance: bool = False
    """Whether the design has a variance of its own, which says nothing of parameters' share."""

    @property
    def main(self) -> Index:
        """The index by which parameters are ranked."""
        return self.index(self.bars[0])

    def index(self, name: str) -> Index:
        """One of its indices."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Index]:
        return {one.name: one for one in self.indices}

    def rows(self, moved: int, samples: int, second_order: bool = False) -> int:
        """Rows of a design, known before it is made; ``moved`` counts groups, or factors."""
        return samples * self.block(moved, second_order)

    def check(self, samples: int, grouped: bool, second_order: bool) -> None:
        """Refuse what the method cannot do; InputError says what is wrong."""
        if grouped and not self.groups:
            raise InputError("groups are not analysed by {method}", method=self.name)
        if second_order and not self.pairs:
            raise InputError("{method} has no indices of pairs (second order)", method=self.name)
        if samples < LEAST_SAMPLES:
            raise InputError(
                "samples = {samples}: at least {least} are needed",
                samples=samples,
                least=LEAST_SAMPLES,
            )
        self.check_samples(samples)
