"""A built wheel holds cleanpark alone, with all its data, and runs elsewhere."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    files = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True,
    ).stdout.decode().split("\0")  # fmt: skip
    for name in filter(None, files):
        origin = ROOT / name
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if origin.is_symlink():
            target.symlink_to(origin.readlink())
        elif origin.is_file():
            target.write_bytes(origin.read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps",
               "--no-build-isolation", "--wheel-dir", str(folder), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("cleanpark-*.whl"))


def test_it_holds_cleanpark_alone(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"cleanpark"}
    assert not any("test" in name or "__pycache__" in name for name in names)
    assert len(names) == len(set(names))


def test_it_holds_all_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    data = [*ROOT.glob("scenarios/**/*.toml"), *ROOT.glob("analysis/templates/*")]
    assert len(data) > 25
    for path in data:
        assert f"cleanpark/{path.relative_to(ROOT)}" in names
    assert "cleanpark/py.typed" in names


def test_it_runs_elsewhere(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = (
        "import cleanpark as cp; print(cp.__file__); print(len(cp.scenarios()));"
        "print(cp.environmental_tax({'cod': 10.0}, None, {'water': 1.4}).total)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "site"), "PATH": ""},
        check=True,
        capture_output=True,
        text=True,
    )
    lines = done.stdout.split()
    assert str(tmp_path) in lines[0]
    assert lines[1:] == ["13", "14.0"]
