"""Results on disk: a folder is written beside its place and moved there whole."""

from __future__ import annotations

import json
import platform
import shutil
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.comparison.tidy import parks_frame
from cleanpark.analysis.escaping import table_in_csv
from cleanpark.analysis.pages.beside import Beside, beside, write_beside
from cleanpark.analysis.pages.own_park import FOLDER, park_record, write_own_parks
from cleanpark.analysis.pages.reproduce import INPUTS, reproduction, write_inputs
from cleanpark.analysis.words.language import Language, languages
from cleanpark.model.sources import sources_digest
from cleanpark.scenarios.writing import MARK as MARK
from cleanpark.scenarios.writing import check_folder as check_folder
from cleanpark.scenarios.writing import whole_folder as whole_folder

if TYPE_CHECKING:
    from cleanpark.analysis.comparison.comparison import Comparison

PARKS = "parks.parquet"
"""File of a comparison's folder with each park's values over the horizon."""
PACKAGES = ("mesa", "numpy", "numba", "pandas", "scipy")


def provenance(
    comparison: Comparison, language: str = "en", folder: Path | None = None
) -> dict[str, Any]:
    """Everything that determines the results, and what makes them again; ``folder`` is where they
    are kept."""
    ensemble = comparison.ensemble
    return {
        "version": version("cleanpark"),
        "sources": sources_digest(),
        "reference": comparison.reference,
        "seeds": list(ensemble.seeds),
        "quarters": ensemble.quarters,
        "parks": [park_record(park) for park in ensemble.parks],
        "scenarios": [
            {"name": one.name, "sha256": one.digest, "text": one.to_toml()}
            for one in ensemble.scenarios
        ],
        "settings": comparison.settings,
        "warnings": comparison.warnings(language),
        "platform": {
            "python": platform.python_version(),
            "system": platform.platform(),
            "packages": {name: version(name) for name in PACKAGES},
        },
        "reproduce": reproduction(comparison, language, folder),
    }


def save_comparison(
    comparison: Comparison,
    folder: Path,
    language: str = "en",
    replace: bool = False,
    kept: tuple[dict[str, Any], Beside] | None = None,
) -> Path:
    """Write outcomes.parquet, comparison.csv, figures, report.html and run.json.

    ``kept``: the record and what is told beside the numbers of a folder whose report is told again.
    """
    from cleanpark.analysis.pages.comparison import comparison_page

    Language(language)  # refuses one that there is not, before anything is drawn
    with whole_folder(folder, replace) as aside:
        record, told = kept or (
            {**provenance(comparison, language, folder.resolve()), "language": language},
            beside(comparison, language),
        )
        record = {**record, "warnings": comparison.warnings(language), **write_beside(told, aside)}
        write_inputs(comparison, aside / INPUTS)
        _write_outcomes(comparison, record, aside)
        table_in_csv(comparison.table).to_csv(aside / "comparison.csv", index=False)
        if kept is None:
            write_own_parks(comparison.ensemble.parks, aside, language)
        else:
            _copy_own_parks(folder, aside)
        drawings = draw_figures(comparison, aside, language)
        page = comparison_page(comparison, record, drawings, language, told)
        (aside / "report.html").write_text(page, encoding="utf-8")
        text = json.dumps(record, ensure_ascii=False, indent=1)
        (aside / MARK).write_text(text, encoding="utf-8")
    return folder


def _copy_own_parks(folder: Path, aside: Path) -> None:
    """Take along the tables of users' parks, which only their files could make anew."""
    if (folder / FOLDER).is_dir():
        shutil.copytree(folder / FOLDER, aside / FOLDER)


def _write_outcomes(comparison: Comparison, record: dict[str, Any], aside: Path) -> None:
    """Every value as Parquet, with where it comes from, and each park's over the horizon."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(comparison.outcomes, preserve_index=False)
    about = json.dumps({key: record[key] for key in ("version", "sources", "reference", "seeds")})
    table = table.replace_schema_metadata(
        {**(table.schema.metadata or {}), b"cleanpark": about.encode()}
    )
    pq.write_table(table, aside / "outcomes.parquet", compression="zstd")
    parks_frame(comparison.ensemble).to_parquet(aside / PARKS, index=False)


def draw_figures(comparison: Comparison, folder: Path, language: str) -> dict[str, dict[str, str]]:
    """Write each figure as PNG and SVG in the chosen language; returns the SVG texts of
    every language."""
    from cleanpark.analysis.figures.comparison import all_figures, svg_text

    drawings: dict[str, dict[str, str]] = {}
    for one in all_figures():
        drawings[one.name] = {}
        for tongue in languages():
            figure = one.draw(comparison, tongue)
            drawings[one.name][tongue] = svg_text(figure)
            if tongue == language:
                figure.savefig(folder / f"{one.name}.png", dpi=150)
                text = drawings[one.name][tongue]
                (folder / f"{one.name}.svg").write_text(text, encoding="utf-8")
    return drawings
