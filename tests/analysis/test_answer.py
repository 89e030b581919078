"""The answer: what falls, who pays, how surely; and the tables of money behind it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cleanpark as cp
from cleanpark.analysis.comparison.ledger import LINES
from cleanpark.analysis.comparison.targets import target
from cleanpark.analysis.words.accounts import (
    groups_table,
    losers_table,
    money_table,
    parks_table,
    parts_table,
)
from cleanpark.analysis.words.answer import (
    ROWS,
    answer_lines,
    answer_table,
    best_first,
    cell,
)
from cleanpark.analysis.words.changes import change_beside
from cleanpark.analysis.words.numbers import unit
from cleanpark.analysis.words.titles import inside


@pytest.fixture(scope="module")
def found() -> cp.Comparison:
    park = cp.park("mixed", enterprises=40)
    return cp.compare(["tax-only", "full-mix"], park, seeds=5, quarters=12)


@pytest.fixture(scope="module")
def many() -> cp.Comparison:
    return cp.compare(None, cp.park("mixed", enterprises=15), seeds=2, quarters=4)


def test_each_policy_has_a_sentence_with_its_size_interval_and_payers(
    found: cp.Comparison,
) -> None:
    lines = answer_lines(found, "en")
    assert len(lines) == 2
    for line in lines:
        assert "savings of energy and water included" in line
        assert "over the years 2026 to 2028" in line
        assert "95 % interval" in line
        assert "treasury" in line
        assert "quarters" not in line
    first = best_first(found, ["tax-only", "full-mix"])[0]
    assert lines[0].startswith(f"“{cp.scenario(first).title['en']}”")
    assert all("95% 区间" in line and "财政" in line for line in answer_lines(found, "zh"))


def test_a_direction_is_said_only_where_it_is_distinguishable(found: cp.Comparison) -> None:
    for name, line in zip(best_first(found, ["tax-only", "full-mix"]), answer_lines(found, "en"),
                          strict=True):  # fmt: skip
        row = found.row(name, "pollution_equivalents")
        assert ("lowers" in line or "raises" in line) == bool(row["distinguishable"])
        assert ("cannot be distinguished" in line) != bool(row["distinguishable"])


def test_of_many_policies_the_best_are_told_and_the_others_counted(many: cp.Comparison) -> None:
    lines = answer_lines(many, "en")
    assert lines[0].startswith("Of 12 policies (")
    counts = [int(one) for one in re.findall(r"\d+", lines[0])]
    assert counts[0] == sum(counts[1:4]) == 12
    assert len(lines) == 4


def test_the_table_has_seven_rows_and_keeps_estimates_that_may_be_chance(
    found: cp.Comparison,
) -> None:
    header, rows = answer_table(found, "en")
    assert len(rows) == len(ROWS) == 7
    assert len(header) == 3
    for key, row in zip(ROWS, rows, strict=True):
        for name, text in zip(best_first(found, ["tax-only", "full-mix"]), row[1:], strict=True):
            told = found.row(name, key)
            assert text == cell(told, "en")
            assert ("not distinguishable" in text) != bool(told["distinguishable"])
            assert re.search(r"\d", text)


def test_a_target_moves_to_the_first_place(found: cp.Comparison) -> None:
    wanted = target("cod -5% by 2028")
    lines = answer_lines(found, "en", [wanted])
    assert all(line.startswith("Target “chemical oxygen demand 5 %") for line in lines[:3])
    assert "chemical oxygen demand" in lines[3]
    assert sum(line.startswith("Target “chemical oxygen demand 5 % lower in 2028") for line in
               lines) == 3  # fmt: skip
    told = found.summary("zh", "cod -5% by 2028")
    assert "目标“2028 年化学需氧量比 2026 年低 5%”" in told


def test_one_policy_alone_asks_for_another() -> None:
    alone = cp.compare(["voluntary"], cp.park("mixed", enterprises=10), seeds=2, quarters=4)
    assert "another" in answer_lines(alone, "en")[0]


def test_money_stands_side_by_side(found: cp.Comparison) -> None:
    header, rows = money_table(found, "en")
    assert len(rows) == len(LINES)
    assert [row[0].partition(":")[0] for row in rows] == [
        "Enterprises", "Enterprises", "Enterprises", "Treasury", "Treasury",
        "Society", "Society", "Society",
    ]  # fmt: skip
    assert all("per enterprise and year" in one for row in rows for one in row[1:])
    assert len(header) == 3


def test_groups_and_parks_are_told(found: cp.Comparison) -> None:
    _, rows = groups_table(found, "zh")
    assert {"小型企业", "合规意愿低"} <= {row[0] for row in rows}
    assert parks_table(found, "en") is None
    parks = [cp.park("mixed", enterprises=10), cp.park("heavy", enterprises=10)]
    two = cp.compare(["tax-only"], parks, seeds=2, quarters=4)
    table = parks_table(two, "en")
    assert table is not None
    assert [row[0] for row in table[1]] == [one.title["en"] for one in parks]


def test_a_park_from_a_file_names_who_loses(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    rows = [f"works-{n},chemicals,{3000 + 500 * n}" for n in range(14)]
    file.write_text("\n".join(["id,sector,output (10k CNY)", *rows]), encoding="utf-8")
    mine = cp.park(file)
    found = cp.compare(["tax-only"], mine, seeds=2, quarters=8)
    found.save(tmp_path / "out")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Who loses, who gains" in page
    assert "谁受损、谁受益" in page
    from cleanpark.analysis.comparison.affected import affected_enterprises

    table = affected_enterprises(found, "tax-only", 2)
    header, told = losers_table(table, [mine], "en")
    assert len(told) == 10
    assert told[0][0] == table["id"].iloc[0]
    assert told[0][0] in page
    assert len(header) == len(told[0])


def test_an_outcome_that_is_always_the_same_is_not_taken_for_a_single_run() -> None:
    twin = cp.scenario("voluntary").renamed("twin")
    found = cp.compare([twin], cp.park("mixed", enterprises=10), seeds=2, quarters=2)
    assert "is the same as under" in found.summary("en")
    assert "在各次模拟中均与" in found.summary("zh")
    assert "one run" not in found.summary("en")


def test_of_few_enterprises_none_is_named_both_among_losers_and_gainers(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    rows = [f"works-{n},chemicals,{3000 + 500 * n}" for n in range(7)]
    file.write_text("\n".join(["id,sector,output (10k CNY)", *rows]), encoding="utf-8")
    mine = cp.park(file)
    found = cp.compare(["tax-only"], mine, seeds=2, quarters=4)
    from cleanpark.analysis.comparison.affected import affected_enterprises

    header, told = losers_table(affected_enterprises(found, "tax-only", 2), [mine], "en")
    assert sorted(row[0] for row in told) == [f"works-{n}" for n in range(7)]
    assert "Profit" in header


def test_one_run_is_told_in_the_singular() -> None:
    found = cp.compare(["tax-only"], cp.park("mixed", enterprises=10), seeds=1, quarters=4)
    text = found.summary("en", "cod <= 900 t by 2026")
    assert "of 1 run" in text
    assert "of 1 runs" not in text


@pytest.mark.parametrize(("language", "named"), [("zh", r"(亿|万)?元"), ("en", r"billion|million")])
def test_a_column_of_money_has_one_unit(found: cp.Comparison, language: str, named: str) -> None:
    _, rows = parts_table(found, "full-mix", "sector", language)
    ledger_header, ledger = money_table(found, language)
    columns = [[row[place] for row in rows] for place in (2, 4)]
    columns += [[row[place].split("；")[0].split(";")[0] for row in ledger]
                for place in range(1, len(ledger_header))]  # fmt: skip
    for column in columns:
        units = {re.search(named, text).group() for text in column if re.search(named, text)}  # type: ignore[union-attr]
        assert len(units) <= 1, column


def test_a_number_keeps_its_zeros_beside_its_interval() -> None:
    told, bounds = change_beside(1e8, 0.735e8, 1.27e8, "CNY", "zh")
    assert (told, bounds) == ("+1.00 亿元", "+0.735～+1.27 亿元")
    assert change_beside(2e4, -1.5e4, 5.5e4, "CNY", "zh") == ("+2.0 万元", "-1.5～+5.5 万元")


def test_english_units_and_names_read_as_english() -> None:
    assert unit("m3", "en") == "m³"
    assert unit("CNY/m3", "en") == "CNY/m³"
    assert unit("m3", "zh") == "立方米"
    assert inside("Number of exits", "en") == "the number of exits"
