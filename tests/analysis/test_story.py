"""A story in words: money by name and amount, and who is on the site after a change of tenant."""

from __future__ import annotations

import dataclasses

import pytest

from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.story import ITEMS, story_lines
from cleanpark.model.trace import Quarter, trace
from cleanpark.scenarios.park import park

STORY = trace("mandatory", park("mixed", enterprises=8), "2", 3, 2)


def told(story: list[Quarter], language: str) -> list[str]:
    return [line.strip() for line in story_lines(story, language)]


@pytest.mark.parametrize(
    ("language", "pays", "receives"),
    [("en", "Pays: ", "Receives: "), ("zh", "支出：", "收入：")],
)
def test_every_payment_is_told_once_with_its_amount(
    language: str, pays: str, receives: str
) -> None:
    quarter = dataclasses.replace(
        STORY[0], payments={"sales": 1234.5, "energy": 60.25, "fines": 10.0, "subsidies": 3.0}
    )
    lines = told([quarter], language)
    spent = next(line for line in lines if line.startswith(pays))
    received = next(line for line in lines if line.startswith(receives))
    say = Language(language).say
    for line, name, amount in (
        (received, "sales", "1,234.50"), (received, "subsidies", "3.00"),
        (spent, "energy", "60.25"), (spent, "fines", "10.00"),
    ):  # fmt: skip
        assert f"{say(ITEMS[name])} {amount}" in line
    assert say(ITEMS["sales"]) not in spent


@pytest.mark.parametrize(
    ("language", "who", "leaves"),
    [("en", "Sector: ", "Leaves the park"), ("zh", "行业：", "退出园区")],
)
def test_who_takes_the_site_is_introduced_also_where_it_is_of_the_same_kind(
    language: str, who: str, leaves: str
) -> None:
    stays = told(STORY, language)
    assert sum(line.startswith(who) for line in stays) == 1
    gone = dataclasses.replace(STORY[0], decisions=[*STORY[0].decisions, ("leaves", True)])
    lines = told([gone, *STORY[1:]], language)
    assert any(leaves in line for line in lines)
    assert sum(line.startswith(who) for line in lines) == 2


def test_one_option_is_one_option() -> None:
    found = dataclasses.replace(STORY[0], state={**STORY[0].state, "found": 1, "recommended": []})
    assert "Audit: finds 1 option" in told([found], "en")
