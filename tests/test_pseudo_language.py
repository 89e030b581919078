"""In a language that puts every message between marks, what is left outside is data alone."""

from __future__ import annotations

import functools
import html
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from matplotlib.text import Text

from cleanpark.analysis.comparison.comparison import Comparison, compare
from cleanpark.analysis.comparison.targets import target
from cleanpark.analysis.figures.comparison import all_figures
from cleanpark.analysis.pages.beside import beside
from cleanpark.analysis.pages.comparison import comparison_page
from cleanpark.analysis.pages.kinds import draw_all
from cleanpark.analysis.pages.store import provenance
from cleanpark.analysis.pages.study import body as study_page
from cleanpark.analysis.studies.folder import read_study
from cleanpark.analysis.words.answer import answer_lines, answer_table
from cleanpark.analysis.words.comparison import key_findings
from cleanpark.analysis.words.language import PSEUDO, Language
from cleanpark.analysis.words.law import law_rows
from cleanpark.analysis.words.titles import inside
from cleanpark.cli import app
from cleanpark.model.outcomes import OUTCOMES
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.law.statutes import statutes
from cleanpark.scenarios.levers import behaviour_parameters, levers
from cleanpark.scenarios.scenario import scenario
from tests.cleanpark.terminal import typed

MARKED = Language(PSEUDO)
TESTS = Path(__file__).parent
OLD_STUDIES = sorted(one.parent for one in TESTS.glob("analysis/old_studies/*/study.json"))
DATA = TESTS.parent / "scenarios"


def outside(text: str) -> str:
    """The text without what stands between marks, also where marks stand inside marks."""
    shorter = re.sub("⟦[^⟦⟧]*⟧", " ", text)
    return shorter if shorter == text else outside(shorter)


def english(text: str, *data: str) -> list[str]:
    """Pairs of English words outside all marks that are no data."""
    left = outside(" ".join(text.split()))
    for one in sorted(data, key=len, reverse=True):
        left = left.replace(one, " ")
    return re.findall(r"[A-Za-z]{2,} [a-z]{2,}", left)


