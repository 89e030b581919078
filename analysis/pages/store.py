"""Results on disk: a folder is written beside its place and moved there whole."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanpark.model.sources import sources_digest
from cleanpark.scenarios.errors import InputError

if TYPE_CHECKING:
    from cleanpark.analysis.comparison.comparison import Comparison

MARK = "run.json"
"""A folder that holds this file holds a run's results."""
FIGURES = ("trajectories", "cost_reduction", "who_pays", "levels", "compliance")
PACKAGES = ("mesa", "numpy", "numba", "pandas", "scipy")


def check_folder(folder: Path, replace: bool, mark: str = MARK) -> None:
    """Refuse a folder that holds something else than the file ``mark`` tells of, or that cannot be
    written."""
    if folder.is_file():
        raise InputError(f"{folder}: is a file; name a folder for the results")
    if folder.exists() and any(folder.iterdir()):
        if not (folder / mark).is_file():
            raise InputError(f"{folder}: is not empty and holds no results; name another folder")
        if not replace:
            raise InputError(
                f"{folder}: already holds the results of another run; name another folder or say "
                "--replace"
            )
    parent = folder.resolve().parent
    while not parent.exists():
        parent = parent.parent
    if not parent.is_dir() or not os.access(parent, os.W_OK):
        raise InputError(f"{folder}: cannot be written ({parent} is not writable)")


@contextlib.contextmanager
def whole_folder(folder: Path, replace: bool, mark: str = MARK) -> Iterator[Path]:
    """A folder to write into that takes its place only when all was written.

    On any failure, Ctrl-C included, what was written is removed and the old folder stays.
    """
    check_folder(folder, replace, mark)
    folder = folder.resolve()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as cause:
        raise InputError(f"{folder}: cannot be written ({cause.strerror})") from cause
    try:
        yield aside
        aside.chmod(0o755)
        if folder.exists():
            old = aside.with_name(aside.name + "-old")
            folder.rename(old)
            aside.rename(folder)
            shutil.rmtree(old)
        else:
            aside.rename(folder)
    except OSError as cause:
        raise InputError(f"{folder}: cannot be written ({cause.strerror or cause})") from cause
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def provenance(comparison: Comparison, language: str = "en") -> dict[str, Any]:
    """Everything that determines the results, and the commands that make them again."""
    ensemble = comparison.ensemble
    others = [name for name in comparison.names if name != comparison.reference]
    seeds = list(ensemble.seeds)
    counted = seeds == list(range(len(seeds)))
    parks = [park.name for park in ensemble.parks]
    command = (
        f"cleanpark compare {' '.join(others)} --park {parks[0]} --seeds {len(seeds)} "
        f"--quarters {ensemble.quarters} --reference {comparison.reference} --language {language}"
    )
    python = (
        f"cp.compare({others!r}, park={parks[0]!r}, seeds={len(seeds) if counted else seeds!r}, "
        f"quarters={ensemble.quarters}, reference={comparison.reference!r})"
    )
    return {
        "version": version("cleanpark"),
        "sources": sources_digest(),
        "reference": comparison.reference,
        "seeds": seeds,
        "quarters": ensemble.quarters,
        "parks": [
            {"name": park.name, "enterprises": park.enterprises, "sha256": park.digest}
            for park in ensemble.parks
        ],
        "scenarios": [
            {"name": one.name, "sha256": one.digest, "text": one.to_toml()}
            for one in ensemble.scenarios
        ],
        "settings": comparison.settings,
        "platform": {
            "python": platform.python_version(),
            "system": platform.platform(),
            "packages": {name: version(name) for name in PACKAGES},
        },
        "reproduce": {
            "command": comparison.settings.get("command", command),
            "python": python,
            "note": "the scenarios' texts above are exact where a lever was overridden",
        },
    }


def save_comparison(
    comparison: Comparison, folder: Path, language: str = "en", replace: bool = False
) -> Path:
    """Write outcomes.parquet, comparison.csv, figures, report.html and run.json."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from cleanpark.analysis.pages.comparison import comparison_page

    with whole_folder(folder, replace) as aside:
        record = provenance(comparison, language)
        table = pa.Table.from_pandas(comparison.outcomes, preserve_index=False)
        about = json.dumps(
            {key: record[key] for key in ("version", "sources", "reference", "seeds")}
        )
        table = table.replace_schema_metadata(
            {**(table.schema.metadata or {}), b"cleanpark": about.encode()}
        )
        pq.write_table(table, aside / "outcomes.parquet", compression="zstd")
        comparison.table.to_csv(aside / "comparison.csv", index=False)
        drawings = draw_figures(comparison, aside, language)
        page = comparison_page(comparison, record, drawings, language)
        (aside / "report.html").write_text(page, encoding="utf-8")
        text = json.dumps(record, ensure_ascii=False, indent=1)
        (aside / MARK).write_text(text, encoding="utf-8")
    return folder


def draw_figures(comparison: Comparison, folder: Path, language: str) -> dict[str, dict[str, str]]:
    """Write each figure as PNG and SVG in the chosen language; returns the SVG texts of both."""
    import matplotlib.pyplot as plt

    from cleanpark.analysis.figures.comparison import svg_text

    drawings: dict[str, dict[str, str]] = {}
    for name in FIGURES:
        drawings[name] = {}
        for tongue in ("en", "zh"):
            figure = getattr(comparison, f"plot_{name}")(tongue)
            drawings[name][tongue] = svg_text(figure)
            if tongue == language:
                figure.savefig(folder / f"{name}.png", dpi=150)
                (folder / f"{name}.svg").write_text(drawings[name][tongue], encoding="utf-8")
            plt.close(figure)
    return drawings
