"""ParkModel: parks, their enterprises, teams and authorities as a Mesa model."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np
from mesa.agent import AgentSet
from numpy.typing import NDArray

from cleanpark.agents.draws import QUARTER_DRAWS
from cleanpark.agents.enterprise import (
    AuditTeam,
    Enterprise,
    ParkAuthority,
    RecordAgent,
    misspelt,
)
from cleanpark.agents.state import NEVER
from cleanpark.agents.views import columns_of, namespace, rows
from cleanpark.model.chunks import run_objects
from cleanpark.model.collecting import OutcomeCollector
from cleanpark.model.given import (
    as_parks,
    as_scenario,
    class_of,
    history_of,
    identities,
    quarters_of,
    seed_of,
)
from cleanpark.model.measures import cell_records, park_records
from cleanpark.model.outcomes import OUTCOME_NAMES, OUTCOMES, outcome_values
from cleanpark.model.regimes import assign
from cleanpark.model.scene import Links, Scene
from cleanpark.model.simulate import advance, draw_blocks, empty_totals
from cleanpark.model.streams import quarter_draws
from cleanpark.model.world import (
    Records,
    World,
    build_world,
    change_policy,
    most_teams,
    policy_records,
)
from cleanpark.scenarios.dates import quarter_label
from cleanpark.scenarios.errors import InputError, Listed, Message
from cleanpark.scenarios.flows import FLOWS, MEDIA
from cleanpark.scenarios.idle import idle
from cleanpark.scenarios.park import Park, catalogue_of
from cleanpark.scenarios.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.model.history import History

ENGINES = ("auto", "agents", "compiled")
FIXED = ("quarters", "parks", "engine", "seed_number", "enterprise_class")
"""What a model is made for, and cannot be changed into something else."""


DrawsRow = namedtuple("DrawsRow", QUARTER_DRAWS.names or ())  # type: ignore[misc]
"""An enterprise's draws of one quarter, as agents read them."""


def draws_rows(draws: Records) -> list[Any]:
    """Rows of plain numbers from one quarter's records."""
    columns = [draws[name].tolist() for name in QUARTER_DRAWS.names or ()]
    return [DrawsRow._make(row) for row in zip(*columns, strict=True)]


