"""Every method of sensitivity analysis, by one test: declared, it is whole, and told whole."""

from __future__ import annotations

import dataclasses
import inspect
import re
from pathlib import Path
from typing import get_type_hints

import numpy as np
import pandas as pd
import pytest

import cleanpark as cp
from cleanpark.analysis.figures.studies import OF_METHODS
from cleanpark.analysis.pages.kinds import all_kinds, draw_all
from cleanpark.analysis.pages.study import write_report
from cleanpark.analysis.sensitivity import methods
from cleanpark.analysis.sensitivity.intervals import bounds, given_data
from cleanpark.analysis.sensitivity.method import DUMMY, Index, Method
from cleanpark.analysis.sensitivity.methods import METHODS, method_named
from cleanpark.analysis.sensitivity.sampling import unit_design
from cleanpark.analysis.sensitivity.sensitivity import run_sensitivity
from cleanpark.analysis.studies.folder import read_study
from cleanpark.analysis.studies.space import Factor, Space
from cleanpark.analysis.words.study_findings import sensitivity_findings
from cleanpark.analysis.words.titles import in_language
from cleanpark.scenarios.errors import InputError

LANGUAGES = ("en", "zh")
SPACE = Space(tuple(Factor(name) for name in ("strong", "weak", "idle")))
TABLES = {"indices", "convergence", "chance", "undefined"}


def of_three(parameters, seed):
    """One strong, one weak and one idle input, and chance common to all rows of a seed."""
    return {"y": 4.0 * parameters["strong"] + parameters["weak"] + 0.1 * seed}


def check_declaration(method: Method) -> None:
    """Names, titles and figures that a declaration refers to are there, in both languages."""
    assert re.fullmatch("[a-z_]+", method.name)
    assert set(method.bars) <= {one.name for one in method.indices}
    for told in (method.title, *(text for one in method.indices for text in (one.title, one.many))):
        assert in_language(told, "en")
        assert re.search("[\u4e00-\u9fff]", in_language(told, "zh"))
    assert method.help.strip()
    assert set(method.figures) <= set(OF_METHODS)


