"""Announced changes: who knows of them invests before they hold, and nothing else moves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import cleanpark as cp
from cleanpark.model.outcomes import OUTCOME_NAMES
from cleanpark.model.outlook import ANNOUNCED, LONGEST_NOTICE, known_ahead, weight_of_later
from cleanpark.model.simulate import simulate_seed
from cleanpark.model.world import levers_in_force
from cleanpark.scenarios.levers import behaviour_parameters, levers

PARK = cp.park("mixed", enterprises=60)
TAXED = cp.scenario("voluntary").with_levers(energy_tax={"2028-Q1": 1000.0})
START = 8
"""Quarter from which the tax holds."""


def announced(notice: int, **behaviour: float) -> cp.Scenario:
    """The tax, announced by so many quarters."""
    return TAXED.with_levers(notice=notice).with_behaviour(**behaviour)


def records(one: cp.Scenario, quarters: int = 12) -> Any:
    return levers_in_force(one, [PARK], quarters + LONGEST_NOTICE)


def test_without_notice_there_are_the_levers_in_force_alone() -> None:
    given = records(TAXED)
    found = known_ahead(given, 12)
    assert found.shape == (12, 1)
    assert np.array_equal(found, given[:12])


def test_behind_the_levers_in_force_lie_the_announced_values_of_later() -> None:
    found = known_ahead(records(announced(3)), 12)
    assert found.shape == (12, 3)
    assert np.flatnonzero(found["energy_tax"][:, 0])[0] == START
    assert np.flatnonzero(found["energy_tax"][:, 1])[0] == START - 3
    assert 0.0 < found["energy_tax"][START - 3, 1] < found["energy_tax"][START, 1] == 1000.0
    same = [name for name in levers() if name not in ANNOUNCED]
    assert all(np.array_equal(found[name][:, 0], found[name][:, 1]) for name in same)


def test_behind_these_lies_what_will_be_and_in_how_many_quarters_support_changes() -> None:
    ends = cp.scenario("voluntary", option_subsidy={"2026-Q1": 0.3, "2028-Q1": 0.0}, notice=3)
    found = known_ahead(records(ends), 12)[:, 2]
    assert found["option_subsidy"].tolist() == [0.3] * (START - 3) + [0.0] * 7
    assert found["notice"].tolist() == [3.0] * (START - 2) + [2.0, 1.0] + [3.0] * 4


def test_what_comes_later_counts_for_less_and_what_holds_at_once_for_all() -> None:
    """Of eight years' saving at the median hurdle rate, what comes after a year."""
    at_once, after_a_year, last = weight_of_later(np.array([0.0, 4.0, LONGEST_NOTICE]))
    hurdle = float(behaviour_parameters()["hurdle_median"].default)
    years = [(1.0 - (1.0 + hurdle) ** -n) / hurdle for n in (1.0, 8.0)]
    assert at_once == 1.0
    assert after_a_year == pytest.approx(1.0 - years[0] / years[1])
    assert 0.0 < last < after_a_year


def test_every_announced_lever_is_one_that_a_scenario_can_date() -> None:
    assert set(ANNOUNCED) <= set(levers())
    assert len(set(ANNOUNCED)) == len(ANNOUNCED)


def test_the_horizon_does_not_cut_off_what_is_announced() -> None:
    short = simulate_seed([announced(4)], [PARK], 3, 6).quarterly
    long = simulate_seed([announced(4)], [PARK], 3, 12).quarterly
    assert np.array_equal(short, long[:, :6], equal_nan=True)


def test_nobody_who_knows_is_the_same_as_no_notice_to_the_last_bit() -> None:
    found = [
        simulate_seed([one], [PARK], 3, 12).quarterly
        for one in (announced(0), announced(8, notice_share=0.0))
    ]
    assert np.array_equal(*found, equal_nan=True)


def bought_before(given: cp.Scenario, share: float, outcome: str = "options_implemented") -> float:
    """An outcome of a heavy park on the eve of the change, over eight seeds: by default the
    options an enterprise runs."""
    park, place = cp.park("heavy", enterprises=200), OUTCOME_NAMES.index(outcome)
    known = given.with_behaviour(notice_share=share)
    runs = [simulate_seed([known], [park], seed, START).quarterly for seed in range(1, 9)]
    return float(np.mean([run[0, START - 1, 0, place] for run in runs]))


def test_who_knows_ahead_invests_before_the_tax_holds_and_more_with_more_who_know() -> None:
    found = [bought_before(announced(4), share) for share in (0.0, 0.5, 1.0)]
    assert found == sorted(found)
    assert found[0] < found[2]


def test_before_a_subsidy_ends_who_knows_of_it_buys_and_before_one_begins_waits() -> None:
    """Ends: purchases are drawn forward. Begins: they are put off."""
    base = cp.scenario("voluntary", notice=4)
    ends = base.with_levers(option_subsidy={"2026-Q1": 0.3, "2028-Q1": 0.0})
    begins = base.with_levers(option_subsidy={"2028-Q1": 0.3})
    drawn_forward = [bought_before(ends, share) for share in (0.0, 0.5, 1.0)]
    put_off = [bought_before(begins, share) for share in (0.0, 0.5, 1.0)]
    assert drawn_forward == sorted(drawn_forward)
    assert drawn_forward[0] < drawn_forward[2]
    assert put_off == sorted(put_off, reverse=True)
    assert put_off[2] < put_off[0]


def test_dearer_energy_that_is_announced_is_saved_before_it_is_paid() -> None:
    dearer = cp.scenario("voluntary", notice=4, energy_price={"2028-Q1": 2500.0})
    assert bought_before(dearer, 0.0) < bought_before(dearer, 1.0)


def test_both_drivers_agree_to_the_last_bit() -> None:
    runs = [
        cp.ParkModel(announced(4), cp.park("mixed", 40), rng=4, engine=engine, quarters=9).run()
        for engine in ("agents", "compiled")
    ]
    assert np.array_equal(runs[0].cells, runs[1].cells)
    assert np.array_equal(runs[0].park_sums, runs[1].park_sums)


def test_a_study_over_the_notice_gives_what_runs_alone_give() -> None:
    runs = cp.sensitivity.model_runs([TAXED], PARK, 12, ["options_implemented", "profit"])
    rows = pd.DataFrame({"notice": [0.0, 4.0, 8.0]})
    found = runs.run(rows, 5).values
    for row, notice in enumerate((0, 4, 8)):
        alone = simulate_seed([announced(notice)], [PARK], 5, 12).horizon[0, 0]
        wanted = [alone[OUTCOME_NAMES.index(name)] for name in ("options_implemented", "profit")]
        assert found[row] == pytest.approx(wanted, rel=1e-12)