class ParkModel(mesa.Model):  # type: ignore[misc]
    """One or several parks under one policy scenario, quarter by quarter.

    Parameters: ``scenario`` and ``park`` by name, file or object (a list of parks runs them side
    by side); ``rng`` the seed; ``engine`` ``agents``, ``compiled`` or ``auto`` (agents where
    ``enterprise_class`` changes a decision, else compiled); ``quarters`` the horizon; further
    keywords override levers. With a ``history`` of the same park and seed the model goes on from
    where that got to. Both engines give the same numbers to the last bit.

    >>> model = ParkModel("mandatory", rng=7, quarters=4)
    >>> model.run()
    >>> sorted(model.outcomes()["quarter"].unique())[0]
    '2026-Q1'
    """

    def __init__(
        self,
        scenario: Scenario | str | Path = "voluntary",
        park: Park | str | Path | Sequence[Park | str | Path] = "mixed",
        rng: Any = 1,
        engine: str = "auto",
        quarters: int = 60,
        enterprise_class: type[Enterprise] | None = None,
        history: History | None = None,
        **levers: Any,
    ) -> None:
        """Build the world of this seed and the agents that see it."""
        seed = seed_of(rng)
        super().__init__(rng=seed)
        if engine not in ENGINES:
            raise InputError(
                "engine = {engine!r}: choose one of {engines}",
                engine=engine,
                engines=Listed(ENGINES),
            )
        quarters, history = quarters_of(quarters), history_of(history)
        if engine == "compiled" and enterprise_class is not None:
            raise InputError("engine = 'compiled' cannot run a subclass: use 'auto' or 'agents'")
        self.seed_number = seed
        chosen = as_scenario(scenario)
        self._policy = chosen.with_levers(**levers) if levers else chosen
        self.parks = as_parks(park)
        self.quarters = quarters
        self.enterprise_class = class_of(enterprise_class)
        agents_wanted = engine == "agents" or enterprise_class is not None
        self.engine = "agents" if agents_wanted else "compiled"
        self.policies = policy_records(self.policy, self.parks, quarters)
        if history is None:
            self.world = self._build()
            self.cells, self.park_sums = empty_totals(
                quarters, len(self.parks), len(self.world.sectors)
            )
        else:
            self._go_on_from(history)
        assign(self.world.enterprises, self.policy, self.parks)
        catalogue = catalogue_of(self.parks)
        self.sector_names = [sector.name for sector in catalogue]
        self.option_names = [[option.name for option in s.option] for s in catalogue]
        self._populated = False
        self._ahead = self.steps
        self.datacollector = OutcomeCollector()
        if self.engine == "agents":
            self._populate()

    def _build(self) -> World:
        teams = most_teams(self.policies, self.parks)
        values = self.policy.behaviour_values()
        return build_world(self.parks, self.seed_number, teams, values)

    def _go_on_from(self, history: History) -> None:
        """Take a history's state and sums; the next quarter is the one after it."""
        history.check(self.parks, self.seed_number, self.quarters)
        self.world = history.world_for(self.policies, self.policy.behaviour_values())
        self.cells, self.park_sums = history.totals(self.quarters)
        self.steps = history.quarters

    def history(self) -> History:
        """Where the model has got to, for other futures to go on from."""
        from cleanpark.model.history import History

        done = self.steps
        if not done:
            raise RuntimeError("a history needs at least one quarter: run the model first")
        sums = self.cells[:done].copy(), self.park_sums[:done].copy()
        return History(self.seed_number, done, tuple(self.parks), self.world.copy(), *sums)

    def take_over(
        self,
        world: World,
        policies: Records,
        cells: NDArray[np.float64],
        park_sums: NDArray[np.float64],
    ) -> None:
        """Run from another start and under these levers, shape (quarters, parks), with agents.

        ``cells`` and ``park_sums`` are added to; with one cell for each park, what enterprises
        add to the outcomes is summed over the park alone, not by group.
        """
        if self._populated:
            raise RuntimeError("a model takes over another start before it has agents only")
        self.world, self.policies = world, policies
        self.__dict__["engine"] = "agents"
        self.cells, self.park_sums = cells, park_sums
        self._populate()

    def _populate(self) -> None:
        """Create the agents, once: views of the records, so they are true under both engines."""
        self._populated = True
        world = self.world
        rows = columns_of(world.enterprises)
        self._enterprises = [
            self.enterprise_class(self, rows, row) for row in range(len(world.enterprises))
        ]
        teams, parks = columns_of(world.teams), columns_of(world.parks)
        self._teams = [AuditTeam(self, teams, row) for row in range(len(world.teams))]
        self._authorities = [ParkAuthority(self, parks, row) for row in range(len(world.parks))]
        self._sectors = [namespace(record) for record in world.sectors]
        self._links = Links._make(column.tolist() for column in world.links)

    def _attach(self) -> None:
        """Let the agents view the records that the model has now."""
        world = self.world
        for agents, records in (
            (self._enterprises, world.enterprises),
            (self._teams, world.teams),
            (self._authorities, world.parks),
        ):
            columns = columns_of(records)
            for row, agent in enumerate(agents):
                agent.attach(columns, row)

    def __setstate__(self, state: dict[str, Any]) -> None:
        """A copied or unpickled model: its agents view its own records."""
        self.__dict__.update(state)
        if self._populated:
            self._attach()

    def __copy__(self) -> ParkModel:
        """Refused: two models would write to the same records."""
        raise TypeError("a shallow copy would share its records with the model: copy.deepcopy")

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse to change what a model is made for."""
        if name in FIXED and name in self.__dict__:
            raise AttributeError(
                f"model.{name} cannot be changed: make another ParkModel; with "
                "history=model.history() it goes on from here"
            )
        super().__setattr__(name, value)

    def deregister_agent(self, agent: Any) -> None:
        """What ``agent.remove()`` asks for; refused for those whom the park consists of."""
        if isinstance(agent, RecordAgent):
            raise RuntimeError(
                f"{type(agent).__name__} cannot be removed: the park goes on with all its sites, "
                "and where an enterprise leaves, the site's next tenant takes its place. For a "
                "smaller park give enterprises=; for one that leaves override Enterprise.leaves"
            )
        super().deregister_agent(agent)

    @property
    def policy(self) -> Scenario:
        """The scenario in force; another one that is set acts from the next quarter on."""
        return self._policy

    @policy.setter
    def policy(self, given: Scenario | str | Path) -> None:
        chosen = as_scenario(given)
        policies = policy_records(chosen, self.parks, self.quarters)
        done = min(policies.shape[1], self.policies.shape[1])
        policies[: self.steps, :done] = self.policies[: self.steps, :done]
        world = self.world
        before = len(world.teams) // len(self.parks)
        change_policy(world, self.seed_number, policies, self.parks, chosen.behaviour_values())
        assign(world.enterprises, chosen, self.parks)
        self._policy, self.policies = chosen, policies
        if self._populated:
            self._employ(before, len(world.teams) // len(self.parks))
            self._attach()

    def _employ(self, before: int, now: int) -> None:
        """Agents for audit teams that are new, each park's after those it has."""
        columns, teams = columns_of(self.world.teams), []
        for place in range(len(self.parks)):
            teams += self._teams[place * before : (place + 1) * before]
            rows = range(place * now + before, (place + 1) * now)
            teams += [AuditTeam(self, columns, row) for row in rows]
        self._teams = teams

    def warnings(self) -> list[Message]:
        """What was given and does nothing in this run, and what else its reader should know."""
        names = [one.name for one in self.parks]
        return [*idle(self.policy, self.quarters, names), *misspelt(self.enterprise_class)]

    @property
    def agents(self) -> AgentSet[Any]:
        """All agents: enterprises, audit teams, park authorities; made when first asked for."""
        if not self._populated:
            self._populate()
        return super().agents

    @property
    def agents_by_type(self) -> Any:
        """Agents by their class."""
        if not self._populated:
            self._populate()
        return super().agents_by_type

    @property
    def quarter(self) -> str:
        """Label of the quarter that runs next, such as ``2026-Q1``."""
        return quarter_label(self.steps)

    def step(self) -> None:
        """Run one quarter."""
        number = self.steps - 1
        if number >= self.quarters:
            self.running = False
            raise RuntimeError(f"the horizon of {self.quarters} quarters is over")
        if number >= self._ahead:
            draws = quarter_draws(self.seed_number, number, 1, len(self.world.enterprises))
            if self.engine == "agents":
                self._step_agents(number, draws[0])
            else:
                advance(self.world, self.policies, number, draws, self.cells, self.park_sums)
        self.running = number + 1 < self.quarters
        self.datacollector.collect(self)

    def _step_agents(self, number: int, draws: Any) -> None:
        policies = [namespace(record) for record in self.policies[number]]
        totals = cell_records(self.cells[number])
        scene = Scene(
            self._enterprises,
            self._teams,
            self._authorities,
            self._sectors,
            policies,
            namespace(self.world.behaviour[0]),
            draws_rows(draws),
            self._links,
            self.world.seen,
            rows(totals),
            rows(park_records(self.park_sums[number])),  # type: ignore[arg-type]
        )
        run_objects(number, scene, self.world.parks, self.world.teams, totals)

    def run(self) -> ParkModel:
        """Run all quarters that are left; returns the model itself.

        Where nothing looks at the model between two quarters, compiled code runs them all at once.
        """
        if self._is_unwatched():
            try:
                self._run_ahead()
            finally:  # also where somebody interrupts
                while self.steps < self._ahead:
                    self.step()
        while self.running:
            self.step()
        return self

    def _is_unwatched(self) -> bool:
        """Whether no agent, reporter, event or observer of the user's acts between quarters."""
        return (
            self.engine == "compiled"
            and type(self).step is ParkModel.step
            and type(self.datacollector) is OutcomeCollector
            and self.datacollector.collects_outcomes_alone
            and len(self._event_list.peek_ahead(2)) < 2
            and not self.subscribers
        )

    def _run_ahead(self) -> None:
        """Run what is left of the horizon; the steps that follow only count."""
        count = len(self.world.enterprises)
        start = max(self.steps, self._ahead)
        for first, draws in draw_blocks(self.seed_number, count, self.quarters, start):
            advance(self.world, self.policies, first, draws, self.cells, self.park_sums)
            self._ahead = first + len(draws)
            del draws

    def outcomes_of(self, quarters: Sequence[int]) -> NDArray[np.float64]:
        """Outcomes over all parks by quarter, shape (quarters, outcomes)."""
        rows = list(quarters)
        return outcome_values(self.cells[rows].sum(axis=(1, 2)), self.park_sums[rows].sum(axis=1))

    def last_outcomes(self) -> NDArray[np.float64]:
        """Values of all outcomes in the last quarter run, over all parks."""
        last: NDArray[np.float64] = self.outcomes_of([self.steps - 1])[0]
        return last

    def outcomes(self) -> pd.DataFrame:
        """Tidy frame of all quarters run so far: park, quarter, outcome, unit, value."""
        import pandas as pd

        done = self.steps
        values = outcome_values(self.cells[:done].sum(axis=2), self.park_sums[:done])
        labels = [quarter_label(number) for number in range(done)]
        names = [one.name for one in self.parks]
        index = pd.MultiIndex.from_product(
            [labels, names, OUTCOME_NAMES], names=["quarter", "park", "outcome"]
        )
        frame = pd.DataFrame({"value": values.reshape(-1)}, index=index).reset_index()
        units = {one.name: one.unit for one in OUTCOMES}
        frame.insert(3, "unit", frame["outcome"].map(units))
        return frame

    def identities(self) -> list[str]:
        """The enterprises' identifiers: a user's own, or their number from 1."""
        return identities(self.parks)

    def enterprises(self) -> pd.DataFrame:
        """One row per enterprise: its state now, and the last quarter's use and generation."""
        import pandas as pd

        records = self.world.enterprises
        frame = pd.DataFrame({"id": self.identities()})
        frame["park"] = [self.parks[number].name for number in records["park"]]
        frame["sector"] = [self.sector_names[number] for number in records["sector"]]
        for name in PLAIN_COLUMNS:
            frame[name] = records[name]
        frame["last_audit"] = (
            frame["last_audit"].astype("Int64").mask(records["last_audit"] == NEVER)
        )
        for number, medium in enumerate(MEDIA):
            frame[f"effort_{medium}"] = records["effort"][:, number]
            frame[f"limit_ratio_{medium}"] = records["ratio"][:, number]
            frame[f"reported_ratio_{medium}"] = records["reported_ratio"][:, number]
        frame["effort_voc"] = records["voc_effort"]
        made = records["output"] * (1.0 - records["restriction"])
        for number, flow in enumerate(FLOWS):
            frame[f"generated_{flow}"] = records["intensity"][:, number] * made
        return frame


PLAIN_COLUMNS = (
    "output",
    "cash",
    "technology",
    "attitude",
    "knowledge",
    "belief",
    "hurdle",
    "data_quality",
    "monitored",
    "listed",
    "connected",
    "level",
    "true_level",
    "score",
    "genuine",
    "audited",
    "last_audit",
    "violating",
    "inspected",
    "caught",
    "falsified",
    "record",
    "founded",
)
