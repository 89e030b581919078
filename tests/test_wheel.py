"""Built distributions hold cleanpark alone, with all its data, and run elsewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("scenarios", "agents", "model", "analysis")
FONT = "analysis/figures/font/NotoSansSC-subset.ttf"
FONT_LICENSE = "analysis/figures/font/OFL.txt"
LEFT_OUT = shutil.ignore_patterns(
    ".*", "__pycache__", "*.egg-info", "build", "dist", "demo", "*.nbi", "*.nbc", "*.mo"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the source distribution and the wheel built from it."""
    folder = tmp_path_factory.mktemp("built")
    source = folder / "source"
    shutil.copytree(ROOT, source, symlinks=True, ignore=LEFT_OUT)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder)]
    done = subprocess.run([*command, str(source)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    return next(built.glob("cleanpark-*.whl"))


def sources() -> list[str]:
    """Everything that a wheel must hold, as installed."""
    found = []
    for folder in ("cleanpark", *LAYERS):
        for path in (ROOT / folder).rglob("*"):
            inside = path.relative_to(ROOT)
            if "__pycache__" in inside.parts or not path.is_file() or path.is_symlink():
                continue
            if inside.parts[0] == "cleanpark" and inside.parts[1] in LAYERS:
                continue
            name = inside.as_posix()
            found.append(name if name.startswith("cleanpark/") else f"cleanpark/{name}")
    return sorted(found)


def test_a_wheel_holds_cleanpark_alone_with_all_its_data(wheel: Path) -> None:
    names = [name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name]
    assert sorted(names) == sources()
    assert "cleanpark/py.typed" in names
    assert "cleanpark/analysis/words/catalogs/zh/LC_MESSAGES/cleanpark.mo" in names
    assert sum(name.endswith(".toml") for name in names) > 25


def test_a_source_distribution_holds_each_file_once(built: Path) -> None:
    with tarfile.open(next(built.glob("cleanpark-*.tar.gz"))) as archive:
        members = archive.getmembers()
    names = [member.name.split("/", 1)[1] for member in members if member.isfile()]
    for layer in LAYERS:
        assert any(name.startswith(f"{layer}/") for name in names)
        assert not any(name.startswith(f"cleanpark/{layer}/") for name in names)
    assert "analysis/words/catalogs/zh/LC_MESSAGES/cleanpark.po" in names
    assert not any(member.issym() for member in members)
    assert {"LICENSE", FONT, FONT_LICENSE} <= set(names)


def test_the_font_of_figures_comes_with_its_licence_and_is_small(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    assert archive.getinfo(f"cleanpark/{FONT}").file_size < 3_000_000
    licence = archive.read(f"cleanpark/{FONT_LICENSE}").decode()
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert any(name.endswith(f".dist-info/licenses/{FONT_LICENSE}") for name in archive.namelist())


def test_it_runs_elsewhere(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, "--target", str(site), str(wheel)], check=True, capture_output=True)
    code = (
        "import cleanpark as cp, cleanpark.scenarios; print(cleanpark.scenarios.__file__);"
        "print(len(cp.scenarios()), cp.__version__);"
        "print(cp.environmental_tax({'cod': 10.0}, None, {'water': 1.4}).total);"
        "from cleanpark.analysis.words.language import Language;"
        "print(Language('zh').say('Scenario'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        check=True,
        capture_output=True,
        text=True,
    )
    where, known, total, said = done.stdout.splitlines()
    assert Path(where).is_relative_to(site)
    assert known.split() == ["13", declared()["version"]]
    assert total == "14.0"
    assert said == "情景"


def declared() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert isinstance(project, dict)
    return project


def test_the_checkout_is_importable_from_any_folder(tmp_path: Path) -> None:
    code = "import cleanpark.scenarios, cleanpark.analysis; print(cleanpark.scenarios.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert Path(done.stdout.strip()).resolve() == ROOT / "scenarios" / "__init__.py"


def test_pins_name_versions_and_no_place() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = set()
    for line in lines:
        pin = re.fullmatch(r"([A-Za-z0-9._-]+)==[0-9][A-Za-z0-9.]*", line)
        assert pin, line
        pinned.add(re.sub(r"[-_.]+", "-", pin[1]).lower())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for requirement in [*project["dependencies"], *extras["studies"], *extras["dev"]]:
        name = re.split(r"[\[<>=!~ ]", requirement)[0]
        assert name == "cleanpark" or re.sub(r"[-_.]+", "-", name).lower() in pinned, name
