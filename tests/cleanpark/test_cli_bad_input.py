"""What cannot be used: one clear message, exit code 2, nothing written."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from tests.cleanpark.terminal import SHORT, alone, refused, typed

HEAD = 'name = "mine"\ntitle = { zh = "我的", en = "Mine" }\nsource = "test"\n'


def written(folder: Path, text: str, name: str = "mine.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("finee = 3", ["key 'finee'", "did you mean 'fine'"]),
        ('fine = "20"', ["key 'fine'", "not a number"]),
        ('fine = "30 %"', ["key 'fine'", "10,000 CNY"]),
        ("fine = 1000", ["key 'fine'", "out of range", "0 to 100"]),
        ("fine = nan", ["key 'fine'"]),
        ("fine = true", ["key 'fine'"]),
        ('audit_mode = "mandatory"', ["key 'audit_mode'", "mandatory-all"]),
        ('fine = { "2099-Q1" = 20 }', ["key 'fine'", "outside the horizon"]),
        ('fine = { "2028-Q7" = 20 }', ["key 'fine'", "no quarter"]),
        (
            'fine = [{ from = "2027-Q1", to = "2029-Q1", end = 20 },'
            ' { from = "2028-Q1", to = "2030-Q1", end = 30 }]',
            ["key 'fine'", "overlaps"],
        ),
    ],
)
def test_a_wrong_lever(tmp_path: Path, entry: str, said: list[str]) -> None:
    file = written(tmp_path, f"{HEAD}[levers]\n{entry}\n")
    output = tmp_path / "out"
    message = refused("compare", str(file), *SHORT, "--output", str(output))
    for part in (str(file), "line 5", *said):
        assert part in message
    assert not output.exists()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("finee=3", "did you mean 'fine'"),
        ("fine=abc", "not a number"),
        ("fine=1000", "0 to 100"),
        ("fine", "LEVER=VALUE"),
        ("=3", "LEVER=VALUE"),
        ("fine=", "LEVER=VALUE"),
        ('fine={"2099-Q1"=20}', "outside the horizon"),
        ("audit_mode=sometimes", "voluntary"),
    ],
)
@pytest.mark.parametrize("name", ["compare", "run"])
def test_a_wrong_setting(name: str, setting: str, said: str) -> None:
    assert said in refused(name, "tax-only", "--set", setting)


def test_a_cycle_of_scenarios(tmp_path: Path) -> None:
    one = written(tmp_path, HEAD + 'extends = "two.toml"\n', "one.toml")
    two = written(tmp_path, HEAD + 'extends = "one.toml"\n', "two.toml")
    message = refused("compare", str(one), *SHORT)
    assert "cycle" in message
    assert "extends" in message
    assert str(one) in message or str(two) in message


def test_a_missing_parent(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD + 'extends = "nowhere.toml"\n')
    message = refused("compare", str(file), *SHORT)
    assert str(file) in message
    assert "nowhere.toml" in message


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe\x00bad", b""])
def test_a_file_that_is_no_scenario(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(content)
    assert str(file) in refused("compare", str(file), *SHORT)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["empty"]),
        ("id,sector,output (万元)\n", ["no enterprise"]),
        ("id,sector,output (万元)\nA,food,10\nA,food,20\n", ["line 3", "id", "line 2"]),
        ("id,sector,output (万元)\nA,food,-10\n", ["line 2", "output"]),
        ("id,sector,output (万元)\nA,food,nan\n", ["line 2", "output"]),
        ("id,sector,output (万元)\nA,foot,10\n", ["line 2", "sector", "food"]),
        ("id,output\nA,10\n", ["sector"]),
        ("id,sector,output (tonnes)\nA,food,10\n", ["unit", "10,000cny"]),
    ],
)
def test_a_wrong_park(tmp_path: Path, text: str, said: list[str]) -> None:
    file = written(tmp_path, text, "mine.csv")
    output = tmp_path / "out"
    message = refused("compare", "tax-only", *SHORT, "--park", str(file), "--output", str(output))
    for part in (str(file), *said):
        assert part in message
    assert not output.exists()


def test_a_park_that_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_bytes(b"id,sector,output\nA,food,1\xff\xff0\n")
    message = refused("compare", "tax-only", *SHORT, "--park", str(file))
    assert str(file) in message
    assert "line 2" in message


@pytest.mark.parametrize(
    "words",
    [
        ("compare", "voluntry"),
        ("compare", "nofile.toml"),
        ("compare", "--park", "mixd"),
        ("compare", "--park", "nofile.csv"),
        ("compare", "--reference", "voluntry"),
        ("compare", "--enterprises", "0"),
        ("compare", "--enterprises", "2000000"),
        ("compare", "--seeds", "0"),
        ("compare", "--seeds", "-3"),
        ("compare", "--quarters", "0"),
        ("compare", "--quarters", "401"),
        ("compare", "--workers", "0"),
        ("compare", "tax-only", "tax-only", *SHORT),
        ("run", "voluntry"),
        ("run", "--seed", "-1"),
        ("run", "--quarters", "0"),
        ("scenarios", "show", "voluntry"),
        ("scenarios", "new", "/nowhere/at/all.toml"),
        ("parks", "show", "mixd"),
        ("parks", "template", "/nowhere/at/all.csv"),
    ],
)
def test_what_cannot_be_meant(words: tuple[str, ...]) -> None:
    refused(*words)


@pytest.mark.parametrize(
    "words",
    [
        ("compare", "--nonsense"),
        ("compare", "--engine", "fast"),
        ("compare", "--seeds", "many"),
        ("parameters", "--kind", "all"),
        ("--language", "fr", "parameters"),
        ("nonsense",),
    ],
)
def test_what_the_command_line_does_not_know(words: tuple[str, ...]) -> None:
    result = typed(*words)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_park_too_large_for_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("cleanpark.analysis.studies.memory.available", lambda: 500_000_000)
    output = tmp_path / "out"
    for words in (
        ("compare", "tax-only", "--enterprises", "1000000", "--output", str(output)),
        ("run", "--enterprises", "1000000", "--output", str(output)),
        ("compare", "tax-only", "--seeds", "1000000"),
    ):
        assert "GB" in refused(*words)
    assert not output.exists()


def test_memory_that_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("cleanpark.analysis.comparison.comparison.run_ensemble", exhausted)
    assert "not enough memory" in refused("compare", "tax-only", *SHORT)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user with limits")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert "writ" in refused("compare", "tax-only", *SHORT, "--output", str(tmp_path / "out"))
    finally:
        tmp_path.chmod(0o700)


def test_an_output_that_is_a_file(tmp_path: Path) -> None:
    file = written(tmp_path, "mine", "out")
    assert str(file) in refused("compare", "tax-only", *SHORT, "--output", str(file))
    assert file.read_text() == "mine"


def test_messages_come_alone_from_a_process_too(tmp_path: Path) -> None:
    result = alone(tmp_path, "compare", "voluntry", "--language", "zh")
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("错误：未知情景“voluntry”；是否想写“voluntary”？")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("run --set fine=20 --set fine=30", "'fine' is set twice"),
        ("compare --set fine=20 --set fine=20", "'fine' is set twice"),
        ("run --park mixed --park heavy", "--park is given twice"),
        ("run --seed 1 --seed=2", "--seed is given twice"),
        ("compare --until 2028 --quarters 8", "both given"),
        ("compare --base-year 2027", "needs a --target"),
        ("compare --until 2028 --target 'cod -5% by 2035'", "2026 to 2028"),
        ("compare --target 'cod -5% by 2020'", "base year 2026 is not before 2020"),
        ("compare --target nonsense", "write it as"),
    ],
)
def test_what_is_said_twice_or_against_itself_is_refused(words: str, said: str) -> None:
    message = refused(*shlex.split(words))
    assert said in message
