"""Studies as a researcher runs them: killed, resumed, enlarged, on cores and clusters."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.analysis.sensitivity import sensitivity
from cleanpark.analysis.studies.design import full_product, read_design
from cleanpark.analysis.studies.runner import Place
from cleanpark.analysis.studies.space import Factor, Space
from cleanpark.analysis.studies.study import Study
from cleanpark.scenarios.errors import InputError
from tests.analysis import functions as f

ROWS = [{"a": k / 600, "b": 0.5} for k in range(600)]
LARGE = "import sys; from tests.analysis.test_study import slow_study; slow_study(sys.argv[1])"


def slow(p, seed):
    time.sleep(0.0005)
    return {"y": p["a"] ** 2 + seed}


def slow_study(folder):
    Study([{"a": k / 3000} for k in range(3000)], slow, ["y"], 2).run(folder)


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_study_killed_at_any_moment_goes_on_and_is_the_same_to_the_byte(tmp_path):
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    slow_study(whole)
    chance = random.Random(4)

    def finished():
        return len(list((cut / "results").glob("s*.parquet")))

    for _ in range(3):
        process = subprocess.Popen([sys.executable, "-c", LARGE, str(cut)], cwd=os.getcwd())
        wanted = finished() + chance.randint(0, 3)
        while finished() < wanted and process.poll() is None:
            time.sleep(0.01)
        time.sleep(0.2 * chance.random())
        process.send_signal(signal.SIGKILL)
        process.wait()
    begun = finished()
    slow_study(cut)
    assert begun < len(list((cut / "results").glob("*.parquet")))
    assert contents(cut) == contents(whole)


def test_what_a_kill_left_half_written_is_no_hindrance_and_does_not_stay(tmp_path):
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    Study(ROWS, slow, ["y"]).run(whole)
    cut.mkdir()
    (cut / ".study.json.4711").write_text('{"half')
    (cut / "design.parquet").write_bytes((whole / "design.parquet").read_bytes())
    Study(ROWS, slow, ["y"]).run(cut)
    (cut / "results" / ".s000000-r00000000-0123456789abcdef.parquet.4711").write_bytes(b"PAR1")
    Study(ROWS, slow, ["y"]).run(cut)
    assert contents(cut) == contents(whole)


def test_what_is_finished_is_not_run_again(tmp_path):
    calls = tmp_path / "calls"

    def counted(p, seed):
        with open(calls, "a") as file:
            file.write(".")
        return {"y": p["a"]}

    Study(ROWS, counted, ["y"]).run(tmp_path / "s")
    assert len(calls.read_text()) == 600
    Study(ROWS, counted, ["y"]).run(tmp_path / "s")
    assert len(calls.read_text()) == 600


@pytest.mark.parametrize("place", [Place(2), Place(cluster="local:2")], ids=["joblib", "dask"])
@pytest.mark.filterwarnings("ignore")
def test_results_do_not_depend_on_where_they_were_made(place, tmp_path):
    alone = Study(ROWS, f.fails_sometimes, ["y"], 3).run(tmp_path / "alone").frame()
    other = Study(ROWS, f.fails_sometimes, ["y"], 3).run(tmp_path / "other", place).frame()
    assert alone.equals(other)
    assert contents(tmp_path / "alone") == contents(tmp_path / "other")


def test_samples_are_added_to_a_finished_study(tmp_path):
    small = sensitivity.sobol(f.ishigami, f.ISHIGAMI, ["y"], 64, 1, folder=tmp_path / "s")
    kept = set(contents(tmp_path / "s" / "results"))
    large = sensitivity.sobol(f.ishigami, f.ISHIGAMI, ["y"], 128, 1, folder=tmp_path / "s")
    assert kept <= set(contents(tmp_path / "s" / "results"))
    fresh = sensitivity.sobol(f.ishigami, f.ISHIGAMI, ["y"], 128, 1)
    assert large.indices.equals(fresh.indices)
    assert not large.indices.equals(small.indices)
    with pytest.raises(InputError, match="already holds 128 samples, more than the 64"):
        sensitivity.sobol(f.ishigami, f.ISHIGAMI, ["y"], 64, 1, folder=tmp_path / "s")


def test_another_study_in_the_folder_is_refused(tmp_path):
    Study(ROWS, slow, ["y"]).run(tmp_path / "s")
    with pytest.raises(InputError, match="holds another study"):
        Study(ROWS, slow, ["y"], 2).run(tmp_path / "s")
    with pytest.raises(InputError, match="another design"):
        Study([{"a": 0.9, "b": 0.5}], slow, ["y"]).run(tmp_path / "s")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match="holds no study"):
        Study(ROWS, slow, ["y"]).run(tmp_path / "mine")
    Study(ROWS, slow, ["y"], 2).run(tmp_path / "s", replace=True)


def test_failed_runs_are_recorded_with_their_reason(tmp_path):
    results = Study(ROWS, f.fails_sometimes, ["y"], 2).run(tmp_path / "s")
    failed = results.failed()
    assert len(failed) == 2 * sum(row["a"] > 0.97 for row in ROWS)
    assert failed["reason"].str.startswith("ValueError: beyond what is known").all()
    values = results.values("y")
    assert np.isnan(values[-1]).all()
    assert values[300] == pytest.approx([1.5, 1.5])
    counts = results.query("select status, count(*) as runs from runs group by status")
    assert dict(zip(counts["status"], counts["runs"], strict=True))["failed"] == len(failed)


def test_a_full_disk_keeps_what_was_finished(tmp_path):
    code = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from cleanpark.analysis.studies import results, study\n"
        "from tests.analysis.test_study import *\n"
        "count = [0]; write = study.write_chunk\n"
        "def limited(*given):\n"
        "    count[0] += 1\n"
        "    if count[0] == 3: resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))\n"
        "    write(*given)\n"
        "study.write_chunk = limited\n"
        f"Study(ROWS, f.fails_sometimes, ['y'], 3).run({str(tmp_path / 's')!r})\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "the disk is full" in done.stderr
    assert "what was finished is kept" in done.stderr
    assert len(list((tmp_path / "s" / "results").iterdir())) == 2
    Study(ROWS, f.fails_sometimes, ["y"], 3).run(tmp_path / "s")
    Study(ROWS, f.fails_sometimes, ["y"], 3).run(tmp_path / "whole")
    assert contents(tmp_path / "s") == contents(tmp_path / "whole")


def test_designs_are_rows_that_a_user_can_bring(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("scenario,fine,learn_own\nvoluntary,10,0.3\nmandatory,20,0.5\n")
    runs = sensitivity.model_runs(
        ["voluntary", "mandatory"], cp.park("mixed", enterprises=6), 4, ["pollution_equivalents"]
    )
    frame = Study(read_design(path), runs, seeds=2).run().frame()
    assert len(frame) == 4
    assert (frame["status"] == "ok").all()
    found = cp.compare(
        [cp.scenario("mandatory", fine=20.0).with_behaviour(learn_own=0.5)],
        cp.park("mixed", enterprises=6),
        2,
        4,
    )
    place = list(cp.OUTCOMES).index(next(o for o in cp.OUTCOMES if o.name == runs.outcomes[0]))
    mine = frame[frame["sample"] == 1]["pollution_equivalents"].to_numpy()
    assert mine == pytest.approx(found.totals[1, :, place], rel=1e-12)
    assert len(full_product({"fine": [10, 20, 30], "learn_own": [0.1, 0.5]})) == 6


def test_wrong_designs_are_explained(tmp_path):
    runs = sensitivity.model_runs(["voluntary"], cp.park("mixed", enterprises=3), 2)
    with pytest.raises(InputError, match="did you mean 'fine'"):
        Study([{"fien": 1.0}], runs)
    with pytest.raises(InputError, match="was not given"):
        Study([{"scenario": "mandatory"}], runs)
    with pytest.raises(InputError, match="cannot be read"):
        read_design(tmp_path / "none.csv")
    with pytest.raises(InputError, match="no rows"):
        Study([], runs)
    with pytest.raises(InputError, match="unknown outcome"):
        sensitivity.model_runs(["voluntary"], outcomes="polution_equivalents")


def test_an_impossible_row_is_refused_before_the_first_run():
    runs = sensitivity.model_runs(["mandatory"], cp.park("mixed", enterprises=8), 3)
    with pytest.raises(InputError, match=r"column 'fine', sample 1: -5.0 is not possible"):
        Study([{"fine": 10.0}, {"fine": -5.0}, {"fine": 12.0}], runs)


def test_the_dry_run_counts():
    runs = sensitivity.model_runs(["voluntary"], cp.park("mixed", enterprises=3), 2)
    found = Study([{"fine": 10.0 + k} for k in range(7)], runs, seeds=3).estimate()
    assert found.runs == found.left == 21
    assert found.seconds > 0
    assert found.memory_gb > 0
    assert found.disk_gb > 0


def test_ranges_are_drawn_as_declared():
    space = cp.space("fine,audit_mode,audit_interval,hurdle_median")
    unit = np.random.default_rng(0).random((4000, 4))
    table = space.values(unit)
    assert np.log(table["fine"]).mean() == pytest.approx(np.log(5 * 40) / 2, abs=0.05)
    assert set(table["audit_mode"]) == set(space.factor("audit_mode").choices)
    assert set(table["audit_interval"] % 1) == {0.0}
    low, high = space.factor("hurdle_median").low, space.factor("hurdle_median").high
    assert table["hurdle_median"].between(low, high).all()
    assert Space.read(space.describe()).names == space.names


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[fine]\nrange = [30.0, 20.0]", "is not possible"),
        ("[fine]\nrange = [0.0, 1e9]", "is not possible"),
        ("[fien]\nrange = [1.0, 2.0]", "did you mean 'fine'"),
        ("[learn_own]\nrange = [0.1, 0.2]", "not among the parameters"),
        ("[fine]\nrnage = [1.0, 2.0]", "did you mean 'range'"),
    ],
)
def test_wrong_ranges_name_file_and_key(text, message, tmp_path):
    path = tmp_path / "ranges.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=message) as problem:
        cp.space("fine", path)
    assert "ranges.toml" in str(problem.value) or "unknown parameter" in str(problem.value)


def test_ranges_are_narrowed(tmp_path):
    path = tmp_path / "ranges.toml"
    path.write_text('[fine]\nrange = [8.0, 12.0]\nscale = "linear"\n')
    factor = cp.space("fine", path).factor("fine")
    assert (factor.low, factor.high, factor.scale) == (8.0, 12.0, "linear")
    with pytest.raises(InputError, match="holds nothing to vary"):
        Factor("x", 1.0, 1.0)


PLACES = [Place(2), Place(cluster="local:2")]


@pytest.mark.parametrize("place", PLACES, ids=["joblib", "dask"])
@pytest.mark.filterwarnings("ignore")
def test_a_lost_worker_costs_its_own_tasks_alone(place, tmp_path):
    """One worker is killed in the middle of a task; the study goes on and nothing is missing."""
    mark = tmp_path / "one worker was lost"

    def dies_once(p, seed):
        if p["a"] > 0.7 and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return {"y": p["a"] + seed}

    found = Study(ROWS, dies_once, ["y"], 4).run(tmp_path / "s", place).frame()
    assert mark.exists()
    assert (found["status"] == "ok").all()
    assert len(found) == 4 * len(ROWS)
    expected = found["seed"] + found["sample"].map(lambda sample: ROWS[sample]["a"])
    assert found["y"].to_numpy() == pytest.approx(expected.to_numpy())


@pytest.mark.filterwarnings("ignore")
def test_studies_of_the_model_are_the_same_everywhere(tmp_path):
    runs = sensitivity.model_runs(
        ["mandatory", "full-mix"], cp.park("mixed", enterprises=8), 5, over_time=True
    )
    rows = [{"scenario": name, "fine": fine} for name in ("mandatory", "full-mix")
            for fine in (5.0, 15.0, 45.0)]  # fmt: skip
    places = {"alone": Place(), "joblib": PLACES[0], "dask": PLACES[1]}
    found = {}
    for name, place in places.items():
        Study(rows, runs, seeds=3).run(tmp_path / name, place)
        found[name] = contents(tmp_path / name)
    assert found["alone"] == found["joblib"] == found["dask"]


def test_results_of_changed_sources_are_never_gone_on_with(tmp_path, monkeypatch):
    told = {"park": cp.park("mixed", enterprises=4), "quarters": 2, "seeds": 1, "samples": 32,
            "outcomes": "fines", "parameters": "learn_own,moral_cost"}  # fmt: skip
    cp.sensitivity.pawn("mandatory", folder=tmp_path / "s", **told)
    monkeypatch.setattr("cleanpark.analysis.studies.runs.sources_digest", lambda: "another")
    with pytest.raises(InputError, match="cleanpark's code or data, changed since"):
        cp.sensitivity.pawn("mandatory", folder=tmp_path / "s", **told)


def test_the_digest_of_sources_follows_their_content(tmp_path):
    from cleanpark.model.sources import digest_of, sources_digest

    file = tmp_path / "treatment.py"
    file.write_text("effort = 1\n")
    before = digest_of([file])
    assert digest_of([file]) == before
    file.write_text("effort = 2\n")
    assert digest_of([file]) != before
    assert len(sources_digest()) == 64


def raised(p, seed, k):
    return {"y": p["a"] + k}


def times(factor):
    return lambda p, seed: {"y": p["a"] * factor}


def test_a_function_that_holds_other_values_is_another_function(tmp_path):
    import functools

    rows = [{"a": 1.0}, {"a": 2.0}]
    Study(rows, times(1), ["y"]).run(tmp_path / "s")
    with pytest.raises(InputError, match="the function's source"):
        Study(rows, times(10), ["y"]).run(tmp_path / "s")
    assert list(Study(rows, times(1), ["y"]).run(tmp_path / "s").frame()["y"]) == [1.0, 2.0]
    part = functools.partial(raised, k=0)
    with pytest.raises(InputError, match="the function's source"):
        Study(rows, functools.partial(part, k=1), ["y"]).run(tmp_path / "s")


@pytest.mark.parametrize(
    ("returned", "reason"),
    [(3.0, "return outcomes by name"), (None, "return outcomes by name"),
     ({"y": float("inf")}, "infinite y"), ({"z": 1.0}, "no outcome 'y'")],
)  # fmt: skip
def test_what_a_function_may_not_return_fails_the_run(returned, reason):
    failed = Study([{"a": 1.0}], lambda p, seed: returned, "y").run().failed()
    assert reason in failed.iloc[0]["reason"]


@pytest.mark.parametrize(
    ("design", "outcomes", "message"),
    [
        ([{"x": 1.0}, {"x": "a"}], ["y"], "numbers, or text"),
        ([{"x": [1]}], ["y"], "numbers, or text"),
        ([{"x": 1.0}], ["seed"], "is taken"),
        ([{"x": 1.0}], ["y", "y"], "is taken"),
    ],
)
def test_designs_and_names_that_cannot_be_kept_are_refused(design, outcomes, message):
    with pytest.raises(InputError, match=message):
        Study(design, times(1), outcomes)


def test_failures_of_the_machine_are_not_kept_as_results(tmp_path):
    def short_of_memory(p, seed):
        raise MemoryError

    with pytest.raises(MemoryError):
        Study([{"a": 1.0}], short_of_memory, ["y"]).run(tmp_path / "s")
    assert not list((tmp_path / "s" / "results").glob("s*"))


def test_hidden_files_of_ones_own_stay_where_a_study_is_replaced(tmp_path):
    folder = tmp_path / "s"
    Study([{"a": 1.0}], times(1), ["y"]).run(folder)
    (folder / "mine").mkdir()
    own = [folder / ".bashrc.999999", folder / "mine" / ".notes.999999"]
    half = [folder / ".study.json.999999",
            folder / "results" / ".s000000-r00000000-0123456789abcdef.parquet.999999"]  # fmt: skip
    for one in [*own, *half]:
        one.write_text("")
    Study([{"a": 2.0}], times(1), ["y"]).run(folder, replace=True)
    assert all(one.exists() for one in own)
    assert not any(one.exists() for one in half)
