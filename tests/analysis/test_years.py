"""A comparison by year, park and sector: sums agree with the whole."""

from __future__ import annotations

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.analysis.comparison import years
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.sectors import sectors


@pytest.fixture(scope="module")
def found() -> cp.Comparison:
    parks = [cp.park("mixed", enterprises=20), cp.park("heavy", enterprises=30)]
    return cp.compare(["tax-only", "full-mix"], parks, seeds=3, quarters=10)


def test_totals_of_years_parks_and_sectors_add_up_to_the_whole(found: cp.Comparison) -> None:
    whole = found.totals[:, :, _place("cod")]
    by_park = [years.of_park(found, name).row("tax-only", "cod")["mean"] for name in
               ("mixed", "heavy")]  # fmt: skip
    assert sum(by_park) == pytest.approx(whole[found.names.index("tax-only")].mean())
    by_sector = [years.of_sector(found, one.name).row("tax-only", "cod")["mean"]
                 for one in sectors()]  # fmt: skip
    assert sum(by_sector) == pytest.approx(sum(by_park))
    last = found.ensemble.quarterly[1, :, 8:, :, _place("cod")].sum()
    yearly = years.by_year(found, 1, "cod").sum()
    assert yearly + last == pytest.approx(whole[1].sum())


def test_a_year_of_its_own_is_a_comparison(found: cp.Comparison) -> None:
    row = years.of_year(found, 2027).row("full-mix", "compliance_true")
    level = found.series(found.names.index("full-mix"), "compliance_true")[:, 4:8]
    assert row["mean"] == pytest.approx(level.mean())
    table = years.yearly_table(found, "cod")
    same = years.of_year(found, 2026).row("tax-only", "cod")
    first = table[(table["scenario"] == "tax-only") & (table["year"] == 2026)].iloc[0]
    for column in ("mean", "difference", "low", "high"):
        assert first[column] == pytest.approx(same[column], nan_ok=True)  # equal pairs: no bounds


def test_what_is_not_there_is_refused_with_what_is(found: cp.Comparison) -> None:
    with pytest.raises(InputError, match="2026 to 2027"):
        years.of_year(found, 2028)
    with pytest.raises(InputError, match="mixed"):
        years.of_park(found, "mixd")
    with pytest.raises(InputError, match="textile_dyeing"):
        years.of_sector(found, "textile")
    with pytest.raises(InputError, match="2025"):
        years.quarters_until(2025)


def test_a_difference_is_told_from_the_year_on_in_which_it_stays_clear() -> None:
    found = cp.compare(
        [cp.scenario("voluntary", air_tax_rate={"2027-Q1": 12.0})],
        cp.park("mixed", enterprises=60),
        seeds=8,
        quarters=12,
    )
    name = next(one for one in found.names if one != "voluntary")
    table = years.yearly_table(found, "taxes")
    rows = table[table["scenario"] == name]
    assert rows["difference"].iloc[0] == 0.0
    assert years.told_from(found, name, "taxes") == 2027
    assert years.told_from(found, "voluntary", "taxes") is None


@pytest.mark.parametrize("kind", ["total", "level"])
def test_quarters_become_whole_years_alone(kind: str) -> None:
    values = np.array([[1.0, 2.0, 3.0, 4.0, np.nan, 6.0, 6.0, 6.0, 9.0]])
    wanted = {"total": [10.0, np.nan], "level": [2.5, 6.0]}[kind]
    assert np.array_equal(years.yearly(values, kind)[0], wanted, equal_nan=True)


def _place(name: str) -> int:
    return [one.name for one in cp.OUTCOMES].index(name)
