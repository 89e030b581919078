"""The sectors' discharge in a first year, beside what statistics publish."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.validation.verdict import within
from cleanpark.model import measures
from cleanpark.model.park_model import ParkModel
from cleanpark.scenarios.flows import FLOWS
from cleanpark.scenarios.park import park
from cleanpark.scenarios.published import ALL, Published, published_totals
from cleanpark.scenarios.scenario import scenario

ENTERPRISES, SEEDS, QUARTERS = 1000, (1, 2, 3), 4
"""Size of the reference run: the mixed park without a policy, its first year."""


@dataclass(frozen=True)
class Compared:
    """A published figure and the model's, kg per 10,000 CNY of output."""

    published: Published
    model: float

    @property
    def ratio(self) -> float:
        """The model's over the published."""
        return self.model / self.published.per_output

    @property
    def inside(self) -> bool:
        """Whether the ratio lies in the stated band."""
        return within(self.ratio, self.published.band)

    @property
    def explained(self) -> bool:
        """Inside the band, or with a reason why not."""
        return self.inside or self.published.why is not None


def first_year(
    enterprises: int = ENTERPRISES, seeds: tuple[int, ...] = SEEDS
) -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.float64]]:
    """Names of the sectors, what reaches the environment (sectors, flows) in each flow's unit, and
    output (sectors), 10,000 CNY, of the mixed park's first year without a policy, over seeds."""
    names: tuple[str, ...] = ()
    flows, output = 0.0, 0.0
    place = park("mixed", enterprises=enterprises)
    for seed in seeds:
        model = ParkModel(scenario("voluntary"), place, rng=seed, quarters=QUARTERS)
        model.run()
        names = tuple(model.sector_names)
        cells = np.ascontiguousarray(np.asarray(model.cells).sum(axis=(0, 1)))
        shape = (len(names), measures.CELLS_PER_SECTOR)
        sums = measures.cell_records(cells.reshape(*shape, -1))
        flows = flows + sums["flow"].sum(axis=1)
        output = output + sums["output"].sum(axis=1)
    return names, np.asarray(flows), np.asarray(output)


def compare_totals(
    enterprises: int = ENTERPRISES, seeds: tuple[int, ...] = SEEDS
) -> tuple[Compared, ...]:
    """Every published figure beside the model's mean discharge, weighted by output."""
    names, flows, output = first_year(enterprises, seeds)
    found = []
    for one in published_totals():
        rows = [row for row, name in enumerate(names) if one.sector in (ALL, name)]
        made = flows[rows, FLOWS.index(one.flow)].sum() / output[rows].sum()
        found.append(Compared(one, float(made)))
    return tuple(found)
