"""What is run for each row of a design: the model, or a function of one's own.

Both give the same thing, a :class:`Chunk`, so that all that is done with results of the model is
tested on functions whose answer is known.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.studies.design import DesignError
from cleanpark.analysis.studies.fingerprint import Unfollowed, fingerprint
from cleanpark.analysis.studies.histories import Histories
from cleanpark.analysis.studies.names import check_callable, check_parameter_names, outcome_names
from cleanpark.model.outlook import LONGEST_NOTICE, known_ahead
from cleanpark.model.sources import sources_digest
from cleanpark.model.world import levers_in_force, policy_records
from cleanpark.scenarios.errors import InputError, nearest
from cleanpark.scenarios.levers import Parameter, behaviour_parameters, levers
from cleanpark.scenarios.park import Park
from cleanpark.scenarios.records import behaviour_record
from cleanpark.scenarios.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.analysis.studies.space import Factor, Space

SCENARIO = "scenario"
"""Column of a design that names the scenario of a row."""
UNFOLLOWED = "unfollowed"
"""Key of what a function uses that cannot be compared, in the record of what was run."""
WORK_AT_ONCE = 8_000_000
"""Enterprise-quarters in one task: a few seconds of work."""
MOST_ROWS = 2_048


@dataclass
class Chunk:
    """Results of some rows of a design under one seed.

    ``values`` (rows, outcomes), ``series`` (rows, outcomes, quarters) or None; NaN where an
    outcome is undefined or the run failed. ``reason`` is empty where it did not.
    """

    values: NDArray[np.float64]
    series: NDArray[np.float64] | None
    reason: list[str]


class Runs(Protocol):
    """What a study needs of a model: outcomes by name, and results of rows under a seed."""

    outcomes: tuple[str, ...]
    quarters: int

    @property
    def over_time(self) -> bool:
        """Whether outcomes are kept quarter by quarter too."""

    def rows_per_task(self) -> int:
        """How many rows make a task of a few seconds."""

    def check_seeds(self, seeds: Sequence[int]) -> None:
        """Refuse seeds that cannot be run."""

    def run(self, rows: pd.DataFrame, seed: int) -> Chunk:
        """Results of these rows under one seed."""

    def describe(self) -> dict[str, Any]:
        """Everything that determines a result besides row and seed, as plain data."""

    def check(self, design: pd.DataFrame) -> None:
        """Refuse a design that the model cannot run."""


def empty_chunk(rows: int, outcomes: int, quarters: int) -> Chunk:
    """A chunk of which nothing is known yet; ``quarters`` 0 means no series."""
    series = np.full((rows, outcomes, quarters), np.nan) if quarters else None
    return Chunk(np.full((rows, outcomes), np.nan), series, [""] * rows)


@dataclass
class FunctionRuns:
    """A function of one's own: ``function(parameters, seed)`` returns outcomes by name.

    An outcome is a number, or a sequence of ``quarters`` numbers of which the last is the value
    over the horizon. A run that raises is recorded as failed and the study goes on.
    """

    function: Callable[[dict[str, Any], int], Mapping[str, Any]]
    outcomes: tuple[str, ...]
    quarters: int = 0
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse names that results cannot have, and a function that cannot be called so."""
        self.outcomes = outcome_names(self.outcomes)
        check_callable(self.function)
        self._own = uuid.uuid4().hex

    @property
    def over_time(self) -> bool:
        """Whether outcomes are series."""
        return self.quarters > 0

    def rows_per_task(self) -> int:
        """A fixed number: how long a function takes is not known."""
        return 256

    def check(self, design: pd.DataFrame) -> None:
        """Any column may be meant for the function, under a name of its own."""
        check_parameter_names(design.columns, self.outcomes)

    def check_seeds(self, seeds: Sequence[int]) -> None:
        """Any seed may be meant."""

    def describe(self) -> dict[str, Any]:
        """The function's name, and a digest of all that its results hang on; where that cannot be
        followed, what it is, and a number of this very object."""
        told: dict[str, Any] = {}
        try:
            told["source"] = fingerprint(self.function)
        except Unfollowed as what:
            told |= {"source": self._own, UNFOLLOWED: str(what)}
        return {
            "function": self.name or getattr(self.function, "__name__", "function"),
            **told,
            "outcomes": list(self.outcomes),
            "quarters": self.quarters,
        }

    def run(self, rows: pd.DataFrame, seed: int) -> Chunk:
        """Call the function for each row."""
        chunk = empty_chunk(len(rows), len(self.outcomes), self.quarters)
        for place, row in enumerate(rows.to_dict("records")):
            try:
                found = self.function({str(key): value for key, value in row.items()}, seed)
                self._keep(chunk, place, found)
            except MemoryError:
                raise  # of the machine, not of the row: another time it may run
            except (Exception, SystemExit) as cause:  # noqa: BLE001 - whatever a function raises
                chunk.values[place] = np.nan
                chunk.reason[place] = printable(f"{type(cause).__name__}: {cause}")
        refuse_infinite(chunk, self.outcomes)
        return chunk

    def _keep(self, chunk: Chunk, place: int, found: Mapping[str, Any]) -> None:
        if not isinstance(found, Mapping):
            raise TypeError(
                f"the function returned {found!r}; return outcomes by name, such as "
                f"{{'{self.outcomes[0]}': 1.0}}"
            )
        for number, name in enumerate(self.outcomes):
            if name not in found:
                raise KeyError(f"the function returned no outcome '{name}'")
            value = np.asarray(found[name], dtype=float)
            if chunk.series is not None:
                chunk.series[place, number] = value
                value = value[-1]
            chunk.values[place, number] = float(value)


