"""`cleanpark tax` with files, statements and dates; `cleanpark law` and `parameters --date`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cleanpark as cp
from tests.cleanpark.terminal import refused, typed


@pytest.fixture
def outlets(tmp_path: Path) -> Path:
    """The template as the command writes it."""
    path = tmp_path / "outlets.csv"
    assert typed("tax", "--template", str(path)).exit_code == 0
    return path


def test_the_template_runs_and_its_statement_adds_up(outlets: Path, tmp_path: Path) -> None:
    statement = tmp_path / "statement.csv"
    words = ("tax", "--file", str(outlets), "--province", "jiangsu-nanjing")
    found = json.loads(typed(*words, "--json", "--statement", str(statement)).stdout)
    assert found["total"] == cp.environmental_tax(outlets, None, "jiangsu-nanjing").total
    assert found["by_quarter"] == {"2026-Q3": found["total"]}
    assert "Jiangsu" in found["law"]["en"]
    rows = statement.read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith("Outlet,Month,Pollutant")
    assert len(rows) == 1 + len(found["breakdown"]) + 4
    assert f"{found['total']:.2f}" in rows[len(found["breakdown"]) + 1]


def test_the_terminal_speaks_chinese_alone(outlets: Path) -> None:
    words = ("tax", "--file", str(outlets), "--province", "江苏省南京市", "--language", "zh")
    text = typed(*words).stdout
    for word in ("排放口", "烟尘", "申报期限 2026-10-15", "江苏省人大常委会公告第67号"):
        assert word in text
    assert not any(word in text for word in ("Total", "file by", "sewage", "Law:"))


def test_without_a_date_the_newest_law_is_used_and_named() -> None:
    text = typed("tax", "--discharge", "cod=100", "--province", "上海市").stdout
    assert "2026-08-15" in text
    assert "Shanghai" in text
    old = typed(
        "tax", "--discharge", "sulfur_dioxide=95", "--province", "上海", "--date", "2018-06"
    )
    assert "665.00" in old.stdout


def test_pollutants_and_provinces_are_listed_by_date() -> None:
    rows = json.loads(typed("tax", "--pollutants", "--json").stdout)
    assert sum(row["medium"] == "air" for row in rows) == 44
    assert sum(row["medium"] == "water" for row in rows) == 70
    assert "挥发酚" in typed("tax", "--pollutants", "--language", "zh").stdout
    first = json.loads(typed("tax", "--provinces", "--date", "2018-01", "--json").stdout)
    yunnan = next(row for row in first if row["name"] == "yunnan")
    assert (yunnan["air"], yunnan["water"]) == (1.2, 1.4)


def test_the_law_of_a_day_is_shown() -> None:
    before = typed("law", "fines", "--date", "2026-08-14").stdout
    since = typed("law", "fines").stdout
    assert "Order 736" in before
    assert "Article 1107" not in before
    assert "Article 1107" in since
    content = json.loads(typed("law", "--json", "--date", "2026-06").stdout)
    assert content["day"] == "2026-06-01"
    assert any(row["name"] == "audit_energy_quota" for row in content["figures"])
    assert "《中华人民共和国生态环境法典》第1221条" in typed("law", "--language", "zh").stdout


def test_parameters_show_the_law_of_a_date() -> None:
    old = typed("parameters", "--search", "falsification", "--date", "2026-Q2").stdout
    new = typed("parameters", "--search", "falsification").stdout
    assert "20 … 100" in old
    assert "10 … 100" in new


def test_a_scenario_outside_the_law_says_so(tmp_path: Path) -> None:
    file = tmp_path / "low.toml"
    file.write_text(
        'name = "low"\ntitle = { en = "l", zh = "l" }\nextends = "voluntary"\n[levers]\nfine = 5\n'
        '[sources]\nfine = "assumed"\n',
        encoding="utf-8",
    )
    text = typed("scenarios", "show", str(file)).stdout
    assert "fine = 5" in text
    assert "outside the statutory 10 to 100" in text
    assert "outside" not in typed("scenarios", "show", "voluntary").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--discharge", "二氧化留=3", "--province", "北京"), "sulfur_dioxide"),
        (
            ("--discharge", "cod=3", "--province", "北京", "--date", "2017-01-01"),
            "outside what is known",
        ),
        (
            ("--discharge", "cod=3", "--province", "北京", "--limit-ratio", "air=0.5"),
            "nothing of it",
        ),
        (("--file", "nowhere.csv", "--province", "北京"), "nowhere.csv"),
        (("--file", "a.csv", "--discharge", "cod=3", "--province", "北京"), "--file holds all"),
        (("--discharge", "苯=3", "--province", "北京"), "water_benzene"),
    ],
)
def test_a_tax_that_cannot_be_worked_out(words: tuple[str, ...], told: str) -> None:
    assert told in refused("tax", *words)


def test_errors_are_said_in_chinese() -> None:
    words = ("tax", "--discharge", "二氧化留=3", "--province", "北京", "--language", "zh")
    message = refused(*words)
    assert "未知污染物“二氧化留”；是否想写" in message


def test_nothing_is_overwritten_or_half_written(outlets: Path, tmp_path: Path) -> None:
    assert "stands already" in refused("tax", "--template", str(outlets))
    target = tmp_path / "none" / "statement.csv"
    words = ("tax", "--discharge", "cod=3", "--province", "北京", "--statement", str(target))
    assert "cannot be written" in refused(*words)
    assert not target.exists()
