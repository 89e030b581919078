"""Sectors of one's own reach a run: by name in Python, and by a park's own file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.analysis.comparison import years
from cleanpark.analysis.comparison.affected import affected_groups
from cleanpark.analysis.words.accounts import groups_table
from cleanpark.scenarios.errors import ParkError, ScenarioError
from cleanpark.scenarios.park import catalogue_of
from cleanpark.scenarios.sectors import FOLDER, sectors

PARK = "id,sector,产值（万元）\na,paper,9000\nb,chemicals,8000\n"


def sector_file(path: Path, name: str = "paper", energy: str = "") -> Path:
    """A sector of another name, like metals, perhaps with another energy intensity."""
    text = (FOLDER / "metals.toml").read_text(encoding="utf-8")
    text = text.replace('name = "metals"', f'name = "{name}"', 1)
    lines = text.splitlines()
    lines[next(k for k, line in enumerate(lines) if line.startswith("order"))] = "order = 90"
    lines = [line for line in lines if not line.startswith("aliases")]
    if energy:
        at = next(k for k, line in enumerate(lines) if line.startswith("energy"))
        before = lines[at].split("value = ")[1].split(",")[0]
        lines[at] = lines[at].replace(f"value = {before}", f"value = {energy}", 1)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_sector_of_ones_own_reaches_a_run(tmp_path: Path) -> None:
    own = sectors(sector_file(tmp_path / "paper.toml"))
    (tmp_path / "park.csv").write_text(PARK, "utf-8")
    park = cp.park(tmp_path / "park.csv", catalogue=own)
    model = cp.ParkModel("voluntary", park, rng=1, quarters=2).run()
    assert model.enterprises()["sector"].tolist() == ["paper", "chemicals"]
    found = cp.compare(["tax-only"], park, seeds=1, quarters=2)
    groups = found.outcomes["group"].unique()
    assert "sector:paper" in groups
    output = {name: part.row("tax-only", "output")["mean"]
              for name, part in years.parts_by(found, "sector").items()}  # fmt: skip
    assert set(output) == {"sector:paper", "sector:chemicals"}
    assert sum(output.values()) == pytest.approx(found.row("tax-only", "output")["mean"])
    assert "sector:paper" in set(affected_groups(found)["group"])
    assert any(row[0] == "Steel and metals" for row in groups_table(found, "en")[1])


def test_both_drivers_agree_on_it(tmp_path: Path) -> None:
    own = sectors(sector_file(tmp_path / "paper.toml"))
    (tmp_path / "park.csv").write_text(PARK, "utf-8")
    park = cp.park(tmp_path / "park.csv", catalogue=own)
    runs = [
        cp.ParkModel("mandatory", park, rng=2, engine=engine, quarters=4).run()
        for engine in ("agents", "compiled")
    ]
    assert np.array_equal(runs[0].cells, runs[1].cells)


def test_a_parks_file_names_its_sector_files(tmp_path: Path) -> None:
    sector_file(tmp_path / "paper.toml")
    packaged = Path(FOLDER).parent / "parks" / "mixed.toml"
    text = packaged.read_text(encoding="utf-8").replace(
        "[sectors]", '[sectors]\nfiles = ["paper.toml"]', 1
    )
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    park = cp.park(tmp_path / "mine.toml")
    assert [one.name for one in park.own_sectors] == ["paper"]
    assert park.digest != cp.park("mixed").digest
    assert "paper" in [one.name for one in catalogue_of([park])]


def test_a_sector_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    packaged = Path(FOLDER).parent / "parks" / "mixed.toml"
    text = packaged.read_text(encoding="utf-8").replace(
        "[sectors]", '[sectors]\nfiles = ["no.toml"]', 1
    )
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ParkError, match=r"no\.toml"):
        cp.park(tmp_path / "mine.toml")


def test_a_wrong_sector_file_is_refused_with_file_and_key(tmp_path: Path) -> None:
    path = sector_file(tmp_path / "paper.toml", energy='"much"')
    with pytest.raises(ScenarioError, match="energy") as caught:
        sectors(path)
    assert str(path) in str(caught.value)


def test_two_parks_that_mean_different_things_by_a_sector_are_refused(tmp_path: Path) -> None:
    parks = []
    for number, energy in enumerate(("", "1.5")):
        folder = tmp_path / str(number)
        folder.mkdir()
        own = sectors(sector_file(folder / "paper.toml", energy=energy))
        (folder / f"park{number}.csv").write_text(PARK, "utf-8")
        parks.append(cp.park(folder / f"park{number}.csv", catalogue=own))
    with pytest.raises(ParkError, match="paper"):
        catalogue_of(parks)


def test_packaged_sectors_leave_a_park_as_it_is() -> None:
    assert cp.park("mixed", catalogue=sectors()).own_sectors == ()
    assert catalogue_of([cp.park("mixed")]) == sectors()
