"""Names of scenarios that clash, labels, and what a comparison tells beside its numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.analysis.comparison.findings import FAMILY, HEADLINES, chance_count
from cleanpark.analysis.pages.comparison import headline_rows
from cleanpark.scenarios.errors import ScenarioError

PARK = cp.park("mixed", enterprises=20)
SMALL = {"park": PARK, "seeds": 3, "quarters": 8}


def test_a_mapping_gives_scenarios_their_labels() -> None:
    found = cp.compare({"mandatory": cp.scenario("full-mix"), "now": "voluntary"},
                       reference="now", **SMALL)  # fmt: skip
    plain = cp.compare(["full-mix"], **SMALL)
    assert found.names == ["mandatory", "now"]
    assert found.reference == "now"
    assert found.title("mandatory", "zh") == "mandatory"
    np.testing.assert_array_equal(found.totals[0], plain.totals[1])


def test_a_changed_scenario_never_becomes_its_own_reference() -> None:
    changed = cp.scenario("voluntary", fine=60).renamed("voluntary")
    with pytest.raises(ScenarioError, match="two scenarios are named 'voluntary' and differ"):
        cp.compare([changed, "mandatory"], **SMALL)
    with pytest.raises(ScenarioError, match="given twice"):
        cp.compare(["mandatory", "mandatory"], **SMALL)
    found = cp.compare([cp.scenario("voluntary", fine=60)], **SMALL)
    assert found.names == ["voluntary", "voluntary, fine=60"]


def test_a_policy_that_has_not_begun_is_told_and_makes_no_finding() -> None:
    found = cp.compare(["tax-only"], park=PARK, seeds=2, quarters=3)
    assert any("the same policy as voluntary up to 2026-Q3" in one for one in found.warnings())
    assert not any("rule of three" in one for one in found.warnings())
    assert any("政策始终与 voluntary 相同" in one for one in found.warnings("zh"))


def test_an_own_park_that_borrows_a_packaged_name_is_told(tmp_path: Path) -> None:
    table = tmp_path / "heavy.csv"
    table.write_text("id,sector,output (10000 CNY)\na,metals,9000\nb,chemicals,5000\n")
    policy = tmp_path / "p.toml"
    policy.write_text('name = "p"\nextends = "voluntary"\n[parks.heavy]\nfine = 90\n')
    own = cp.compare([policy], park=table, seeds=2, quarters=2)
    assert any("as it is named 'heavy'" in one for one in own.warnings())
    packaged = cp.compare([policy], park=cp.park("heavy", enterprises=9), seeds=2, quarters=2)
    assert not any("as it is named" in one for one in packaged.warnings())


def test_what_is_the_same_in_all_seeds_is_undefined_and_told() -> None:
    found = cp.compare(["subsidy-only"], **SMALL)
    row = found.row("subsidy-only", "exits")
    assert row["differing"] == 0
    assert np.isnan(row["low"])
    assert not row["distinguishable"]
    assert row["differ_at_most"] == pytest.approx(1 - 0.05 ** (1 / 3))


def test_chance_is_counted_and_holm_holds_over_the_headlines_of_all_policies() -> None:
    found = cp.compare(["tax-only", "mandatory", "full-mix"], park=PARK, seeds=5, quarters=12)
    table = found.table
    compared = table["scenario"] != "voluntary"
    inside = compared & table["outcome"].isin(FAMILY)
    assert (table.loc[inside, "p_holm"].notna() == table.loc[inside, "p"].notna()).all()
    assert table.loc[~inside, "p_holm"].isna().all()
    count = chance_count(table, "voluntary", HEADLINES)
    shown = table[compared & table["outcome"].isin(HEADLINES) & table["low"].notna()]
    assert count == {"tests": len(shown), "found": int(shown["distinguishable"].sum()),
                     "chance": pytest.approx(0.05 * len(shown))}  # fmt: skip
    told = " ".join(found.warnings())
    assert f"{int(table.loc[inside, 'distinguishable'].sum())} are distinguishable" in told


def test_a_finding_that_does_not_hold_among_all_is_marked() -> None:
    found = cp.compare(["tax-only", "mandatory", "full-mix"], park=PARK, seeds=5, quarters=12)
    for name, row in zip(found.names, headline_rows(found, "en"), strict=True):
        for key, cell in zip(HEADLINES, row["cells"], strict=True):
            one = found.row(name, key)
            doubtful = one["distinguishable"] and one["p_holm"] >= 0.05
            assert cell["change"].endswith("*") == bool(doubtful)
