"""ParkModel as Mesa's users and students use it."""

from __future__ import annotations

from pathlib import Path

import mesa
import numpy as np
import pytest

import cleanpark as cp


def small(**changes: object) -> cp.ParkModel:
    settings = {"park": cp.park("mixed", enterprises=20), "quarters": 6, "rng": 3, **changes}
    return cp.ParkModel("voluntary", **settings)  # type: ignore[arg-type]


def test_it_is_a_mesa_model_with_live_agents() -> None:
    model = small()
    assert isinstance(model, mesa.Model)
    firms = model.agents_by_type[cp.Enterprise]
    model.step()
    assert [firm.output for firm in firms] == model.world.enterprises["output"].tolist()
    dirty = model.agents.select(
        lambda agent: isinstance(agent, cp.Enterprise) and agent.violating == 1
    )
    assert len(dirty) == model.world.enterprises["violating"].sum()
    firms[0].attitude = 1.0
    assert model.world.enterprises["attitude"][0] == 1.0


def test_batch_run_and_data_collector() -> None:
    rows = mesa.batch_run(
        cp.ParkModel,
        {"scenario": ["voluntary", "mandatory"], "quarters": 4, "engine": "compiled"},
        rng=[1, 2],
        data_collection_period=1,
        display_progress=False,
    )
    assert len(rows) == 2 * 2 * 4
    assert {"energy", "compliance_true"} <= set(rows[0])
    frame = small().run().datacollector.get_model_vars_dataframe()
    assert len(frame) == 6
    assert (frame["energy"] > 0).all()


class Honest(cp.Enterprise):
    """An enterprise that never hides an exceedance."""

    def hides_exceedance(self, policy, behaviour, medium):  # type: ignore[no-untyped-def]
        return False


def test_a_subclass_changes_one_decision_and_runs_with_agents() -> None:
    plain = small(park=cp.park("mixed", enterprises=60)).run()
    honest = small(park=cp.park("mixed", enterprises=60), enterprise_class=Honest).run()
    assert honest.engine == "agents"
    assert all(type(firm) is Honest for firm in honest.agents_by_type[Honest])

    def apparent(model: cp.ParkModel) -> float:
        table = model.outcomes().set_index("outcome")["value"]
        return float(table.loc["compliance_apparent"].mean())

    assert apparent(honest) < apparent(plain)


def test_frames_have_a_row_for_everything() -> None:
    model = small().run()
    outcomes = model.outcomes()
    assert set(outcomes.columns) == {"quarter", "park", "outcome", "unit", "value"}
    assert outcomes["quarter"].nunique() == 6
    enterprises = model.enterprises()
    assert len(enterprises) == 20
    assert enterprises["id"].is_unique
    assert (enterprises["generated_energy"] > 0).all()


def test_several_parks_have_their_own_policy_and_accounts() -> None:
    parks = [cp.park("heavy", enterprises=20), cp.park("high-tech", enterprises=30)]
    model = cp.ParkModel("mandatory", parks, rng=1, quarters=4).run()
    frame = model.outcomes()
    assert set(frame["park"]) == {"heavy", "high-tech"}
    energy = frame[frame["outcome"] == "energy"].groupby("park")["value"].sum()
    assert energy["heavy"] > energy["high-tech"]
    assert len(np.unique(model.world.teams["park"])) == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"engine": "fast"}, "engine"),
        ({"engine": "compiled", "enterprise_class": Honest}, "subclass"),
        ({"rng": -1}, "seed"),
        ({"quarters": 0}, "quarters"),
    ],
)
def test_wrong_arguments_are_named(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        small(**change)


def test_running_on_after_the_horizon_is_refused() -> None:
    model = small().run()
    with pytest.raises(RuntimeError, match="horizon"):
        model.step()


def test_a_seed_of_zero_is_a_seed() -> None:
    assert small(rng=0).seed_number == 0
    again = [small(rng=0).run().outcomes()["value"].sum() for _ in range(2)]
    assert again[0] == again[1]


def test_the_burden_is_net_cost_over_output_and_one_enterprise_has_no_dispersion() -> None:
    stays = cp.scenario("full-mix").with_behaviour(turnover=0.0, pass_through=0.0, entry_speed=0.0)
    model = cp.ParkModel(stays, cp.park("mixed", enterprises=1), quarters=6).run()
    wide = model.outcomes().pivot(index="quarter", columns="outcome", values="value")
    ratio = wide["enterprise_cost"] / wide["output"]
    assert wide["burden"].to_numpy() == pytest.approx(ratio.to_numpy())
    assert wide["burden_dispersion"].to_numpy() == pytest.approx(0.0, abs=1e-7)
    many = cp.ParkModel("full-mix", cp.park("mixed", enterprises=50), quarters=2).run().outcomes()
    assert (many.loc[many["outcome"] == "burden_dispersion", "value"] > 0.001).all()


def test_two_parks_of_one_name_are_refused_before_anything_runs() -> None:
    parks = [cp.park("mixed", enterprises=12), cp.park("mixed", enterprises=20)]
    with pytest.raises(cp.ParkError, match="two parks are named 'mixed'"):
        cp.compare(["mandatory"], park=parks, seeds=2, quarters=4)


def test_no_park_is_refused() -> None:
    with pytest.raises(cp.ParkError, match="none is given"):
        cp.compare(["mandatory"], park=[], seeds=2, quarters=4)


def test_values_for_a_park_that_nobody_knows_are_refused(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text('name = "p"\n[parks.mixd]\nfine = 60.0\n')
    with pytest.raises(cp.ScenarioError, match="did you mean 'mixed'"):
        cp.ParkModel(tmp_path / "p.toml", cp.park("mixed", enterprises=12), quarters=1)