@dataclass
class ModelRuns:
    """The packaged model: scenarios on parks, with levers and behaviour varied by row.

    A design's columns are levers and behavioural parameters, and ``scenario`` where there are
    several. Levers of a row hold from quarter ``start`` on; before, and
    where a cell is empty, the scenario's own. With a ``history`` all rows go on from its date.
    """

    scenarios: tuple[Scenario, ...]
    parks: tuple[Park, ...]
    quarters: int
    outcomes: tuple[str, ...]
    over_time: bool = False
    start: int = 0
    engine: str = "auto"
    history: Histories | None = None
    _known: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse two unlike scenarios of one name: rows name the scenario they run; and those that
        set something for a park that is not there."""
        known: dict[str, Scenario] = {}
        for one in self.scenarios:
            if known.setdefault(one.name, one) != one:
                raise InputError(
                    "two scenarios are named '{name}' and differ: give one another name",
                    name=one.name,
                )
            if one.targets:
                raise InputError(
                    "scenario '{name}': studies vary levers of whole parks; they cannot have "
                    "[groups] (run and compare can)",
                    name=one.name,
                )
            policy_records(one, self.parks, self.quarters)

    def rows_per_task(self) -> int:
        """As many rows as a few seconds of work hold."""
        each = sum(park.enterprises for park in self.parks) * self.quarters
        if self.engine == "agents":
            each *= 300
        return int(min(MOST_ROWS, max(1, WORK_AT_ONCE // each)))

    def describe(self) -> dict[str, Any]:
        """Code, data, scenarios and parks by digest, horizon and outcomes; the engine changes
        nothing."""
        return {
            "version": version("cleanpark"),
            "sources": sources_digest(),
            "scenarios": [one.digest for one in self.scenarios],
            "names": [one.name for one in self.scenarios],
            "parks": [park.digest for park in self.parks],
            "enterprises": [park.enterprises for park in self.parks],
            "quarters": self.quarters,
            "outcomes": list(self.outcomes),
            "over_time": self.over_time,
            "start": self.start,
            **({"history": self.history.digest} if self.history is not None else {}),
        }

    def check(self, design: pd.DataFrame) -> None:
        """Refuse columns that are no parameters, and scenarios that were not given."""
        known = [*levers(), *behaviour_parameters(), SCENARIO]
        for name in design.columns:
            if name not in known:
                raise DesignError(
                    "design, column '{name}': no such parameter{hint}",
                    name=name,
                    hint=nearest(name, known),
                )
            if name != SCENARIO:
                refuse_impossible(design[name], {**levers(), **behaviour_parameters()}[name])
        if SCENARIO in design:
            names = [one.name for one in self.scenarios]
            for name in design[SCENARIO].unique():
                if name not in names:
                    raise DesignError(
                        "design, column 'scenario': '{name}' was not given{hint}",
                        name=name,
                        hint=nearest(name, names),
                    )

    def check_space(self, chosen: Space) -> None:
        """Refuse parameters whose range or choices the model cannot run."""
        for factor in chosen.factors:
            known = levers().get(factor.name) or behaviour_parameters().get(factor.name)
            if known is not None:
                refuse_range(factor, known)

    def check_seeds(self, seeds: Sequence[int]) -> None:
        """Refuse seeds of which there is no history to go on from."""
        if self.history is not None:
            self.history.check(seeds, self.parks, self.quarters)

    def run(self, rows: pd.DataFrame, seed: int) -> Chunk:
        """Run the rows together; where that fails, one by one, so that one failure costs one."""
        chunk = empty_chunk(len(rows), len(self.outcomes), self.quarters if self.over_time else 0)
        places, policies, behaviours = self._prepare(rows, chunk)
        if not len(places):
            return chunk
        try:
            self._simulate(places, policies, behaviours, chunk, seed)
        except (MemoryError, OSError):
            raise  # of the machine, not of a row: another time it may run
        except Exception:  # noqa: BLE001 - which row it was is found below
            for one in range(len(places)):
                here = slice(one, one + 1)
                self._alone(places[here], policies[here], behaviours[here], chunk, seed)
        refuse_infinite(chunk, self.outcomes)
        return chunk

    def _prepare(self, rows: pd.DataFrame, chunk: Chunk) -> tuple[Any, Any, Any]:
        """Places, levers (rows, quarters, parks) and behaviour (rows) of the rows that can run;
        what is not possible is noted as failed."""
        policies, behaviours = self._own(rows)
        for name in rows.columns:
            if name == SCENARIO:
                continue
            lever = levers().get(name)
            parameter = lever or behaviour_parameters()[name]
            values = coded_column(parameter, rows[name], chunk.reason)
            given = np.flatnonzero(np.isfinite(values))
            if lever is None:
                behaviours[name][given] = values[given]
            else:
                policies[name][given, self.start :] = values[given, None, None]
        places = np.array([k for k, reason in enumerate(chunk.reason) if not reason], dtype=int)
        if len(places) < len(rows):
            policies, behaviours = policies[places], behaviours[places]
        return places, known_ahead(policies, self.quarters), behaviours

    def _own(self, rows: pd.DataFrame) -> tuple[Any, Any]:
        """What the scenario of each row says, to be overwritten by the row's cells."""
        if SCENARIO not in rows:
            policy, behaviour = self._base(self.scenarios[0].name)
            return np.repeat(policy[None], len(rows), axis=0), np.repeat(behaviour, len(rows))
        parts = [self._base(str(name)) for name in rows[SCENARIO]]
        return (
            np.stack([policy for policy, _ in parts]),
            np.concatenate([behaviour for _, behaviour in parts]),
        )

    def _base(self, name: str) -> tuple[Any, Any]:
        """Levers (quarters and more, parks), as `known_ahead` takes them, and behaviour (1,)."""
        if name not in self._known:
            one = next(one for one in self.scenarios if one.name == name)
            schedule = levers_in_force(one, self.parks, self.quarters + LONGEST_NOTICE)
            self._known[name] = (schedule, behaviour_record(one.behaviour_values()))
        policy, behaviour = self._known[name]
        return policy, behaviour

    def _simulate(
        self, places: Any, policies: Any, behaviours: Any, chunk: Chunk, seed: int
    ) -> None:
        from cleanpark.model import batch

        simulate = batch.simulate_batch
        if self.engine == "agents":
            simulate = batch.simulate_batch_with_agents
        begun = self.history.of(seed, self.parks) if self.history is not None else None
        found = simulate(
            policies, behaviours, self.parks, seed, self.outcomes, self.over_time, begun
        )
        chunk.values[places] = found.values
        if chunk.series is not None:
            chunk.series[places] = found.series

    def _alone(self, place: Any, policy: Any, behaviour: Any, chunk: Chunk, seed: int) -> None:
        try:
            self._simulate(place, policy, behaviour, chunk, seed)
        except Exception as cause:  # noqa: BLE001 - recorded with its reason
            chunk.reason[int(place[0])] = f"{type(cause).__name__}: {cause}"


