"""Results under a folder: found by keys that are no paths, read back as they were saved."""

import os
import time

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.analysis.pages.loading import SavedComparison, load
from cleanpark.page import jobs as studies
from cleanpark.page.jobs import CANCELLED, DONE, FAILED, RUNNING, WAITING, Jobs, Request
from cleanpark.page.library import Library, report_of, restored
from cleanpark.page.study_view import convergence_option, indices_option
from cleanpark.page.texts import say_message
from cleanpark.scenarios.errors import InputError


@pytest.fixture(scope="module")
def compared():
    return cp.compare(["mandatory", "full-mix"], cp.park("mixed", 6), seeds=2, quarters=8,
                      reference="voluntary")  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory, compared):
    root = tmp_path_factory.mktemp("root")
    compared.save(root / "inside" / "compared")
    cp.sensitivity.morris(
        "mandatory", "learn_own,moral_cost", "pollution_equivalents", samples=8, seeds=2,
        park=cp.park("mixed", 6), quarters=6, folder=root / "screened",
    )  # fmt: skip
    return root


def test_what_is_there_is_listed_by_kind_and_found_by_its_key(root):
    shelf = Library(root)
    entries = {one.name: one for one in shelf.entries()}
    assert {name: one.kind for name, one in entries.items()} == {
        "inside/compared": "comparison", "screened": "morris",
    }  # fmt: skip
    for one in entries.values():
        assert shelf.find(one.key) == one
        assert "/" not in one.key


@pytest.mark.parametrize("key", ["", "..", "../..", "/etc", "screened", "inside/compared"])
def test_a_text_that_is_no_key_finds_nothing(root, key):
    with pytest.raises(InputError, match="no such result"):
        Library(root).find(key)


def test_links_out_of_the_root_and_hidden_folders_are_not_followed(tmp_path, root):
    inside = tmp_path / "root"
    inside.mkdir()
    os.symlink(root / "screened", inside / "link")
    (inside / ".hidden").mkdir()
    (inside / ".hidden" / "run.json").write_text("{}", encoding="utf-8")
    assert Library(inside).entries() == []


def test_a_root_that_is_no_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="no folder"):
        Library(tmp_path / "none")


def test_a_comparison_read_back_gives_the_same_table_the_reference_first(root, compared):
    saved = load(root / "inside" / "compared")
    assert isinstance(saved, SavedComparison)
    found = restored(saved)
    assert found.names[0] == found.reference == "voluntary"
    for name in found.names:
        for outcome in ("pollution_equivalents", "compliance_true", "treasury_net"):
            mine, theirs = found.row(name, outcome), compared.row(name, outcome)
            for key in ("mean", "difference", "low", "high", "percent"):
                assert mine[key] == theirs[key] or np.isnan([mine[key], theirs[key]]).all()
        assert found.title(name, "zh") == compared.title(name, "zh")
    place = compared.names.index("full-mix")
    mine = found.ensemble.quarterly[found.names.index("full-mix")]
    np.testing.assert_array_equal(mine, compared.ensemble.quarterly[place])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_studys_report_and_charts_are_made_without_writing(root, language):
    before = sorted(root.rglob("*"))
    report = report_of(load(root / "screened"), language)
    assert report.body["findings"]
    bars = indices_option(report.tables["indices"], "pollution_equivalents", language)
    assert len(bars["yAxis"]["data"]) == 2
    grown = convergence_option(report.tables["convergence"], "pollution_equivalents", language)
    assert len(grown["series"]) == 2
    assert sorted(root.rglob("*")) == before


def ended(job):
    end = time.monotonic() + 300
    while job.state in (WAITING, RUNNING) and time.monotonic() < end:
        time.sleep(0.02)
    return job.state


SMALL = Request(enterprises=5, quarters=4, size=8, seeds=2)


@pytest.fixture(autouse=True)
def few_assumptions(monkeypatch):
    """Screenings of two assumptions, so that they are quick."""
    monkeypatch.setattr(studies, "ASSUMPTIONS", "learn_own,moral_cost")


def test_a_study_runs_into_the_root_and_is_listed(tmp_path):
    jobs = Jobs(tmp_path)
    job = jobs.start(SMALL)
    assert ended(job) == DONE, job.problem
    assert job.done == job.total > 0
    (entry,) = Library(tmp_path).entries()
    assert entry.name == job.name
    assert entry.kind == "morris"


def test_a_cancelled_study_keeps_what_was_run_and_goes_on_under_another_server(
    tmp_path, monkeypatch
):
    jobs, makers = Jobs(tmp_path), studies.MAKERS
    begun = []

    def screen(request, folder, follow):
        def follow_and_stop(clock):
            begun.append(clock.done)
            if len(begun) == 2:
                jobs.cancel(folder.name)
            follow(clock)

        studies.screen(request, folder, follow_and_stop)

    monkeypatch.setattr(studies, "MAKERS", {"screening": screen})
    job = jobs.start(SMALL)
    assert ended(job) == CANCELLED
    assert 0 < begun[-1] < job.total
    assert [one.kind for one in Library(tmp_path).entries()] == ["unfinished"]
    monkeypatch.setattr(studies, "MAKERS", makers)
    later = Jobs(tmp_path)
    again = later.go_on(job.name)
    assert ended(again) == DONE, again.problem
    assert [one.kind for one in Library(tmp_path).entries()] == ["morris"]


def test_a_study_that_fails_says_why(tmp_path, monkeypatch):
    def fail(request, folder, follow):
        raise InputError("the park is {kind}", kind="closed")

    monkeypatch.setattr(studies, "MAKERS", {"screening": fail})
    job = Jobs(tmp_path).start(SMALL)
    assert ended(job) == FAILED
    assert say_message(job.problem, "en") == "the park is closed"


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"kind": "sobolx"}, "sobolx"), ({"policy": "../x"}, "unknown policy"),
        ({"park": "/etc/passwd"}, "unknown park"), ({"enterprises": 10_000}, "5 to 500"),
        ({"size": 2}, "8 to 64"),
    ],
)  # fmt: skip
def test_what_the_page_does_not_allow_is_refused_and_nothing_is_written(tmp_path, wrong, word):
    with pytest.raises(InputError, match=word):
        Jobs(tmp_path).start(Request(**wrong))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../../x", "unknown", ".", ""])
def test_only_what_was_begun_here_goes_on(tmp_path, name):
    with pytest.raises(InputError, match="was not begun here"):
        Jobs(tmp_path).go_on(name)