def commands(group: object = None, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    group = group or typer.main.get_command(app)
    inner = getattr(group, "commands", {}).items()
    return [path, *(one for name, command in inner for one in commands(command, (*path, name)))]


@pytest.mark.parametrize("path", commands(), ids=" ".join)
def test_help(path: tuple[str, ...]) -> None:
    result = typed("--language", PSEUDO, *path, "--help", env={"COLUMNS": "400"})
    assert result.exit_code == 0
    text = re.sub(r"[│╭╮╰╯─]", " ", result.stdout).replace("root " + " ".join(path), " ")
    assert english(text) == []
    for heading in ("Usage: ", "Options"):
        assert f"⟦{heading}⟧" in result.stdout


@pytest.mark.parametrize(
    "words",
    [
        "run --set fin=2",
        "run voluntry",
        "run --set audit_mode=sometimes",
        "compare --seeds many",
        "compare --sedes 3",
        "compare --engine fast",
        "scenarios shov",
        "tax --discharge cod=2 --province Jiangsoo",
        "compare --park nofile.csv",
        "report nowhere",
        "study sobol no-policy --samples 100",
    ],
)
def test_errors(words: str) -> None:
    result = typed("--language", PSEUDO, *words.split())
    assert result.exit_code == 2
    assert result.stderr.startswith("⟦Error: ⟦")
    assert english(result.stderr) == []


def test_an_error_within_an_error_keeps_its_marks() -> None:
    with pytest.raises(InputError) as caught:
        scenario("voluntary", fine="x")
    told = MARKED.say(caught.value)
    assert told.count("⟦") == told.count("⟧") > 2
    assert outside(told).strip() == ""


def test_the_account_of_an_own_park(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    typed("parks", "template", str(file))
    result = typed("--language", PSEUDO, "parks", "check", str(file))
    assert result.exit_code == 0
    units = re.findall(r"[A-Za-z_]+ (?:tce|kg|t|m3)\b", " ".join(result.stdout.split()))
    assert english(result.stdout, str(file), *units) == []
    assert "⟦refused: nothing⟧" in result.stdout


def test_a_story() -> None:
    words = ("run", "mandatory", "--quarters", "12", "--trace", "1")
    result = typed("--language", PSEUDO, *words, env={"COLUMNS": "400"})
    assert result.exit_code == 0
    assert english(result.stdout) == []


@pytest.fixture(scope="module")
def found() -> Comparison:
    return compare(["mandatory", "tax-only"], park="mixed", seeds=3, quarters=8)


def data_of(found: Comparison) -> list[str]:
    """Titles and names from data, which no message holds."""
    from cleanpark.scenarios.sectors import sectors

    titles = [one.title["en"] for one in (*found.ensemble.scenarios, *found.ensemble.parks)]
    titles += [one.description["en"] for one in found.ensemble.scenarios]
    titles += [one.title["en"] for one in found_outcomes()]
    titles += [one.title["en"] for one in sectors()]
    titles += [one.name for one in found.ensemble.scenarios]
    return [*titles, *(one[:1].lower() + one[1:] for one in titles)]


def test_the_answer(found: Comparison) -> None:
    lines = answer_lines(found, MARKED, [target("cod -20% by 2027")])
    header, rows = answer_table(found, MARKED)
    for text in (*lines, *header, *(cell for row in rows for cell in row)):
        assert english(text, *data_of(found)) == []


def test_the_report_of_a_comparison(found: Comparison, tmp_path: Path) -> None:
    record = provenance(found, "en")
    page = comparison_page(found, record, {}, MARKED, beside(found, MARKED))
    body = re.sub(r"<(style|script|pre|code).*?</\1>", " ", page, flags=re.S)
    body = re.search(r'<section lang="qps">(.*?)</section>', body, flags=re.S)[1]
    text = html.unescape(re.sub(r"<[^>]+>", " ", body)).replace("\u00a0", " ")
    data = [*data_of(found), *(one.source for one in found.ensemble.scenarios)]
    data += ["Python", record["platform"]["system"]]
    law = law_rows(found.ensemble.quarters, "en")  # titles of the law and its texts are data
    data += [cell for row in law for cell in (row[2], row[5])]
    assert english(text, *data) == []


@pytest.mark.parametrize("number", range(5))
def test_figures_of_a_comparison(found: Comparison, number: int) -> None:
    figures = all_figures()
    if number >= len(figures):
        pytest.skip("there are fewer figures")
    figure = figures[number].draw(found, MARKED)
    data = data_of(found)
    for text in figure.findobj(Text):
        assert english(text.get_text(), *data) == []


def strings(page: object) -> Iterator[str]:
    """Every text of a page but what is typed, and names of files."""
    if isinstance(page, str):
        yield page
    elif isinstance(page, dict):
        for key, one in page.items():
            if key not in ("reproduce", "version"):
                yield from strings(one)
    elif isinstance(page, list):
        for one in page:
            yield from strings(one)


def statutory_texts() -> list[str]:
    """Titles and notes of the law's data, with the texts they rest on."""
    known = statutes()
    found = [one.title["en"] for one in known.texts.values()]
    found += [known.source(period) for _, _, one in known.figures() for period in one.period]
    found += [one.title["en"] for _, _, one in known.figures()]
    notes = [period.note["en"] for _, _, one in known.figures() for period in one.period
             if period.note]  # fmt: skip
    return [*found, *notes]


@pytest.mark.parametrize("folder", OLD_STUDIES, ids=lambda folder: folder.name)
def test_page_and_figures_of_every_kind_of_study(folder: Path) -> None:
    study = read_study(folder)
    titles = [one.title["en"] for one in (*levers().values(), *behaviour_parameters().values())]
    titles += [one["title"]["en"] for one in (*study.about["scenarios"], study.about["park"])]
    titles += [one.title["en"] for one in OUTCOMES]
    data = [*titles, *(inside(one, "en") for one in titles), *statutory_texts()]
    told = list(strings(study_page(study, {}, MARKED)))
    for figure in draw_all(study, MARKED).values():
        told += [one.get_text() for one in figure.findobj(Text)]
    assert sum("⟦" in one for one in told) > 20
    for text in told:
        assert english(text, *data) == [], text


@pytest.mark.parametrize(
    "words",
    [
        "tax --discharge sulfur_dioxide=100 --province jiangsu-other",
        "tax --pollutants",
        "tax --provinces",
        "law --date 2026-09-01",
        "parameters",
        "scenarios list",
        "scenarios show voluntary",
        "parks list",
        "parks show mixed",
        "parks columns",
    ],
)
def test_statement_law_and_lists(words: str) -> None:
    result = typed("--language", PSEUDO, *words.split(), env={"COLUMNS": "400"})
    assert result.exit_code == 0, result.stderr
    assert "⟦" in result.stdout
    for line in result.stdout.splitlines():
        assert english(line, *known_titles()) == [], line


@functools.cache
def known_titles() -> list[str]:
    """Every text of the packaged data, which has its own languages."""
    found = [
        one
        for path in DATA.rglob("*.toml")
        for one in texts(tomllib.loads(path.read_text("utf-8")))
    ]
    found += [one.title["en"] for one in OUTCOMES]
    return sorted({" ".join(one.split()) for one in found}, key=len, reverse=True)


def texts(data: object) -> Iterator[str]:
    """Every text of a TOML document."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for one in data.values():
            yield from texts(one)
    elif isinstance(data, list):
        for one in data:
            yield from texts(one)


def test_the_sentences_of_a_comparison(found: Comparison) -> None:
    titles = [one.title["en"] for one in found.ensemble.scenarios]
    outcomes = [one.title["en"] for one in found_outcomes()]
    small = [one[:1].lower() + one[1:] for one in outcomes]
    for sentence in key_findings(found, MARKED):
        assert english(sentence, *titles, *outcomes, *small) == []


def found_outcomes() -> list[object]:
    from cleanpark.model.outcomes import OUTCOMES

    return list(OUTCOMES)