def check_design(method: Method, samples: int) -> None:
    """Rows lie in the unit cube, are as many as announced, and grow at their end."""
    small = unit_design(method, 3, samples // 2, 4)
    large = unit_design(method, 3, samples, 4)
    assert large.shape == (method.rows(3, samples), 3)
    assert ((large >= 0.0) & (large <= 1.0)).all()
    assert np.array_equal(large[: len(small)], small)
    assert not np.array_equal(unit_design(method, 3, samples, 5), large)
    for asked, able in (({"groups": ["a", "a", "b"]}, method.groups),
                        ({"second_order": True}, method.pairs)):  # fmt: skip
        if able:
            assert len(unit_design(method, 3, samples, **asked))
        else:
            with pytest.raises(InputError, match=method.name):
                unit_design(method, 3, samples, **asked)


def check_estimates(found) -> None:
    """Parameters are ranked as they matter, inside their intervals; tables are whole."""
    main = found.indices[found.indices["index"] == method_named(found.method).main.name]
    main = main[main["parameter"] != DUMMY].set_index("parameter")
    assert main["value"].idxmax() == "strong"
    assert main.loc["strong", "low"] <= main.loc["strong", "value"] <= main.loc["strong", "high"]
    assert found.ranking()["parameter"].iloc[0] == "strong"
    assert found.ranking()["index"].unique().tolist() == [method_named(found.method).main.name]
    assert set(found.tables) == TABLES
    assert set(found.convergence["outcome"]) == {"y"}


def check_few(method: Method) -> None:
    """Below the least number of samples nothing is said rather than something certain."""
    few = run_sensitivity(method, of_three, SPACE, "y", samples=4, seeds=2)
    assert few.indices["value"].isna().all()
    assert "undefined" in few.warnings()[0]
    assert "无定义" in few.warnings("zh")[0]


def check_report(method: Method, folder: Path) -> None:
    """The report names method and parameters in both languages, and shows its figures."""
    study = read_study(folder)
    assert {language: len(sensitivity_findings(study, language)) > 0 for language in LANGUAGES}
    drawn = {language: set(draw_all(study, language)) for language in LANGUAGES}
    assert drawn["en"] == drawn["zh"] >= {"sensitivity_bars"}
    write_report(folder)
    page = (folder / "report.html").read_text(encoding="utf-8")
    for language in LANGUAGES:
        assert in_language(method.title, language) in page
        assert in_language(method.main.title, language) in page
    assert not re.search(r"\{\w+\}", re.sub(r"<style.*?</style>", "", page, flags=re.S))
    for name in drawn["en"]:
        assert (folder / "figures" / f"{name}.zh.png").is_file()


def check_method(method: Method, folder: Path) -> None:
    """What holds of every method."""
    samples = 2 * max(64, method.least)
    check_declaration(method)
    check_design(method, samples)
    found = run_sensitivity(method, of_three, SPACE, "y", samples=samples, seeds=3, folder=folder)
    check_estimates(found)
    check_few(method)
    check_report(method, folder)
    assert [kind.name for kind in all_kinds()].count(method.name) == 1


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_every_method_is_whole(method, tmp_path):
    check_method(method, tmp_path / "study")


def rank_correlations(unit, y, names, resamples, seed):
    """Squared rank correlation of each input with the outcome (Spearman)."""
    random = np.random.default_rng(seed)
    draws = [np.arange(len(y)), *(random.integers(0, len(y), len(y)) for _ in range(resamples))]
    columns = [f"x{k}" for k in range(len(names))]
    frames = [pd.DataFrame(unit[rows], columns=columns).assign(y=y[rows]) for rows in draws]
    found = np.array([one.corr("spearman")["y"].drop("y").to_numpy() ** 2 for one in frames])
    return [(name, "rho", *bounds(found[:, k])) for k, name in enumerate(names)]


SPEARMAN = Method(
    "spearman",
    {"en": "Rank correlation (Spearman)", "zh": "秩相关分析（Spearman）"},
    "Squared rank correlations; any number of samples.",
    given_data(rank_correlations),
    (
        Index(
            "rho",
            {"en": "squared rank correlation (ρ²)", "zh": "秩相关系数平方（ρ²）"},
            {"en": "squared rank correlations (ρ²)", "zh": "秩相关系数平方（ρ²）"},
        ),
    ),
    ("rho",),
)


def test_a_method_declared_here_needs_no_other_file(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(methods, "METHODS", (*METHODS, SPEARMAN))
    check_method(SPEARMAN, tmp_path / "study")
    found = cp.sensitivity.spearman(of_three, SPACE, "y", samples=64, seeds=1)
    assert found.ranking()["parameter"].tolist()[:2] == ["strong", "weak"]
    assert "spearman" in cp.sensitivity.METHODS


def test_the_command_line_names_every_method_that_is_declared(monkeypatch, capsys):
    from cleanpark.cli import main

    monkeypatch.setattr(methods, "METHODS", (*METHODS, SPEARMAN))
    monkeypatch.setattr("sys.argv", ["cleanpark", "study", "--help"])
    with pytest.raises(SystemExit):
        main()
    told = re.sub(r"\s", "", capsys.readouterr().out)
    assert all(one.name in told for one in (*METHODS, SPEARMAN))


def test_an_unknown_method_is_refused_with_the_nearest_and_all_others():
    with pytest.raises(InputError, match=r"did you mean 'sobol'\? \(there are"):
        run_sensitivity("sobel", of_three, SPACE, "y")


@pytest.mark.parametrize("name", [one.name for one in METHODS])
def test_calls_say_what_they_take(name):
    call = getattr(cp.sensitivity, name)
    taken = inspect.signature(call).parameters
    whole = inspect.signature(run_sensitivity).parameters
    assert list(taken) == list(whole)[1:]
    assert {one.kind for one in taken.values()} <= {
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        inspect.Parameter.KEYWORD_ONLY,
    }
    assert taken["samples"].default == 256
    assert set(call.__annotations__) == {*taken, "return"}
    assert call.__name__ == name
    assert method_named(name).help in call.__doc__


def test_declarations_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        METHODS[0].least = 1  # type: ignore[misc]
    assert get_type_hints(Index)["in_unit"] is bool