def printable(text: str) -> str:
    """A text that a file can hold: what is half a character stands as its number."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def refuse_range(factor: Factor, known: Parameter) -> None:
    """Refuse a factor that goes beyond what the model can run of the parameter of its name."""
    for choice in factor.choices:
        if choice not in known.choices:
            raise InputError(
                "parameter '{name}': choice '{choice}' is not possible{hint} ({allowed})",
                name=factor.name, choice=choice, hint=nearest(choice, known.choices),
                allowed=known.allowed,
            )  # fmt: skip
    if bool(factor.choices) != bool(known.choices) or (
        not factor.choices and not known.low <= factor.low <= factor.high <= known.high
    ):
        raise InputError(
            "parameter '{name}': range {low:g} to {high:g} is not possible; {allowed}",
            name=factor.name, low=factor.low, high=factor.high, allowed=known.allowed,
        )  # fmt: skip


def refuse_infinite(chunk: Chunk, outcomes: Sequence[str]) -> None:
    """Note runs with an infinite outcome as failed."""
    for place in np.flatnonzero(np.isinf(chunk.values).any(axis=1)):
        bad = [name for name, value in zip(outcomes, chunk.values[place]) if np.isinf(value)]
        chunk.values[place] = np.nan
        chunk.reason[place] = f"infinite {', '.join(bad)}"


def refuse_impossible(column: pd.Series[Any], parameter: Any) -> None:
    """Refuse what the model cannot run: text for a number, what is out of range, other choices."""
    refuse_words(column, parameter)
    reasons = [""] * len(column)
    coded_column(parameter, column, reasons)
    for place, reason in enumerate(reasons):
        if reason:
            value = column.iloc[place]
            raise DesignError(
                "design, column '{parameter}', sample {place}: {value} is not possible; {allowed}"
                "{hint}",
                parameter=parameter.name, place=place, value=value, allowed=parameter.allowed,
                hint=nearest(value, parameter.choices),
            )  # fmt: skip


def refuse_words(column: pd.Series[Any], parameter: Any) -> None:
    """Refuse text where a parameter is a number."""
    if parameter.choices or column.dtype.kind in "fiub":
        return
    for place, value in enumerate(column):
        if isinstance(value, str):
            try:
                float(value)
            except ValueError as cause:
                raise DesignError(
                    "design, column '{parameter}', sample {place}: '{value}' is no "
                    "number; {allowed}",
                    parameter=parameter.name,
                    place=place,
                    value=value,
                    allowed=parameter.allowed,
                ) from cause


def coded(parameter: Any, value: Any) -> float:
    """A parameter's value as the model reads it; a CSV's whole numbers may come as text."""
    if not parameter.choices and hasattr(value, "item"):
        value = value.item()
    try:
        return float(parameter.code(value))
    except ValueError as cause:
        raise ValueError(f"{parameter.name}: {cause}") from cause


def coded_column(parameter: Any, column: pd.Series[Any], reasons: list[str]) -> Any:
    """A column as the model reads it, NaN where a cell is empty; what is not possible is noted in
    the row's reason."""
    if column.dtype.kind in "fi" and parameter.scale in ("linear", "log"):
        values = column.to_numpy(dtype=float)
        if not ((values < parameter.low) | (values > parameter.high)).any():
            return values
    values = np.full(len(column), np.nan)
    for place, value in enumerate(column.tolist()):
        if value is None or value != value:
            continue  # an empty cell keeps the scenario's own value
        try:
            values[place] = coded(parameter, value)
        except ValueError as cause:
            reasons[place] = reasons[place] or f"{type(cause).__name__}: {cause}"
    return values


def rows_digest(rows: pd.DataFrame) -> str:
    """Digest of rows of a design, their numbers included."""
    return hashlib.sha256(rows.to_csv().encode()).hexdigest()


def address(about: dict[str, Any], digest: str, seed: int) -> str:
    """Name of a task by its content: what runs, which rows, which seed."""
    text = json.dumps(about, sort_keys=True) + digest + str(seed)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
