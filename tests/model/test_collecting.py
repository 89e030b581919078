"""Mesa's data collector: every outcome of every quarter, whenever it is asked for."""

from __future__ import annotations

import pytest

import cleanpark as cp
from cleanpark.model.collecting import outcome_of


def small(**given: object) -> cp.ParkModel:
    return cp.ParkModel(park=cp.park("mixed", enterprises=20), quarters=4, **given)


@pytest.mark.parametrize("engine", ["agents", "compiled"])
def test_asked_for_late_outcomes_are_those_of_their_quarters(engine: str) -> None:
    model = small(engine=engine)
    seen = []
    while model.running:
        model.step()
        seen.append(outcome_of("pollution_equivalents", model))
    frame = model.datacollector.get_model_vars_dataframe()
    assert frame["pollution_equivalents"].tolist() == seen
    told = model.outcomes().query("outcome == 'pollution_equivalents'")
    assert told["value"].tolist() == pytest.approx(seen)


def test_a_reporter_of_ones_own_reads_the_model_at_its_quarter() -> None:
    model = small()
    collector = model.datacollector
    assert collector.collects_outcomes_alone
    collector._new_model_reporter("enterprises_at_work", lambda m: (m.steps, m.quarter))
    assert not collector.collects_outcomes_alone
    frame = model.run().datacollector.get_model_vars_dataframe()
    assert [steps for steps, _ in frame["enterprises_at_work"]] == [1, 2, 3, 4]
    assert len(frame["pollution_equivalents"]) == 4
