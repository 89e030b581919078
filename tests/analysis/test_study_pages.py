"""A study's page, figures and sentences: what they claim, and that both languages are whole."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from cleanpark.analysis.figures.panels import in_lines
from cleanpark.analysis.figures.rows import row_titles
from cleanpark.analysis.figures.studies import INTERACTIONS
from cleanpark.analysis.pages import tables as study_tables
from cleanpark.analysis.pages.kinds import draw_all, findings, kind_of
from cleanpark.analysis.pages.study import write_report
from cleanpark.analysis.sensitivity import sensitivity
from cleanpark.analysis.sensitivity.indices import ranking
from cleanpark.analysis.sensitivity.method import DUMMY
from cleanpark.analysis.studies.folder import StudyFolder, read_study
from cleanpark.analysis.studies.rows import told_rows
from cleanpark.analysis.studies.space import group_names
from cleanpark.analysis.studies.study import Study
from cleanpark.analysis.words import numbers
from cleanpark.analysis.words.convergence import warning_lines
from cleanpark.analysis.words.discovery import CHOICES
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.numbers import UNITS
from cleanpark.analysis.words.studies import KINDS as SCALES
from cleanpark.analysis.words.studies import listed, parameter_title
from cleanpark.scenarios.levers import behaviour_parameters, levers
from cleanpark.scenarios.value import CERTAINTIES
from tests.analysis import functions as f

PARAMETERS = [*levers().values(), *behaviour_parameters().values()]


def indices(entries, index="pawn"):
    """A table of one index of pollution equivalents over the horizon: (name, value, half width)."""
    return pd.DataFrame(
        [
            {"outcome": "pollution_equivalents", "quarter": "", "parameter": name, "index": index,
             "value": value, "low": value - half, "high": value + half, "converged": True}
            for name, value, half in entries
        ]
    )  # fmt: skip


def folder(table, tmp_path, kind="pawn"):
    """A study of three assumed parameters of the model with these indices."""
    parameters = [
        {"name": name, "group": "learning", "certainty": "assumed",
         "title": dict(behaviour_parameters()[name].title)}
        for name in ("moral_cost", "learn_own", "belief_decay")
    ]  # fmt: skip
    chance = pd.DataFrame([{"outcome": "pollution_equivalents", "chance": np.nan}])
    undefined = pd.DataFrame([{"outcome": "pollution_equivalents", "samples": 640,
                               "undefined": 1, "dropped": 10}])  # fmt: skip
    about = {"kind": kind, "outcomes": ["pollution_equivalents"], "parameters": parameters}
    tables = {"indices": table, "chance": chance, "undefined": undefined}
    return StudyFolder(tmp_path, about, tables)


def test_what_lies_below_the_dummy_is_never_praised(tmp_path):
    table = indices([("learn_own", 0.14, 0.04), ("moral_cost", 0.58, 0.05),
                     ("belief_decay", 0.16, 0.04), (DUMMY, 0.15, 0.05)])  # fmt: skip
    assert ranking(table)["stands_out"].to_list() == [True, False, False]
    told = "\n".join(findings(folder(table, tmp_path), "en"))
    assert "moral cost of a sure violation at full attitude (PAWN" in told
    assert "no other stands out from no influence" in told
    assert "belief" not in told
    assert "inspection" not in told
    assert "其余均无法与“无影响”区分" in "\n".join(findings(folder(table, tmp_path), "zh"))


def test_nothing_is_named_important_where_all_is_noise(tmp_path):
    table = indices([("learn_own", 0.1, 0.2), ("moral_cost", -0.3, 0.1)], "first")
    assert not ranking(table)["stands_out"].any()
    told = "\n".join(findings(folder(table, tmp_path, "fast"), "en"))
    assert "nothing stands out from no influence" in told
    assert "measured first" not in told


def test_others_that_stand_out_are_named_where_they_are_large(tmp_path):
    table = indices([("moral_cost", 0.8, 0.05), ("learn_own", 0.3, 0.05),
                     ("belief_decay", 0.01, 0.005)], "total")  # fmt: skip
    told = findings(folder(table, tmp_path, "sobol"), "en")
    assert told[0].endswith("then step towards certainty after one's own inspection.")
    assert told[1] == (
        "To be measured first, since they are assumed and matter: moral cost of a sure violation "
        "at full attitude and step towards certainty after one's own inspection."
    )


def test_a_single_undefined_sample_is_spoken_of_in_the_singular(tmp_path):
    table = indices([("moral_cost", 0.8, 0.05)], "total")
    assert "of 640 samples 1 is undefined" in findings(folder(table, tmp_path, "sobol"), "en")[-1]


def test_warnings_say_titles_and_agree_in_number():
    table = indices([("moral_cost", 0.8, 0.3), ("learn_own", 0.3, 0.01)], "total")
    table["converged"] = [False, True]
    assert warning_lines(table) == [
        "Pollution equivalents: 1 of 2 total-order indices (ST) has not converged (moral cost of "
        "a sure violation at full attitude); about 16 times as many samples are needed."
    ]
    chinese = warning_lines(table, "zh")[0]
    assert (
        "2 个参数的总指数（ST）中有 1 个尚未收敛（完全自觉企业违规的道德成本占季产值比例）"
        in chinese
    )
    table["converged"] = False
    assert "2 of 2 total-order indices (ST) have not converged" in warning_lines(table)[0]


def test_pairs_are_distinguished_from_noise(tmp_path):
    pairs = indices([("moral_cost × learn_own", 0.2, 0.05),
                     ("moral_cost × belief_decay", 0.02, 0.05),
                     ("learn_own × belief_decay", -0.2, 0.05)], "second")  # fmt: skip
    table = pd.concat([indices([("moral_cost", 0.8, 0.05)], "total"), pairs])
    told = "\n".join(findings(folder(table, tmp_path, "sobol"), "en"))
    assert "of 3 pairs, 1 has an interaction distinguishable from zero" in told
    noise = table[table["parameter"] != "moral_cost × learn_own"]
    study = folder(noise, tmp_path, "sobol")
    assert "no interaction of 2 pairs is distinguishable" in "\n".join(findings(study, "en"))
    assert not INTERACTIONS.applies(study)


@pytest.mark.parametrize("name", group_names())
def test_every_group_of_parameters_has_a_title(name):
    assert parameter_title(name, "en") != name
    assert re.search("[\u4e00-\u9fff]", parameter_title(name, "zh"))


def test_every_word_of_the_parameters_is_there_in_chinese():
    assert {one.unit for one in PARAMETERS} <= set(UNITS)
    assert {choice for one in PARAMETERS for choice in one.choices} <= set(CHOICES)
    assert {getattr(one, key) for one in PARAMETERS for key in ("scale", "distribution")} <= set(
        SCALES
    )
    assert {one.certainty for one in PARAMETERS} <= set(CERTAINTIES)
    chinese = Language("zh")
    assert all(chinese.gettext(one) != one for one in (*UNITS, *CHOICES, *SCALES, *CERTAINTIES))


def test_titles_are_listed_without_ambiguity():
    assert listed(["Incentives", "Information and training"], "en") == (
        "incentives, and information and training"
    )
    assert listed(["Treasury, net", "Fresh water"], "en") == "treasury, net; and fresh water"


def test_no_label_is_cut_off_or_breaks_off_a_single_character():
    for one in PARAMETERS:
        for language in ("en", "zh"):
            title = one.title[language]
            lines = in_lines(title, 34).split("\n")
            assert len(lines) <= 3
            assert "…" not in "".join(lines)
            if len(lines) > 1:
                assert min(map(len, lines)) > 2, lines


def test_three_outcomes_fill_the_figure_and_legends_explain_it(tmp_path):
    def three(p, seed):
        return {name: p["x1"] * k + p["x2"] for k, name in enumerate("abc")}

    found = sensitivity.sobol(three, f.ISHIGAMI, list("abc"), 64, 1, folder=tmp_path / "s")
    drawn = found.plot("en")
    assert all(len(figure.axes) >= 4 for figure in drawn.values())
    legend = drawn["sensitivity_bars"].axes[3].get_legend()
    assert "pale, hatched: not converged (interval too wide)" in [
        one.get_text() for one in legend.get_texts()
    ]
    swatches = legend.get_patches()
    assert not swatches[0].get_hatch()


def test_one_point_shows_no_convergence(tmp_path):
    found = sensitivity.sobol(f.ishigami, f.ISHIGAMI, ["y"], 8, 1, folder=tmp_path / "s")
    found.save()
    study = read_study(tmp_path / "s")
    assert "convergence" not in draw_all(study)
    former = tmp_path / "s" / "figures" / "convergence.en.png"
    former.parent.mkdir()
    former.write_bytes(b"of an earlier report")
    write_report(tmp_path / "s")
    assert not former.exists()
    page = (tmp_path / "s" / "report.md").read_text(encoding="utf-8")
    assert "too few samples to show how the indices converge" in page
    assert "Every sample is defined" in page
    assert "With one seed the share of chance cannot be told" in page
    assert "True" not in page


def own_study(tmp_path, rows, seeds=3):
    def model(p, seed):
        return {"fines": (0.0 if np.isnan(p.get("fine", 0)) else p["fine"]) + 0.1 * seed, "z": 1.0}

    study = Study(rows, model, ["fines", "z"], seeds=seeds)
    study.run(tmp_path / "own")
    told_rows(study)
    return read_study(tmp_path / "own")


def test_rows_are_told_with_titles_units_and_numbers(tmp_path):
    study = own_study(tmp_path, [{"fine": 10.0}, {"fine": 20.0}, {"fine": 50.0}])
    assert "base fine for exceeding a limit" in kind_of(study).question(study, "en")
    told = findings(study, "en")
    assert told[0].startswith("Fines: row 3 differs most from the first, by CNY +40, the same")
    assert "no interval is defined" in told[0]
    label = row_titles(study, [2], "en")[0].replace("\n", " ").replace("\xa0", " ")
    assert label == "Row 3: Base fine for exceeding a limit CNY 500,000"
    write_report(study.folder)
    page = (study.folder / "report.zh.md").read_text(encoding="utf-8")
    assert "| 3 | 50 万元 |" in page
    assert "超标基础罚款" in page


def test_one_row_and_one_seed_are_told_too(tmp_path):
    study = own_study(tmp_path, [{"fine": 10.0}])
    assert (
        kind_of(study).question(study, "en")
        == "What do fines and z come to in the one row of the design?"
    )
    assert findings(study, "en")[0] == "Fines: CNY 10 (95 % interval CNY 10 to CNY 10)."
    once = own_study(tmp_path / "once", [{"fine": 10.0}, {"fine": 20.0}], seeds=1)
    assert "cannot be told from chance" in findings(once, "en")[0]


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (17_517_661_401_906_759_680.0, "1.752×10¹⁹", "1.752×10¹⁹"),
        (194_369_645.2, "194.4 million", "1.944 亿"),
        (640.0, "640", "640"),
        (0.0, "0", "0"),
        (-0.123456, "-0.1235", "-0.1235"),
        (2.1e-12, "2.100×10⁻¹²", "2.100×10⁻¹²"),
        (123_456.0, "123,456", "12.35 万"),
    ],
)
def test_numbers_of_tables_are_short(value, english, chinese):
    assert numbers.four_digits(value, "en") == english
    assert numbers.four_digits(value, "zh") == chinese


def test_every_outcome_has_rows_in_a_long_table(tmp_path):
    entries = [(f"x{k}", 0.01 * k, 0.001) for k in range(60)]
    parts = [indices(entries, "mu_star").assign(outcome=name) for name in ("water", "energy")]
    study = folder(pd.concat(parts, ignore_index=True), tmp_path, "morris")
    study.about["outcomes"] = ["water", "energy"]
    table = study_tables.table_in_words(study, kind_of(study).tables[0], "en")
    assert {row[0] for row in table["rows"]} == {"Fresh water", "Energy"}
    assert table["rows"][0][1] == "x59"
    assert table["note"] == "40 of 120 rows; all of them in indices.csv."
    assert {row[-1] for row in table["rows"]} == {"yes"}
