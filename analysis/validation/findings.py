"""What audits of a running model find, and what of it is bought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cleanpark.model.park_model import ParkModel
from cleanpark.model.world import Records


@dataclass
class Finding:
    """An option that an audit found at an enterprise; money in 10,000 CNY, saving a year."""

    quarter: int
    enterprise: int
    option: int
    cost: float
    saving: float
    low_cost: bool
    genuine: bool
    adopted: int = 0
    """Quarter in which it was bought; 0 while it was not."""


def audited(now: Records) -> list[int]:
    """Enterprises audited this quarter whose first tenant is still there."""
    return list(map(int, np.flatnonzero((now["audited"] > 0) & (now["founded"] == 0))))


def found_now(model: ParkModel, before: Records, row: int) -> Iterator[Finding]:
    """What this quarter's audit found at an enterprise that it did not know, nor from peers."""
    now, sectors = model.world.enterprises, model.world.sectors
    told = int(now["told_by_peers"][row]) & ~int(before["told_by_peers"][row])
    new = int(now["identified"][row]) & ~int(before["identified"][row]) & ~told
    sector = now["sector"][row]
    output = 4.0 * float(now["output"][row])
    for option in range(int(sectors["options"][sector])):
        if new >> option & 1:
            yield Finding(
                model.steps,
                row,
                option,
                float(sectors["investment"][sector, option]) * output,
                saving(model, row, option) * output,
                bool(sectors["low_cost"][sector, option]),
                bool(now["genuine"][row]),
            )


def saving(model: ParkModel, row: int, option: int) -> float:
    """Yearly saving of an option at an enterprise, as an auditor computes it: resources at the
    scenario's prices and material, less running cost; share of output."""
    now, sectors = model.world.enterprises, model.world.sectors
    sector, prices = now["sector"][row], model.policies[model.steps - 1, 0]
    energy = model.world.parks["energy_price"][now["park"][row], sector]
    spread = model.world.behaviour["suitability_range"][0]
    fit = 1.0 - spread + 2.0 * spread * float(now["suitability"][row, option]) / 255.0
    use, saved = now["intensity"][row], sectors["saving"][sector, option]
    money = saved[0] * use[0] * energy + saved[1] * use[1] * prices["water_price"] * 1e-4
    return float(
        fit * (money + sectors["material_saving"][sector, option])
        - sectors["running_cost"][sector, option]
    )


def note_adopted(model: ParkModel, findings: list[Finding]) -> None:
    """Write down which findings have been bought by now."""
    bought = model.world.enterprises["implemented"]
    for one in findings:
        if not one.adopted and int(bought[one.enterprise]) >> one.option & 1:
            one.adopted = model.steps
