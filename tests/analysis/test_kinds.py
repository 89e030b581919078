"""Every kind of study, by one test: declared, it is told whole, in each language, old or new."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cleanpark.analysis.figures.canvas import one_panel
from cleanpark.analysis.figures.drawing import StudyFigure
from cleanpark.analysis.pages import kinds
from cleanpark.analysis.pages.kinds import KINDS, Kind, all_kinds, draw_all, findings, kind_of
from cleanpark.analysis.pages.study import body, write_report
from cleanpark.analysis.pages.tables import Table, tables
from cleanpark.analysis.sensitivity.sensitivity import METHODS, run_sensitivity
from cleanpark.analysis.studies.files import remove_study
from cleanpark.analysis.studies.folder import read_study
from cleanpark.analysis.studies.space import Factor, Space
from cleanpark.analysis.studies.study import Study
from cleanpark.analysis.words.titles import outcome_title
from cleanpark.scenarios.errors import InputError

LANGUAGES = ("en", "zh")
OLD = Path(__file__).with_name("old_studies")
"""Studies as an earlier version left them, without reports and figures."""
KEPT = {"own": "rows", "discover": "discover", "attribute": "attribute", "optimize": "optimize"}
PLACES = Space(tuple(Factor(name) for name in "ab"))


def twice(parameters, seed):
    return {"y": 2.0 * parameters["a"] + parameters["b"] + 0.01 * seed}


def finished(kind: Kind, folder: Path):
    """A small finished study of a kind."""
    if kind.name in METHODS:
        run_sensitivity(kind.name, twice, PLACES, "y", samples=128, seeds=3, folder=folder,
                        second_order=kind.name == "sobol")  # fmt: skip
    else:
        shutil.copytree(OLD / KEPT[kind.name], folder)
    return read_study(folder)


def check_kind(kind: Kind, study) -> None:
    """What holds of every kind: nothing is missing, and nothing is said with a bare key."""
    kind.check(study)
    assert kind_of(study) is kind
    drawn = {}
    for language in LANGUAGES:
        told = [kind.titled(study, language), kind.question(study, language),
                kind.ran(study, language), *findings(study, language),
                *kind.before(study, language)]  # fmt: skip
        assert all(told)
        assert not re.search(r"[{}]|\bnan\b|None|_line|question_", " ".join(told))
        for figure in kind.figures:
            assert figure.titled(language) != figure.name
        drawn[language] = set(draw_all(study, language))
        for table in tables(study, kind.tables, language):
            assert all(table["columns"]), table["name"]
            assert len({len(row) for row in table["rows"]} | {len(table["columns"])}) == 1
    assert drawn["en"] == drawn["zh"] <= {figure.name for figure in kind.figures}
    assert kind.question(study, "en") != kind.question(study, "zh")
    page = body(study, {}, "en")
    assert page["title"] == kind.titled(study, "en")
    assert write_report(study.folder)


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_every_kind_is_told_whole(kind, tmp_path):
    check_kind(kind, finished(kind, tmp_path / "study"))


def numbers(text: str) -> list[str]:
    """The numbers of a sentence, in order of size of their text, whatever the words."""
    return sorted(re.findall(r"\d[\d,.]*\d|\d", text))


@pytest.mark.parametrize("name", ["discover", "reference", "attribute", "permutations", "optimize"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_studies_of_an_earlier_version_are_told_anew_with_the_same_numbers(name, language):
    study = read_study(OLD / name)
    assert not {"found", "base", "as_good"} & set(study.settings)
    told = findings(study, language)
    stored = study.settings["sentences"][language]
    assert [numbers(one) for one in told] == [numbers(one) for one in stored]


@pytest.mark.parametrize(("name", "runs"), [("discover", "results"), ("optimize", "fresh")])
def test_an_earlier_study_whose_runs_are_gone_is_told_as_it_was(name, runs, tmp_path):
    shutil.copytree(OLD / name, tmp_path / name)
    shutil.rmtree(tmp_path / name / runs)
    study = read_study(tmp_path / name)
    assert findings(study, "zh") == study.settings["sentences"]["zh"]
    del study.about["settings"]["sentences"]
    with pytest.raises(InputError, match="has no runs"):
        findings(study, "zh")


def test_titles_without_a_language_are_told_in_english():
    assert outcome_title("fines", "de") == outcome_title("fines", "en") == "Fines"
    assert Factor("a", title={"en": "A", "zh": "甲"}).titled("de") == "A"
    assert Factor("a").titled("de") == "a"


def test_a_new_study_stores_numbers_and_no_sentences(tmp_path):
    import cleanpark as cp

    park = cp.park("mixed", enterprises=6)
    found = [
        cp.discover("mandatory", "fines > p50", parameters="learn_own,moral_cost",
                    outcomes="fines", samples=32, seeds=1, park=park, quarters=3,
                    folder=tmp_path / "d"),
        cp.attribute("penalty-only", outcomes="fines", seeds=2, park=park, quarters=3,
                     folder=tmp_path / "a"),
        cp.optimize(levers="fine,inspection_rate", park=park, quarters=6, generations=1,
                    objectives="pollution_equivalents", population=4, seeds=1, fresh_seeds=2,
                    folder=tmp_path / "o"),
    ]  # fmt: skip
    for one in found:
        study = read_study(one.study.folder)
        assert "sentences" not in study.settings
        assert not any(" is " in str(value) for value in study.settings.values())
        for language in LANGUAGES:
            told = [*one.sentences(language), *one.warnings(language)]
            assert told == findings(study, language)
    assert found[0].failures == read_study(tmp_path / "d").settings["found"]["failures"]


def draw_shares(study, language):
    figure, axes = one_panel(language, (4.0, 3.0))
    axes.bar(range(len(study.table("shares"))), study.table("shares")["share"])
    return figure


SHARES = Kind(
    "shares",
    {"en": "Shares of the whole", "zh": "各部分占比"},
    (Table("shares", {"en": "Shares", "zh": "占比"},
           columns={"part": {"en": "Part", "zh": "部分"}}),),
    question=lambda study, language: {"en": "How large is each?", "zh": "各占多少？"}[language],
    findings=lambda study, language: [
        {"en": "The largest is {share:.0%}.", "zh": "最大者占 {share:.0%}。"}[language].format(
            share=study.table("shares")["share"].max()
        )
    ],
    figures=(StudyFigure("shares", draw_shares, title={"en": "Shares", "zh": "占比"}),),
    settings=("whole",),
    least_rows=2,
)  # fmt: skip


def study_of_shares(folder: Path):
    """A study of the kind declared above, from its runs to its table."""
    study = Study([{"x": 1.0}, {"x": 3.0}], lambda row, seed: {"y": row["x"]}, ["y"], kind="shares")
    study.run(folder)
    values = study.results.values("y").mean(axis=1)
    study.settings["whole"] = float(values.sum())
    study.write_tables({"shares": pd.DataFrame({"part": ["one", "two"],
                                                "share": values / np.sum(values)})})  # fmt: skip
    study.write_record()
    return read_study(folder)


def test_a_kind_declared_here_needs_no_other_file(tmp_path, monkeypatch):
    monkeypatch.setattr(kinds, "KINDS", (*KINDS, SHARES))
    study = study_of_shares(tmp_path / "s")
    check_kind(SHARES, study)
    page = (tmp_path / "s" / "report.html").read_text(encoding="utf-8")
    for text in ("Shares of the whole", "How large is each?", "The largest is 75%", "部分"):
        assert text in page
    assert (tmp_path / "s" / "figures" / "shares.zh.png").is_file()
    (tmp_path / "s" / "mine.csv").write_text("keep")
    remove_study(tmp_path / "s")
    assert [one.name for one in (tmp_path / "s").iterdir()] == ["mine.csv"]


def test_what_a_kind_lacks_is_said(tmp_path, monkeypatch):
    study = study_of_shares(tmp_path / "s")
    with pytest.raises(InputError, match="kind of study 'shares' is not known"):
        kind_of(study)
    with pytest.raises(InputError, match="no setting 'other'"):
        replace(SHARES, settings=("other",)).check(study)
    with pytest.raises(InputError, match=r"has no missing\.csv"):
        replace(SHARES, tables=(Table("missing", {"en": "M", "zh": "缺"}),)).check(study)
    with pytest.raises(InputError, match="has 2 rows, fewer than the 3"):
        replace(SHARES, least_rows=3).check(study)


def test_no_kind_is_told_apart_by_its_name_elsewhere():
    """Below the declarations nobody asks which kind a study is."""
    root = Path(__file__).resolve().parents[2] / "analysis"
    asked = re.compile(r"\.kind\s*(?:==|!=|in|not in)\s")
    for path in [*root.glob("words/*.py"), *root.glob("figures/*.py"), *root.glob("pages/*.py")]:
        lines = [one for one in path.read_text(encoding="utf-8").splitlines() if asked.search(one)]
        lines = [one for one in lines if "outcome(" not in one and "declared.kind" not in one]
        assert lines in ([], ["    if study.kind not in found:"]), path
