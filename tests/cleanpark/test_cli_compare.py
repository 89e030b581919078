"""`cleanpark compare` and `cleanpark demo` as a policy maker types them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

import cleanpark as cp
from tests.cleanpark.terminal import SHORT, alone, command, typed

FILES = {"outcomes.parquet", "comparison.csv", "report.html", "run.json", "inputs.json"}
COLUMNS = ["scenario", "outcome", "unit", "mean", "reference", "difference", "low", "high",
           "percent", "distinguishable"]  # fmt: skip


def test_json_is_all_there_is_on_standard_output(tmp_path: Path) -> None:
    result = alone(tmp_path, "compare", "tax-only", *SHORT, "--json")
    assert result.returncode == 0
    content = json.loads(result.stdout)
    assert set(COLUMNS) <= set(content["comparison"][0])
    assert {"version", "scenarios", "seeds", "parks", "platform"} <= set(content)
    assert result.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_json_equals_python() -> None:
    content = json.loads(typed("compare", "tax-only", *SHORT, "--set", "fine=30", "--json").stdout)
    found = cp.compare([cp.scenario("tax-only", fine=30)], seeds=2, quarters=4)
    means = {(row["scenario"], row["outcome"]): row["mean"] for row in content["comparison"]}
    for row in found.table.to_dict("records"):
        mean = means[row["scenario"], row["outcome"]]
        assert mean == row["mean"] or (mean is None and row["mean"] != row["mean"])


def test_a_set_lever_leaves_the_reference_alone() -> None:
    content = json.loads(typed("compare", "voluntary", *SHORT, "--set", "fine=50", "--json").stdout)
    names = [one["name"] for one in content["scenarios"]]
    assert names == ["voluntary", "voluntary, fine=50"]
    assert "fine" not in content["scenarios"][0]["text"].split("[levers]")[1]


def test_a_set_market_condition_holds_for_all() -> None:
    words = ("compare", "tax-only", *SHORT, "--set", "energy_price=1500", "--json")
    content = json.loads(typed(*words).stdout)
    assert all("energy_price = 1500" in one["text"] for one in content["scenarios"])


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_fits_the_terminal(width: int, language: str) -> None:
    from rich.cells import cell_len

    words = ("compare", "full-mix", "standardized-tailored", *SHORT, "--language", language)
    lines = typed(*words, env={"COLUMNS": str(width)}).stdout.splitlines()
    assert max(cell_len(line.rstrip()) for line in lines) <= width


def test_words_mark_what_cannot_be_told_apart() -> None:
    english = typed("compare", "subsidy-only", *SHORT).stdout
    assert "not distinguishable" in english
    chinese = typed("compare", "subsidy-only", *SHORT, "--language", "zh").stdout
    assert "无法区分" in chinese
    assert "只给补贴" in chinese


def test_one_seed_claims_nothing() -> None:
    text = typed("compare", "tax-only", "--seeds", "1", "--quarters", "4").stdout
    assert "One seed has no interval" in text


def test_piped_output_has_no_escape_codes(tmp_path: Path) -> None:
    result = alone(tmp_path, "compare", "tax-only", *SHORT)
    assert result.returncode == 0
    assert "\x1b" not in result.stdout + result.stderr
    assert result.stderr == ""


def test_a_user_s_park_comes_with_its_account(tmp_path: Path) -> None:
    assert typed("parks", "template", str(tmp_path / "mine.csv")).exit_code == 0
    words = ("compare", "tax-only", *SHORT, "--park", str(tmp_path / "mine.csv"))
    assert "taken from the file" in typed(*words).stdout
    as_json = typed(*words, "--json")
    assert "taken from the file" in as_json.stderr
    assert json.loads(as_json.stdout)["parks"][0]["name"] == "mine"


def test_workers_change_nothing() -> None:
    one, two = (
        json.loads(typed("compare", "tax-only", *SHORT, "--workers", count, "--json").stdout)
        for count in ("1", "2")
    )
    assert one["comparison"] == two["comparison"]


def test_engines_agree() -> None:
    words = ("compare", "tax-only", "--seeds", "1", "--quarters", "2", "--enterprises", "12")
    one, two = (
        json.loads(typed(*words, "--engine", engine, "--json").stdout)
        for engine in ("compiled", "agents")
    )
    assert one["comparison"] == two["comparison"]


def test_the_demo_replaces_an_earlier_one_and_says_where_things_are(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "run.json").write_text("{}")
    (folder / "levels.svg").write_text("old")
    (folder / "my.png").write_text("mine")
    result = typed("demo", "--seeds", "2", "--output", str(folder))
    assert result.exit_code == 0, result.output
    last = result.stdout.strip().splitlines()[-1]
    assert str(folder) in last
    assert "report.html" in last
    names = {path.name for path in folder.iterdir()}
    assert names >= FILES | {"cost_reduction.png", "cost_reduction.svg"}
    assert (folder / "levels.svg").read_text() != "old"
    assert (folder / "my.png").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_the_demo_leaves_other_folders_alone(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "letter.txt").write_text("mine")
    result = typed("demo", "--seeds", "1", "--output", str(tmp_path / "demo"))
    assert result.exit_code == 2
    assert (tmp_path / "demo" / "letter.txt").read_text() == "mine"


@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def listen_to_ctrl_c() -> None:
    """Programs that a shell started in the background, and their children, do not hear Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    words = command("compare", "tax-only", *SHORT, "--output", "out")
    running = subprocess.Popen(
        words, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=listen_to_ctrl_c,
    )  # fmt: skip
    while not list(tmp_path.iterdir()) and running.poll() is None:
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate()
    assert running.returncode == 130, err
    assert out == b""
    assert b"Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_a_failure_while_writing_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cleanpark.analysis.pages.store.draw_figures", full)
    result = typed("compare", "tax-only", *SHORT, "--output", str(tmp_path / "out"))
    assert result.exit_code == 2
    assert "No space left" in result.stderr or "disk is full" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_the_pipe(tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            command("parameters"), stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert result.returncode == 2
    assert "disk is full" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_reader_that_leaves_is_no_error() -> None:
    running = subprocess.Popen(
        command("parameters"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.read(1)
    running.stdout.close()
    assert running.stderr.read() == b""
    running.stderr.close()
    running.wait()


def test_who_pays_is_told_by_the_parts_asked_for() -> None:
    text = typed("compare", "tax-only", *SHORT, "--by", "size,sector").stdout
    assert "By size: “Tax alone” against the reference" in text
    assert "Small enterprises" in text
    assert "Chemicals" in text
    chinese = typed("compare", "tax-only", *SHORT, "--by", "size", "--language", "zh").stdout
    assert "按规模" in chinese
    assert "小型企业" in chinese


def test_parts_add_up_to_the_whole_as_json() -> None:
    found = json.loads(typed("compare", "tax-only", *SHORT, "--by", "size", "--json").stdout)

    def cost(rows: list[dict[str, object]]) -> float:
        wanted = ("tax-only", "enterprise_cost")
        chosen = [row for row in rows if (row["scenario"], row["outcome"]) == wanted]
        return sum(float(str(row["difference"])) for row in chosen)

    parts = [row for rows in found["by_size"].values() for row in rows]
    assert cost(parts) == pytest.approx(cost(found["comparison"]))


@pytest.mark.parametrize(("kind", "said"), [("sectors", "'sector'"), ("enterprise", "packaged")])
def test_parts_that_cannot_be_told_are_refused(kind: str, said: str) -> None:
    result = typed("compare", "tax-only", *SHORT, "--by", kind)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
