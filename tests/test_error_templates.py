"""Every error and message of the sources, from its template: it has the fields it names, it is said
whole in another language, and no English word gets into it by a field."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from cleanpark.analysis.studies.inputs import scenario_content, scenario_from
from cleanpark.analysis.studies.space import space
from cleanpark.analysis.words.language import PSEUDO, Language
from cleanpark.scenarios.errors import InputError, Message
from cleanpark.scenarios.law.outlets import outlets_of
from cleanpark.scenarios.law.tax import environmental_tax
from cleanpark.scenarios.scenario import scenario
from cleanpark.scenarios.value import Value

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("scenarios", "agents", "model", "analysis", "cleanpark")
ERRORS = {"InputError", "ScenarioError", "ParkError", "CellError", "DesignError"}
MARKED = Language(PSEUDO)
DUMMY = 7


class Call(NamedTuple):
    """A message where the sources make it."""

    file: str
    line: int
    template: str
    given: dict[str, ast.expr]
    spread: bool


def sources() -> Iterator[Path]:
    """The files of all layers; the layers' links within ``cleanpark/`` lead to the same."""
    for layer in LAYERS:
        for path in sorted((ROOT / layer).rglob("*.py")):
            if path.resolve() == path:
                yield path


def calls() -> Iterator[Call]:
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if name in ERRORS | {"Message"} and isinstance(first, ast.Constant):
                given = {one.arg: one.value for one in node.keywords if one.arg}
                spread = any(one.arg is None for one in node.keywords)
                file = path.relative_to(ROOT).as_posix()
                yield Call(file, node.lineno, str(first.value), given, spread)


CALLS = list(calls())


def named(template: str) -> set[str]:
    """Names of the fields of a template."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def outside(text: str) -> str:
    """The text without what stands between marks, also where marks stand inside marks."""
    shorter = re.sub("⟦[^⟦⟧]*⟧", "", text)
    return shorter if shorter == text else outside(shorter)


def texts(value: ast.expr) -> Iterator[str]:
    """What an expression writes into a field itself."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.JoinedStr):
        for part in value.values:
            yield from texts(part)
    elif isinstance(value, ast.IfExp):
        yield from (*texts(value.body), *texts(value.orelse))
    elif isinstance(value, ast.BinOp):
        yield from (*texts(value.left), *texts(value.right))


def test_the_sources_hold_errors() -> None:
    assert len(CALLS) > 500


def test_every_message_is_given_the_fields_it_names_and_no_other() -> None:
    wrong = [
        f"{one.file}:{one.line}: {sorted(named(one.template) ^ set(one.given))}"
        for one in CALLS
        if one.given and not one.spread and named(one.template) != set(one.given)
    ]
    assert wrong == []


def test_every_message_is_said_whole_in_another_language() -> None:
    for one in CALLS:
        if any(map(str.isalpha, one.template)):
            given = named(one.template) if one.spread else one.given
            told = MARKED.say(Message(one.template, **dict.fromkeys(given, DUMMY)))
            assert outside(told) == "", one
            assert all(map(str.isprintable, told.replace("\n", ""))), one


def test_no_message_is_given_english_words_as_a_field() -> None:
    wrong = [
        f"{one.file}:{one.line}: {name} = {text!r}"
        for one in CALLS
        for name, value in one.given.items()
        for text in texts(value)
        if re.search("[A-Za-z]{2,}", text) and not re.search(r"\.\w+$", text)  # names of files
    ]
    assert wrong == []


def wrong_tax(path: Path) -> object:
    path.write_text("pollutant,amount\ncod,x\n", encoding="utf-8")
    return outlets_of(path)


def changed_scenario(path: Path) -> object:
    return scenario_from({**scenario_content(scenario("voluntary")), "sha256": "0"})


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (wrong_tax, ", line 2⟧, amount⟧"),
        (lambda path: environmental_tax({"cod": -1.0}, None, {"water": 1.4}), "⟦discharge of cod⟧"),
        (lambda path: environmental_tax({"cod": 1.0}, None, {"water": -1.0}), "⟦rate of water⟧"),
        (
            lambda path: environmental_tax({"cod": 1.0}, {"cod": -1.0}, {"water": 1.4}),
            "⟦limit_ratio of cod⟧",
        ),
        (changed_scenario, "⟦scenario⟧"),
        (lambda path: space({"fine": ()}), "⟦parameters, 'fine'⟧"),
        (
            lambda path: Value(
                value=3.0, unit="t", low=0.0, high=1.0, source="", certainty="assumed"
            ),
            "⟦0 to 1⟧",
        ),
    ],
    ids=["file", "amount", "rate", "ratio", "input", "space", "range"],
)
def test_words_that_errors_are_put_together_from_are_messages(
    cause: object, words: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        cause(tmp_path / "outlets.csv")  # type: ignore[operator]
    problem: BaseException = caught.value
    if not isinstance(problem, InputError):  # pydantic keeps the cause
        problem = problem.errors()[0]["ctx"]["error"]  # type: ignore[attr-defined]
    assert words in MARKED.say(problem)
