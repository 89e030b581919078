"""Who is treated: targets by sector, size and id reach these enterprises and nobody else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.model.world import build_world, policy_records
from cleanpark.scenarios.errors import ScenarioError
from cleanpark.scenarios.sectors import sectors

HEAD = 'name = "mine"\nextends = "voluntary"\n'


def scenario_of(tmp_path: Path, text: str) -> cp.Scenario:
    """A scenario of these targets."""
    path = tmp_path / "mine.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    return cp.scenario(path)


@pytest.fixture
def chemicals(tmp_path: Path) -> cp.Scenario:
    return scenario_of(
        tmp_path,
        '[groups.big]\nsectors = ["chemicals", "metals"]\nsizes = ["large", "medium"]\n'
        "levers = { monitoring_coverage = 1.0 }\n",
    )


def test_those_named_are_monitored_and_others_as_before(chemicals: cp.Scenario) -> None:
    park = cp.park("mixed", 80)
    treated = cp.ParkModel(chemicals, park, rng=3, quarters=1).run().world.enterprises
    usual = cp.ParkModel("voluntary", park, rng=3, quarters=1).run().world.enterprises
    names = [one.name for one in sectors()]
    wanted = np.isin(usual["sector"], [names.index("chemicals"), names.index("metals")])
    wanted &= usual["size_class"] > 0
    assert 0 < wanted.sum() < 80
    assert treated["monitored"][wanted].all()
    assert np.array_equal(treated["monitored"][~wanted], usual["monitored"][~wanted])


def test_both_drivers_agree_to_the_last_bit(chemicals: cp.Scenario) -> None:
    runs = [
        cp.ParkModel(chemicals, cp.park("mixed", 40), rng=4, engine=engine, quarters=5).run()
        for engine in ("agents", "compiled")
    ]
    assert np.array_equal(runs[0].cells, runs[1].cells)
    assert np.array_equal(runs[0].park_sums, runs[1].park_sums)


def test_a_target_of_everybody_is_the_lever_itself(tmp_path: Path) -> None:
    everybody = scenario_of(
        tmp_path,
        '[groups.all]\nsizes = ["small", "medium", "large"]\n'
        'levers = { monitoring_coverage = 0.5, fine = { "2026-Q3" = 40.0 } }\n',
    ).with_behaviour(
        pass_through=0.0, entry_speed=0.0
    )  # prices follow what the park's own levers cost
    plain = cp.scenario("voluntary", monitoring_coverage=0.5, fine={"2026-Q3": 40.0})
    plain = plain.with_behaviour(pass_through=0.0, entry_speed=0.0)
    found, same = (
        cp.compare([one], cp.park("mixed", 40), seeds=2, quarters=4).totals[-1]
        for one in (everybody, plain)
    )
    assert np.array_equal(found, same, equal_nan=True)


def test_ids_of_a_file_reach_these_enterprises(tmp_path: Path) -> None:
    park = tmp_path / "park.csv"
    park.write_text(
        "id,sector,产值（万元）\nA1,chemicals,9000\nB2,metals,8000\nC3,metals,100\n", "utf-8"
    )
    (tmp_path / "list.csv").write_text("企业编号,备注\nB2,x\n", "gb18030")
    found = scenario_of(
        tmp_path,
        '[groups.listed]\nids_file = "list.csv"\nlevers = { monitoring_coverage = 1.0 }\n',
    )
    model = cp.ParkModel(found, cp.park(park), rng=1, quarters=1).run()
    assert model.world.enterprises["regime"].tolist() == [0, 1, 0]
    assert model.world.enterprises["monitored"][1] == 1


def test_where_two_targets_meet_the_later_one_counts(tmp_path: Path) -> None:
    found = scenario_of(
        tmp_path,
        '[groups.a]\nids = ["1", "2"]\nlevers = { fine = 20.0, air_tax_rate = 9.0 }\n'
        '[groups.b]\nids = ["2", "3"]\nlevers = { fine = 30.0 }\n',
    )
    park = cp.park("mixed", 4)
    rows = policy_records(found, [park], 2)
    model = cp.ParkModel(found, park, rng=1, quarters=2)
    own = [rows[0, regime] for regime in model.world.enterprises["regime"]]
    usual = rows[0, 0]
    assert [one["fine"] for one in own] == [20.0, 30.0, 30.0, usual["fine"]]
    air = usual["air_tax_rate"]
    assert [one["air_tax_rate"] for one in own] == [9.0, 9.0, air, air]


def test_a_scenario_with_targets_is_written_and_read_back(
    tmp_path: Path, chemicals: cp.Scenario
) -> None:
    path = tmp_path / "again.toml"
    path.write_text(chemicals.to_toml(), encoding="utf-8")
    assert cp.scenario(path).digest == chemicals.digest
    assert chemicals.digest != cp.scenario("voluntary").digest


def test_a_change_meant_for_all_reaches_the_targets(chemicals: cp.Scenario) -> None:
    changed = chemicals.with_levers(monitoring_coverage=0.2)
    rows = policy_records(changed, [cp.park("mixed", 4)], 1)
    assert set(rows["monitoring_coverage"].ravel().tolist()) == {0.2}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[groups.x]\nlevers = { fine = 20.0 }\n", "says nobody"),
        ('[groups.x]\nids = ["1"]\nlevers = { fin = 20.0 }\n', "did you mean 'fine'"),
        ('[groups.x]\nids = ["1"]\nlevers = { audit_teams = 2.0 }\n', "park as a whole"),
        ('[groups.x]\nids = ["1"]\nlevers = { grid_factor = 0.4 }\n', "park as a whole"),
        ('[groups.x]\nids = ["1"]\nlevers = { fine = -2.0 }\n', "out of range"),
        ('[groups.x]\nsizes = ["huge"]\nlevers = { fine = 20.0 }\n', "sizes"),
        ('[groups.x]\nids_file = "no.csv"\nlevers = { fine = 20.0 }\n', "no.csv"),
        ('[groups.x]\nid = ["1"]\nlevers = { fine = 20.0 }\n', "id"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        scenario_of(tmp_path, text)
    assert said in str(caught.value)
    assert "mine.toml" in str(caught.value) or "no.csv" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('sectors = ["chemical"]', "chemicals"),
        ('ids = ["99"]', "'99'"),
    ],
)
def test_who_is_not_in_the_run_is_refused(tmp_path: Path, text: str, said: str) -> None:
    found = scenario_of(tmp_path, f"[groups.x]\n{text}\nlevers = {{ fine = 20.0 }}\n")
    with pytest.raises(ScenarioError, match=r"groups\.x") as caught:
        cp.compare([found], cp.park("mixed", 10), seeds=1, quarters=1)
    assert said in str(caught.value)


def test_enterprises_of_parks_without_targets_are_under_their_parks_levers() -> None:
    rows = build_world([cp.park("mixed", 5), cp.park("heavy", 3)], 1, 1).enterprises
    assert np.array_equal(rows["regime"], rows["park"])


def test_the_table_s_earlier_name_is_still_read(tmp_path: Path) -> None:
    text = '[{}.x]\nids = ["1"]\nlevers = {{ fine = 20.0 }}\n'
    now, before = (scenario_of(tmp_path, text.format(name)) for name in ("groups", "targets"))
    assert now.digest == before.digest
    with pytest.raises(cp.ScenarioError, match="two names"):
        scenario_of(tmp_path, text.format("groups") + text.format("targets"))
