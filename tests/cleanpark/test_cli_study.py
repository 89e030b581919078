"""Studies as they are typed: run, estimated, resumed, reported, in both languages."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pandas as pd
import pytest

from cleanpark.cli import main
from tests.scenarios.test_own_sectors import PARK, sector_file

SMALL = "--enterprises 8 --quarters 6"


@pytest.fixture
def type_in(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(command: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["cleanpark", *shlex.split(command)])
        with pytest.raises(SystemExit) as stopped:
            main()
        told = capsys.readouterr()
        return int(stopped.value.code or 0), told.out, told.err

    return run


def check_pages(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert 'src="http' not in page
    assert 'lang="zh"' in page
    assert "data:image/svg+xml" in page
    assert "主要发现" in (folder / "report.zh.md").read_text(encoding="utf-8")
    text = (folder / "report.md").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("!["):
            assert (folder / line.partition("](")[2].rstrip(")")).is_file()


STUDY = (
    "study sobol mandatory --parameters learn_own,moral_cost,audit_interval --samples 8 --seeds 2 "
    f"--outcome pollution_equivalents,audit_genuine --over-time --second-order {SMALL}"
)


def test_a_sobol_study_from_the_command_to_the_page(type_in, tmp_path):
    code, out, _ = type_in(f"{STUDY} --output s")
    assert code == 0
    assert "moral_cost" in out
    indices = pd.read_csv(tmp_path / "s" / "indices.csv")
    assert list(indices) == ["outcome", "quarter", "parameter", "index", "value", "low", "high",
                             "converged"]  # fmt: skip
    assert set(indices["index"]) == {"first", "total", "second"}
    assert indices["quarter"].nunique() == 6
    assert len(pd.read_parquet(tmp_path / "s" / "design.parquet")) == 64
    runs = pd.read_parquet(tmp_path / "s" / "results")
    assert {"sample", "seed", "pollution_equivalents", "status", "reason"} <= set(runs)
    assert len(runs) == 128
    about = json.loads((tmp_path / "s" / "study.json").read_text(encoding="utf-8"))
    assert about["kind"] == "sobol"
    assert "cleanpark study sobol mandatory" in about["command"]
    check_pages(tmp_path / "s")
    before = {path: path.read_bytes() for path in (tmp_path / "s").rglob("*.*") if path.is_file()}
    assert type_in(f"{STUDY} --output s --resume")[0] == 0
    assert type_in("report s --language zh")[0] == 0
    for path, content in before.items():
        if path.suffix in (".csv", ".parquet", ".md", ".svg"):
            assert path.read_bytes() == content, path.name


@pytest.mark.parametrize("method", ["morris", "pawn", "delta", "fast", "regional"])
def test_other_methods_write_the_same_tables(method, type_in, tmp_path):
    samples = 16 if method in ("morris", "pawn") else 64
    command = (
        f"study {method} mandatory --parameters learn_own,moral_cost --samples {samples} "
        f"--seeds 2 --outcome pollution_equivalents {SMALL} --output s --json"
    )
    code, out, _ = type_in(command)
    assert code == 0
    assert json.loads(out)["indices"]
    assert {"indices.csv", "convergence.csv", "chance.csv", "undefined.csv"} <= {
        path.name for path in (tmp_path / "s").iterdir()
    }
    check_pages(tmp_path / "s")


def test_groups_are_analysed_as_one(type_in, tmp_path):
    code, _, _ = type_in(
        "study sobol mandatory --parameters learning,treatment --groups --samples 8 --seeds 1 "
        f"--outcome pollution_equivalents {SMALL} --output g"
    )
    assert code == 0
    indices = pd.read_csv(tmp_path / "g" / "indices.csv")
    assert set(indices["parameter"]) == {"learning", "treatment"}
    check_pages(tmp_path / "g")


def test_the_dry_run_runs_nothing(type_in, tmp_path):
    code, out, _ = type_in(f"{STUDY} --output s --dry-run")
    assert code == 0
    assert "128 runs" in out
    assert not (tmp_path / "s").exists()
    assert "128 次运行" in type_in(f"{STUDY} --output s --dry-run --language zh")[1]


def test_rows_of_ones_own(type_in, tmp_path):
    (tmp_path / "rows.csv").write_text("fine,learn_own\n10,0.3\n20,\n")
    code, out, _ = type_in(
        f"study rows voluntary --design rows.csv --seeds 2 --outcome fines {SMALL} --json"
    )
    assert code == 0
    told = json.loads(out)
    assert len(told["runs"]) == 4
    assert told["rows"][0]["difference"] == 0.0
    check_pages(tmp_path / "study")


def test_discover_attribute_and_optimize_write_pages_and_scenarios(type_in, tmp_path):
    parts = {
        "d": f"discover mandatory --against tax-only --parameters learn_own,moral_cost "
        f"--samples 64 --seeds 1 --fails 'pollution_equivalents > p70' {SMALL} --output d",
        "a": f"attribute reward-and-punish --seeds 2 --outcome fines {SMALL} --output a",
        "o": f"optimize --parameters fine,option_subsidy --generations 2 --population 8 --seeds 1 "
        f"--outcome pollution_equivalents,treasury_net --fresh-seeds 2 {SMALL} --output o",
    }
    for folder, command in parts.items():
        code, out, err = type_in(command)
        assert code == 0, err
        assert out.strip()
        check_pages(tmp_path / folder)
    assert {"boxes.csv", "limits.csv", "robustness.csv", "tree.csv"} <= {
        path.name for path in (tmp_path / "d").iterdir()
    }
    file = sorted((tmp_path / "o" / "scenarios").glob("*.toml"))[0]
    assert type_in(f"compare {shlex.quote(str(file))} --seeds 2 {SMALL}")[0] == 0


SEARCH = (
    "optimize --parameters fine,inspection_rate --population 8 --seeds 1 --fresh-seeds 2 "
    f"--outcome pollution_equivalents,treasury_net {SMALL} --output o"
)


def test_a_search_goes_on_with_more_generations_and_refuses_to_mix_with_another(type_in, tmp_path):
    assert type_in(f"{SEARCH} --generations 2 --resume")[0] == 2
    assert type_in(f"{SEARCH} --generations 2 --dry-run")[1].startswith("16 samples under 1 seed:")
    assert not (tmp_path / "o").exists()
    assert type_in(f"{SEARCH} --generations 2")[0] == 0
    first = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "o").rglob("s0*.parquet")}
    assert type_in(f"{SEARCH} --generations 3 --resume")[0] == 0
    later = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "o").rglob("s0*.parquet")}
    assert first.items() <= later.items()
    assert len(list((tmp_path / "o" / "search").iterdir())) == 4  # the middle, three generations
    grown = (tmp_path / "o" / "pareto.csv").read_bytes()
    assert type_in(f"{SEARCH} --generations 3 --replace")[0] == 0
    assert (tmp_path / "o" / "pareto.csv").read_bytes() == grown
    code, _, err = type_in(f"{SEARCH} --generations 3 --budget 1e6 --set fine=3")
    assert code == 2
    assert "differs in scenarios, names, budget" in " ".join(err.split())


def test_futures_are_added_to_a_discovery(type_in, tmp_path):
    command = (
        "discover mandatory --against tax-only --parameters learn_own,moral_cost --seeds 1 "
        f"--fails 'pollution_equivalents > p70' {SMALL}"
    )
    assert type_in(f"{command} --samples 32 --output d")[0] == 0
    assert type_in(f"{command} --samples 64 --output d")[0] == 0
    assert type_in(f"{command} --samples 64 --output whole")[0] == 0
    for name in ("boxes", "limits", "trajectory", "tree", "robustness"):
        grown, whole = (tmp_path / folder / f"{name}.csv" for folder in ("d", "whole"))
        assert grown.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("study sobol mandatory --samples 100", "choose 64 or 128"),
        ("study sobol mandatory --parameters lern_own", "did you mean 'learn_own'"),
        ("study sobol mandatory --outcome polution_equivalents", "did you mean"),
        ("study sobol manditory", "did you mean 'mandatory'"),
        ("study sobol mandatory --resume", "holds no study"),
        ("study rows mandatory", "--design"),
        ("study sobol mandatory --cluster somewhere", "Dask scheduler"),
        ("study sobol mandatory --workers 0", "workers = 0"),
        ("study sobol mandatory --start 2099-Q1", "outside the horizon"),
        ("discover mandatory --fails 'compliance < 0.5'", "no such outcome"),
        ("discover mandatory --fails 'fines worse than reference'", "--against"),
        ("attribute voluntary", "do not differ"),
        ("optimize --parameters learn_own", "is no lever"),
        ("report nowhere", "holds no results"),
    ],
)
def test_what_is_wrong_is_said_with_exit_code_two(command, message, type_in, tmp_path):
    code, _, err = type_in(command)
    assert code == 2
    assert message in err
    assert "Traceback" not in err
    assert not list(tmp_path.iterdir())


HISTORY = "history voluntary --until 2026-Q3 --seeds 2 --enterprises 8 --output past"


def test_comparisons_and_studies_go_on_from_a_common_history(type_in, tmp_path):
    code, out, _ = type_in(HISTORY)
    assert code == 0
    assert "2 histories up to 2026-Q3" in out
    assert sorted(one.name for one in (tmp_path / "past").iterdir()) == [
        "history.json", "seed-0.npz", "seed-1.npz",
    ]  # fmt: skip
    code, out, _ = type_in(
        "compare voluntary full-mix --enterprises 8 --quarters 6 --seeds 2 --from past --json"
    )
    assert code == 0
    assert json.loads(out)["settings"]["history"]["quarters"] == 3
    design = tmp_path / "design.csv"
    design.write_text("fine\n5\n50\n")
    code, _, _ = type_in(
        "study rows voluntary --design design.csv --enterprises 8 --quarters 6 --seeds 2 "
        "--from past --output gone-on"
    )
    assert code == 0
    runs = pd.read_parquet(tmp_path / "gone-on" / "results")
    assert (runs["status"] == "ok").all()
    assert runs.groupby("seed")["enterprise_cost"].nunique().eq(2).all()
    assert "common history up to 2026-Q3" in (tmp_path / "gone-on" / "report.md").read_text()


@pytest.mark.parametrize(
    "command",
    [
        "discover full-mix --parameters learn_own,moral_cost --samples 32 --fails 'fines > p50' "
        "--outcome fines",
        "attribute penalty-only --outcome fines",
        "optimize --parameters fine,inspection_rate --generations 1 --population 8 "
        "--fresh-seeds 2 --outcome pollution_equivalents,treasury_net",
    ],
)
def test_discovery_attribution_and_search_go_on_from_a_common_history(type_in, tmp_path, command):
    type_in(HISTORY)
    told = f"{command} --seeds 2 {SMALL} --from past --output gone-on"
    if command.startswith("optimize"):
        code, _, err = type_in(told)
        assert code == 2  # fresh seeds need a past of their own
        assert "no history of seed 2" in " ".join(err.split())
        type_in(f"{HISTORY.replace('--seeds 2', '--seeds 4')} --replace")
    code, _, err = type_in(told)
    assert code == 0, err
    assert "common history up to 2026-Q3" in (tmp_path / "gone-on" / "report.md").read_text()


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("--seeds 3 --quarters 6 --enterprises 8 --from past", "no history of seed 2"),
        ("--seeds 2 --quarters 3 --enterprises 8 --from past", "go on to a later date"),
        ("--seeds 2 --quarters 6 --enterprises 9 --from past", "other parks"),
        ("--seeds 2 --quarters 6 --enterprises 8 --from nowhere", "holds no history"),
    ],
)
def test_a_history_that_does_not_fit_is_refused(type_in, command, told):
    type_in(HISTORY)
    code, _, err = type_in(f"compare full-mix {command}")
    assert code == 2
    assert told in " ".join(err.split())


ROWS = "study rows mandatory --enterprises 10 --quarters 4 --seeds 2 --outcome fines"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fine,inspection_rate\n10,0.1,\n20,0.2,\n", "line 2: has 3 cells, but 2 columns"),
        ("fine;inspection_rate\n10;0.1\n", "separated by commas"),
        ("fine\nten\n", "sample 0: 'ten' is no number"),
        ("fine,fine\n1,2\n", "appears twice"),
        ("", "is empty"),
        ("fine\n", "has no rows"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused(type_in, tmp_path, text, told):
    (tmp_path / "d.csv").write_text(text)
    code, _, err = type_in(f"{ROWS} --design d.csv --output o")
    assert code == 2
    assert told in " ".join(err.split())
    assert not (tmp_path / "o").exists()


def test_a_cell_out_of_range_is_refused_before_anything_runs(type_in, tmp_path):
    (tmp_path / "d.csv").write_text("\ufefffine\n10\n1e9\n", encoding="utf-8")
    code, out, err = type_in(f"{ROWS} --design d.csv --output o --json")
    assert (code, out) == (2, "")
    assert "column 'fine', sample 1" in " ".join(err.split())
    assert not (tmp_path / "o").exists()


def failing(monkeypatch, seeds):
    """Runs of the model under these seeds fail."""
    from cleanpark.analysis.studies.runs import ModelRuns

    real = ModelRuns._simulate

    def simulate(self, *others):
        if others[-1] in seeds:
            raise ArithmeticError("no such number")
        real(self, *others)

    monkeypatch.setattr(ModelRuns, "_simulate", simulate)


def test_failed_runs_are_told_beside_json_not_in_it(type_in, tmp_path, monkeypatch):
    failing(monkeypatch, [1])
    (tmp_path / "d.csv").write_text("fine\n10\n20\n")
    code, out, err = type_in(f"{ROWS} --design d.csv --output o --json")
    assert code == 0
    assert json.loads(out)["failed"] == 2
    assert "2 of 4 runs failed" in " ".join(err.split())
    told = (tmp_path / "o" / "report.md").read_text(encoding="utf-8")
    assert "2 of them: ArithmeticError: no such number" in told


def test_a_design_of_which_every_run_fails_is_no_success(type_in, tmp_path, monkeypatch):
    failing(monkeypatch, [0, 1])
    (tmp_path / "d.csv").write_text("fine\n10\n20\n")
    code, _, err = type_in(f"{ROWS} --design d.csv --output o")
    assert code == 2
    assert "ArithmeticError: no such number" in err
    assert "every run failed" in err


def test_damaged_results_are_run_again_and_foreign_files_stay(type_in, tmp_path):
    (tmp_path / "d.csv").write_text("fine\n10\n20\n")
    command = f"{ROWS} --design d.csv --output 'g[1]/o'"
    assert type_in(command)[0] == 0
    folder = tmp_path / "g[1]" / "o"
    whole = (folder / "rows.csv").read_bytes()
    damaged = next((folder / "results").iterdir())
    damaged.write_bytes(damaged.read_bytes()[:100])
    (folder / "design.parquet").unlink()
    mine = [folder / "thesis.txt", folder / "results" / "mine.txt"]
    for one in mine:
        one.write_text("keep")
    assert type_in(command)[0] == 0
    assert (folder / "rows.csv").read_bytes() == whole
    (folder / "study.json").write_text("[1]")
    code, _, err = type_in(command)
    assert code == 2
    assert "is damaged" in " ".join(err.split())
    assert type_in(f"{command} --replace")[0] == 0
    assert (folder / "rows.csv").read_bytes() == whole
    assert all(one.read_text() == "keep" for one in mine)


def test_a_search_leaves_other_studies_and_files_alone(type_in, tmp_path):
    (tmp_path / "d.csv").write_text("fine\n10\n20\n")
    assert type_in(f"{ROWS} --design d.csv --output o")[0] == 0
    code, _, err = type_in(f"{SEARCH} --generations 1")
    assert code == 2
    assert "holds no search" in " ".join(err.split())
    assert type_in(f"{SEARCH.replace('--output o', '--output s')} --generations 1")[0] == 0
    (tmp_path / "s" / "mine.csv").write_text("keep")
    again = f"{SEARCH.replace('--output o', '--output s')} --generations 2 --replace"
    assert type_in(again)[0] == 0
    assert (tmp_path / "s" / "mine.csv").read_text() == "keep"


def test_a_policy_with_settings_is_compared_with_itself_without(type_in, tmp_path):
    command = (
        "discover voluntary --parameters learn_own --seeds 1 --samples 16 "
        f"--fails 'enterprise_cost > p50' --outcome enterprise_cost {SMALL}"
    )
    told = f"{command} --set fine=90 --set air_tax_rate=12 --against voluntary"
    assert type_in(f"{told} --output d")[0] == 0
    held = pd.read_csv(tmp_path / "d" / "robustness.csv")
    means = held[held["measure"] == "mean"].set_index("scenario")["value"]
    assert list(means.index) == ["voluntary, fine=90, air_tax_rate=12", "voluntary"]
    assert means.iloc[0] != means.iloc[1]
    code, _, err = type_in(f"{command} --against voluntary --output e")
    assert code == 2
    assert "given twice" in " ".join(err.split())


def test_sectors_of_ones_own_reach_a_study(type_in, tmp_path):
    sector_file(tmp_path / "paper.toml")
    (tmp_path / "park.csv").write_text(PARK, "utf-8")
    (tmp_path / "rows.csv").write_text("fine\n10\n20\n", "utf-8")
    command = "study rows voluntary --design rows.csv --park park.csv --seeds 1 --quarters 8"
    code, without, error = type_in(f"{command} --output other --language zh")
    assert code == 0, error
    code, out, error = type_in(f"{command} --output s --language zh --sectors paper.toml")
    assert code == 0, error
    about = [
        json.loads((tmp_path / name / "study.json").read_text("utf-8")) for name in ("other", "s")
    ]
    assert about[0]["parks"][0]["sha256"] != about[1]["parks"][0]["sha256"]
    assert "paper" in without
    assert "paper" not in out
    page = (tmp_path / "s" / "report.html").read_text(encoding="utf-8")
    assert "2 enterprises, 2026 to 2027" in page
    assert "2 家企业，2026 至 2027 年" in page


@pytest.mark.parametrize("design", ["", "--design design.csv"])
def test_an_unknown_method_is_told_before_what_it_would_need(type_in, design):
    code, _, told = type_in(f"study evaluate mandatory {design} --output s")
    assert code == 2
    assert "unknown method 'evaluate'" in told
    assert "rows" in told
