"""The model driven by ema_workbench: the same numbers, the data's ranges, and clear errors."""

import os
import pickle
import subprocess
import sys

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.analysis.studies.extras import load
from cleanpark.analysis.studies.workbench import future, parameter, policy, workbench_model
from cleanpark.scenarios.errors import InputError

# ema_workbench shows progress through tqdm and warns of evaluators that are not installed.
pytestmark = pytest.mark.filterwarnings("ignore")
PARK = cp.park("mixed", enterprises=6)


def small(**options):
    settings = {
        "scenario": "mandatory", "park": PARK, "quarters": 4, "seeds": 2,
        "outcomes": ["pollution_equivalents", "compliance_true"],
        "uncertainties": "learn_own,peer_contact", "levers": "fine,inspection_rate,audit_mode",
    }  # fmt: skip
    return workbench_model(**(settings | options))


def run(model, **options):
    return load("ema_workbench").perform_experiments(model, **options)


def test_experiments_are_those_of_compare():
    model = small()
    strict = policy(model, "strict", fine=30.0, inspection_rate=0.1, audit_mode="mandatory-all")
    experiments, outcomes = run(model, scenarios=2, policies=[strict])
    assert list(experiments["policy"]) == ["strict", "strict"]
    for place, row in enumerate(experiments.to_dict("records")):
        changed = cp.scenario(
            "mandatory", fine=30.0, inspection_rate=0.1, audit_mode="mandatory-all"
        ).with_behaviour(learn_own=row["learn_own"], peer_contact=row["peer_contact"])
        found = cp.compare([changed], PARK, 2, 4)
        for name, values in outcomes.items():
            expected = found.row(changed.name, name)["mean"]
            assert values[place] == pytest.approx(expected, rel=1e-12), name


def test_what_a_policy_does_not_give_is_as_in_the_scenario():
    model = small()
    slow = future(model, "slow", learn_own=0.1)
    _, outcomes = run(model, scenarios=slow, policies=[policy(model, "strict", fine=30.0)])
    changed = cp.scenario("mandatory", fine=30.0).with_behaviour(learn_own=0.1)
    found = cp.compare([changed], PARK, 2, 4)
    expected = found.row(changed.name, "pollution_equivalents")["mean"]
    assert outcomes["pollution_equivalents"][0] == pytest.approx(expected, rel=1e-12)


def test_policies_times_futures_and_kinds_of_outcomes():
    model = small()
    experiments, outcomes = run(model, scenarios=3, policies=2)
    assert len(experiments) == 6
    assert set(experiments["audit_mode"]) <= set(cp.space("audit_mode").factors[0].choices)
    assert np.isfinite(outcomes["pollution_equivalents"]).all()
    kinds = {one.name: one.kind for one in model.outcomes}
    scalar = load("ema_workbench").ScalarOutcome
    assert kinds["pollution_equivalents"] == scalar.MINIMIZE
    assert kinds["compliance_true"] == scalar.MAXIMIZE


def test_every_parameter_is_drawn_as_studies_draw_it():
    # Between the edges of whole numbers, where rounding decides, quantiles agree.
    quantiles = np.linspace(0.0137, 0.9871, 23)
    for factor in cp.space("all").factors:
        made = parameter(factor)
        want = factor.positions(factor.values(quantiles))
        np.testing.assert_allclose(made.dist.ppf(quantiles), want, rtol=1e-9, err_msg=factor.name)
        if factor.scale != "choice":
            assert (made.lower_bound, made.upper_bound) == pytest.approx((factor.low, factor.high))


def test_over_time_adds_a_value_per_quarter():
    model = small(over_time=True, levers=())
    _, outcomes = run(model, scenarios=2)
    by_quarter = outcomes["pollution_equivalents_by_quarter"]
    assert by_quarter.shape == (2, 4)
    assert by_quarter.sum(axis=1) == pytest.approx(outcomes["pollution_equivalents"])


def test_a_run_that_fails_is_undefined_and_the_others_go_on():
    model = small()
    sample = load("ema_workbench").Sample
    _, outcomes = run(
        model, scenarios=1, policies=[sample("bad", fine=-5.0), sample("good", fine=5.0)]
    )
    found = outcomes["pollution_equivalents"]
    assert np.isnan(found[0])
    assert np.isfinite(found[1])


