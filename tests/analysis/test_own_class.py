"""A subclass of Enterprise against the default one: paired, named, and refused where unclear."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.analysis.comparison.affected import affected_enterprises
from cleanpark.model.outcomes import OUTCOME_NAMES

PARK = cp.park("mixed", enterprises=30)


class Lazy(cp.Enterprise):
    """Treats nothing."""

    def choose_treatment(self, *arguments: Any) -> float:
        """No effort, whatever it costs."""
        return 0.0


class Same(cp.Enterprise):
    """Decides as the default, by its own word."""

    def leaves(self, *arguments: Any) -> Any:
        """As the default."""
        return super().leaves(*arguments)


class Idle(cp.Enterprise):
    """Overrides nothing."""


@pytest.fixture(scope="module")
def found() -> cp.Comparison:
    return cp.compare("tax-only", PARK, seeds=3, quarters=6, enterprise_class=Lazy)


def test_scenarios_are_called_by_their_classes_and_titled_by_policy(found: cp.Comparison) -> None:
    assert (found.names, found.reference) == (["Enterprise", "Lazy"], "Enterprise")
    assert found.title("Lazy", "en") == "Tax alone: Lazy"
    assert found.title("Enterprise", "zh").endswith("：默认企业")
    assert all(one.at(0) == cp.scenario("tax-only").at(0) for one in found.ensemble.scenarios)


def test_the_class_acts_and_the_default_is_the_policy_as_ever(found: cp.Comparison) -> None:
    row = found.row("Lazy", "pollution_equivalents")
    assert row["difference"] > 0
    assert row["seeds"] == 3
    plain = cp.compare("tax-only", PARK, seeds=3, quarters=6)
    np.testing.assert_array_equal(found.totals[0], plain.totals[plain.names.index("tax-only")])


def test_a_class_that_decides_as_the_default_gives_the_same_numbers() -> None:
    found = cp.compare(park=PARK, seeds=2, quarters=5, enterprise_class=Same)
    np.testing.assert_array_equal(found.totals[0], found.totals[1])
    assert not any("overrides no decision" in line for line in found.warnings())


def test_each_seed_is_the_run_of_that_seed_alone(found: cp.Comparison) -> None:
    model = cp.ParkModel("tax-only", PARK, rng=1, quarters=6, enterprise_class=Lazy).run()
    table = model.outcomes().query("outcome == 'water'")["value"]
    place = OUTCOME_NAMES.index("water")
    np.testing.assert_array_equal(found.ensemble.quarterly[1, 1, :, 0, place], table)


def test_workers_change_nothing(found: cp.Comparison) -> None:
    other = cp.compare("tax-only", PARK, seeds=3, quarters=6, enterprise_class=Lazy, workers=2)
    np.testing.assert_array_equal(found.ensemble.quarterly, other.ensemble.quarterly)


def test_who_loses_is_told_of_the_class(found: cp.Comparison) -> None:
    table = affected_enterprises(found, "Lazy", seeds=2)
    model = cp.ParkModel("tax-only", PARK, rng=0, quarters=6, enterprise_class=Lazy).run()
    assert (table["cost"] != 0).any()
    assert len(table) == len(model.world.enterprises)
    assert not (affected_enterprises(found, "Enterprise", seeds=2)["cost"] != 0).any()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_summary_says_whose_enterprises(found: cp.Comparison, language: str) -> None:
    assert "Lazy" in found.summary(language)


def test_what_does_nothing_is_said() -> None:
    found = cp.compare(park=PARK, seeds=2, quarters=2, enterprise_class=Idle)
    assert any("Idle: overrides no decision" in line for line in found.warnings("en"))
    assert not any("same policy" in line for line in found.warnings("en"))


def test_the_folder_keeps_the_class_and_says_that_it_cannot_run_it_again(
    found: cp.Comparison, tmp_path: Path
) -> None:
    folder = found.save(tmp_path / "found")
    about = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert about["settings"]["enterprise_class"]["source"].startswith("class Lazy(cp.Enterprise):")
    python = about["reproduce"]["python"]
    assert python.endswith("enterprise_class=Lazy)")
    assert "Treats nothing" in python
    assert about["reproduce"]["command"] == ""
    with pytest.raises(cp.InputError, match="Lazy, a class of one's own"):
        cp.again(folder)
    names: dict[str, Any] = {"cp": cp}
    exec(python.replace("cp.compare", "made = cp.compare"), names)
    np.testing.assert_array_equal(names["made"].ensemble.quarterly, found.ensemble.quarterly)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"enterprise_class": "Lazy"}, "give a subclass of Enterprise itself"),
        ({"enterprise_class": int}, "give a subclass of Enterprise itself"),
        ({"enterprise_class": cp.Enterprise}, "could not be told from the default"),
        ({"enterprise_class": Lazy, "engine": "compiled"}, "cannot run a subclass"),
        ({"enterprise_class": Lazy, "reference": "full-mix"}, "leave the reference out"),
    ],
)
def test_what_cannot_be_meant_is_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(cp.InputError, match=said):
        cp.compare("tax-only", PARK, seeds=2, quarters=2, **given)


def test_two_policies_at_once_are_refused() -> None:
    with pytest.raises(cp.InputError, match="2 are given"):
        cp.compare(["tax-only", "mandatory"], PARK, enterprise_class=Lazy)


SCRIPT = """
import cleanpark as cp

class Mine(cp.Enterprise):
    def hides_exceedance(self, policy, behaviour, medium):
        return False

found = cp.compare("tax-only", cp.park("mixed", enterprises=10), seeds=2, quarters=2,
                   enterprise_class=Mine, {where})
print(len(found.names))
"""


@pytest.mark.parametrize(("where", "fails"), [("workers=2", False), ("cluster='local:2'", True)])
def test_a_script_without_a_guard_runs_on_cores_and_is_told_of_it_on_a_cluster(
    tmp_path: Path, where: str, fails: bool
) -> None:
    script = tmp_path / "mine.py"
    script.write_text(SCRIPT.format(where=where), encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True)
    assert (done.returncode != 0) == fails, done.stderr
    assert ("__name__ == '__main__'" in done.stderr) if fails else done.stdout == "2\n"
