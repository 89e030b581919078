"""Models copied, pickled and changed on the way: their agents stay theirs, and nothing is idle."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import cleanpark as cp

ENGINES = ["agents", "compiled"]
COPIES: list[Callable[[Any], Any]] = [
    copy.deepcopy,
    lambda model: pickle.loads(pickle.dumps(model)),
]
PARKS = [cp.park("heavy", enterprises=15), cp.park("high-tech", enterprises=10)]


def begun(engine: str, quarters: int = 6) -> cp.ParkModel:
    """A model of two parks with its agents, after two quarters."""
    model = cp.ParkModel("voluntary", PARKS, rng=3, quarters=quarters, engine=engine)
    assert len(model.agents)
    for _ in range(2):
        model.step()
    return model


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("copied", COPIES, ids=["deepcopy", "pickle"])
def test_a_copy_goes_on_as_the_model_would_and_apart_from_it(
    engine: str, copied: Callable[[Any], Any]
) -> None:
    model = begun(engine)
    firm = model.agents_by_type[cp.Enterprise][0]
    assert firm.paid.sales > 0  # a view that is kept once it was asked for
    other = copied(model)
    twin = other.agents_by_type[cp.Enterprise][0]
    assert twin.model is other
    twin.cash = 12345.0
    twin.paid.fines = 7.0
    assert other.world.enterprises["cash"][0] == 12345.0
    assert other.world.enterprises["paid"]["fines"][0] == 7.0
    assert firm.cash != 12345.0
    twin.cash = firm.cash
    twin.paid.fines = firm.paid.fines
    before = model.enterprises()
    other.run()
    assert model.enterprises().equals(before)
    assert len(other.datacollector.get_model_vars_dataframe()) == 6
    assert model.run().outcomes().equals(other.outcomes())
    assert model.enterprises().equals(other.enterprises())
    assert twin.output == other.world.enterprises["output"][0]
    assert other.agents_by_type[cp.ParkAuthority][1].treasury == model.world.parks["treasury"][1]


def test_a_copied_agent_brings_its_model() -> None:
    firm = begun("compiled").agents_by_type[cp.Enterprise][3]
    twin = pickle.loads(pickle.dumps(firm))
    twin.belief = 0.25
    assert twin.model.world.enterprises["belief"][3] == 0.25
    assert firm.belief == firm.model.world.enterprises["belief"][3] != 0.25


def test_a_shallow_copy_is_refused() -> None:
    with pytest.raises(TypeError, match="deepcopy"):
        copy.copy(begun("compiled"))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", [cp.Enterprise, cp.AuditTeam, cp.ParkAuthority])
def test_whom_the_park_consists_of_cannot_be_removed(engine: str, kind: Any) -> None:
    model = begun(engine)
    agents = model.agents_by_type[kind]
    with pytest.raises(RuntimeError, match="cannot be removed"):
        agents[0].remove()
    with pytest.raises(RuntimeError, match="cannot be removed"):
        model.remove_all_agents()
    assert len(model.agents_by_type[kind]) == len(agents) > 0
    assert model.run().outcomes().equals(begun(engine).run().outcomes())


CHANGE = {
    "fine": 40.0,
    "audit_mode": "mandatory-all",
    "audit_teams": 10.0,
    "monitoring_coverage": 0.5,
}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_policy_set_midway_is_the_policy_dated_from_there(engine: str) -> None:
    parks = [cp.park("heavy", enterprises=40), cp.park("high-tech", enterprises=30)]
    dated = cp.scenario("voluntary", **{name: {"2026-Q3": v} for name, v in CHANGE.items()})
    whole = cp.ParkModel(dated, parks, rng=3, quarters=6).run()
    model = cp.ParkModel("voluntary", parks, rng=3, quarters=6, engine=engine)
    teams = len(model.agents_by_type[cp.AuditTeam])
    model.step()
    model.step()
    model.policy = cp.scenario("voluntary", **CHANGE)
    assert len(model.agents_by_type[cp.AuditTeam]) == len(model.world.teams) > teams
    model.run()
    for column in whole.world.enterprises.dtype.names:
        found, right = model.world.enterprises[column], whole.world.enterprises[column]
        assert np.array_equal(found, right), column
    assert model.outcomes().equals(whole.outcomes())
    for team in model.agents_by_type[cp.AuditTeam]:
        assert team.skill == model.world.teams["skill"][team.row]


@pytest.mark.parametrize("engine", ENGINES)
def test_behaviour_set_with_a_policy_midway_acts(engine: str) -> None:
    model, other = begun(engine), begun(engine)
    model.policy = model.policy.with_behaviour(inspection_cost=5.0)
    assert not model.run().outcomes().equals(other.run().outcomes())


@pytest.mark.parametrize(
    ("name", "value"),
    [("quarters", 9), ("parks", []), ("engine", "agents"), ("seed_number", 4)],
)
def test_what_a_model_is_made_for_cannot_be_changed(name: str, value: Any) -> None:
    model = begun("compiled")
    with pytest.raises(AttributeError, match=f"model.{name} cannot be changed"):
        setattr(model, name, value)


def test_a_policy_that_is_none_is_refused_and_the_old_one_stays() -> None:
    model = begun("compiled")
    with pytest.raises(cp.InputError):
        model.policy = "volontary"
    assert model.policy.name == "voluntary"


@pytest.mark.parametrize("engine", ENGINES)
def test_outcomes_are_collected_as_each_quarter_gave_them(engine: str) -> None:
    model = cp.ParkModel("full-mix", PARKS, rng=3, quarters=5, engine=engine)
    each = []
    while model.running:
        model.step()
        each.append(model.last_outcomes())
    frame = model.datacollector.get_model_vars_dataframe()
    assert np.array_equal(frame.to_numpy(), np.array(each), equal_nan=True)
    whole = cp.ParkModel("full-mix", PARKS, rng=3, quarters=5).run()
    assert whole.steps == whole.time == 5
    assert frame.equals(whole.datacollector.get_model_vars_dataframe())
    with pytest.raises(RuntimeError, match="horizon"):
        whole.step()


class Watched(cp.ParkModel):
    """A model that looks at its enterprises after each quarter."""

    def step(self) -> None:
        super().step()
        self.seen = [*getattr(self, "seen", []), float(self.world.enterprises["output"].sum())]


def test_whoever_looks_between_quarters_sees_each_quarter() -> None:
    watched = Watched("voluntary", PARKS, rng=3, quarters=5).run()
    assert len(set(watched.seen)) == 5
    collected = cp.ParkModel("voluntary", PARKS, rng=3, quarters=5)
    reporter = lambda model: float(model.world.enterprises["output"].sum())  # noqa: E731
    collected.datacollector._new_model_reporter("sum_of_output", reporter)
    frame = collected.run().datacollector.get_model_vars_dataframe()
    assert frame["sum_of_output"].tolist() == watched.seen
    events: list[float] = []

    def note() -> None:
        events.append(float(scheduled.world.enterprises["output"].sum()))

    scheduled = cp.ParkModel("voluntary", PARKS, rng=3, quarters=5)
    scheduled.schedule_event(note, at=2.5)
    scheduled.run()
    assert events == watched.seen[1:2]


class Honesst(cp.Enterprise):
    """A decision whose name is misspelt."""

    def hides_excedance(self, policy: Any, behaviour: Any, medium: int) -> bool:
        return False


def test_idle_input_is_told() -> None:
    model = cp.ParkModel("voluntary", PARKS, quarters=4, fine={"2030-Q1": 9.0},
                         enterprise_class=Honesst)  # fmt: skip
    told = " ".join(str(one) for one in model.warnings())
    assert "does nothing from 2030-Q1 on, since the run ends" in told
    assert "no decision is named hides_excedance" in told
    assert "did you mean 'hides_exceedance'?" in told
    assert cp.ParkModel("voluntary", PARKS, quarters=4).warnings() == []