def test_an_outcome_is_the_mean_over_the_seeds_that_define_it():
    def spread(seeds):
        model = small(outcomes=["audit_genuine"], seeds=seeds, scenario="voluntary", quarters=20)
        return model.function(learn_own=0.2)["audit_genuine"]

    single = np.array([spread([seed]) for seed in range(8)])
    defined = np.isfinite(single)
    assert 0 < defined.sum() < 8
    assert spread(list(range(8))) == pytest.approx(single[defined].mean())


@pytest.mark.parametrize(
    ("given", "told"),
    [({"finee": 3.0}, "did you mean 'fine'"), ({"fine": -3.0}, "out of range"),
     ({"detection": 0.9}, "no lever of this model"), ({"audit_mode": "all"}, "one of none")],
)  # fmt: skip
def test_a_policy_that_is_mistyped_is_refused(given, told):
    with pytest.raises(InputError, match=told):
        policy(small(), "wrong", **given)


def test_wrong_models_are_refused_before_anything_is_run():
    with pytest.raises(InputError, match="both"):
        small(uncertainties="learn_own,fine")
    with pytest.raises(InputError, match="unknown outcome"):
        small(outcomes=["pollution"])
    with pytest.raises(InputError, match="no uncertainty"):
        future(small(), "wrong", fine=3.0)


def test_a_model_can_be_sent_to_another_process():
    model = small()
    experiment = pickle.loads(pickle.dumps(model)).function
    assert experiment(fine=20.0) == model.function(fine=20.0)


PARALLEL = """
import numpy, cleanpark as cp
from ema_workbench import MultiprocessingEvaluator, SequentialEvaluator
from cleanpark.analysis.studies.workbench import future, policy, workbench_model
if __name__ == "__main__":
    model = workbench_model("mandatory", cp.park("mixed", enterprises=6), 4, 2,
                            ["pollution_equivalents"], "learn_own", "fine")
    options = {"scenarios": [future(model, "slow", learn_own=0.1)],
               "policies": [policy(model, str(fine), fine=fine) for fine in (6.0, 12.0, 30.0)]}
    found = []
    for evaluator in (SequentialEvaluator(model), MultiprocessingEvaluator(model, n_processes=2)):
        with evaluator:
            _, outcomes = evaluator.perform_experiments(**options)
            found.append(outcomes["pollution_equivalents"])
    assert len(found[0]) == 3 and numpy.array_equal(*found), found
    print("equal")
"""


def test_two_processes_give_the_same_as_one(tmp_path):
    script = tmp_path / "parallel.py"
    script.write_text(PARALLEL)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(script)], capture_output=True, text=True,
        timeout=300, env={**os.environ}, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "equal", done.stderr


def test_the_workbench_optimises_levers_on_a_scale(tmp_path):
    model = small(uncertainties="learn_own", levers="fine,inspection_rate")
    best, _ = load("ema_workbench").optimize(
        model, nfe=12, searchover="levers", reference=future(model, "slow", learn_own=0.1),
        epsilons=[1.0, 0.01], population_size=6, rng=1, filename="o.tar.gz",
        directory=str(tmp_path),
    )  # fmt: skip
    assert best["fine"].between(5, 40).all()
    assert {"inspection_rate", "pollution_equivalents", "compliance_true"} <= set(best)


def test_models_of_other_content_have_other_names():
    one, other = small(scenario="no-policy"), small(scenario="full-mix")
    assert {one.name, other.name} == {"no_policy", "full_mix"}
    assert small(scenario="full-mix").name == "full_mix"
    assert small(scenario="full-mix", seeds=3).name.startswith("full_mix_")
    assert small(scenario="full-mix", name="mine").name == "mine"
    with pytest.raises(InputError, match="another model has it"):
        small(scenario="no-policy", name="mine")
    with pytest.raises(InputError, match="model name 'no-policy'"):
        small(name="no-policy")


def test_two_models_in_one_call_give_their_own_results():
    first, second = small(scenario="no-policy"), small(scenario="full-mix")
    same = {"scenarios": future(first, "slow", learn_own=0.2), "policies": [policy(first, "p")]}
    experiments, outcomes = run([first, second], **same)
    values = dict(zip(experiments["model"], outcomes["pollution_equivalents"], strict=True))
    for model in (first, second):
        alone = run(model, **same)[1]["pollution_equivalents"]
        assert values[model.name] == pytest.approx(alone[0])
    assert len(set(values.values())) == 2


def test_ranges_of_ones_own_are_drawn():
    model = small(levers={"fine": (10.0, 12.0)})
    assert (model.levers["fine"].lower_bound, model.levers["fine"].upper_bound) == (10.0, 12.0)
