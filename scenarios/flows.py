"""What enterprises use and discharge: names, units, media, tax equivalents, prices, damage."""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from cleanpark.scenarios import law
from cleanpark.scenarios.errors import Listed, ScenarioError, nearest
from cleanpark.scenarios.reading import checked, read_toml
from cleanpark.scenarios.value import Record, Title, Value

FLOWS = (
    "energy",
    "water",
    "sulfur_dioxide",
    "nitrogen_oxides",
    "particulates",
    "cod",
    "ammonia_nitrogen",
    "solid_waste",
    "hazardous_waste",
    "carbon_dioxide",
    "voc",
)
"""Names of the flows; their position is the index of a flow everywhere."""
MEDIA = ("air", "water", "waste")
"""Media with limits and tax; their position is the index of a medium everywhere."""
ORGANIC = "organic"
"""The medium of volatile organic compounds: treated, without limit, taxed on trial alone."""
FILE = Path(__file__).with_name("flows.toml")


class FlowData(Record):
    """A flow as its file states it."""

    title: Title
    unit: str
    medium: Literal["resource", "air", "water", "waste", "climate", "organic"]
    price: Value | None = None
    damage: Value


class Flow(FlowData):
    """A flow with its name; amounts in `unit`, price and damage in CNY per unit."""

    name: str

    @property
    def damage_cost(self) -> float:
        """External damage, CNY per unit discharged."""
        return self.damage.value

    @property
    def equivalents_per_unit(self) -> float:
        """Pollution equivalents of one unit; 0 where the environmental tax does not apply.

        One equivalent of waste is 1 t of general solid waste. Volatile organic compounds count in
        none: a total whose meaning changed with a pilot could not be compared.
        """
        return 0.0 if self.medium == ORGANIC else law.equivalents_per_unit(self.name)


@functools.cache
def flow_table() -> Mapping[str, Flow]:
    """Every flow by name, in the order of `FLOWS`."""
    data = read_toml(FILE, ScenarioError)
    if tuple(data) != FLOWS:
        raise ScenarioError(
            "{file}: must declare exactly {flows}, in this order", file=FILE, flows=Listed(FLOWS)
        )
    return {
        name: checked(Flow, {**data[name], "name": name}, FILE, ScenarioError) for name in FLOWS
    }


def flow(name: str) -> Flow:
    """The flow of that name."""
    if name not in FLOWS:
        raise ScenarioError(
            "unknown flow '{name}'{hint} (flows: {flows})",
            name=name,
            hint=nearest(name, FLOWS),
            flows=Listed(FLOWS),
        )
    return flow_table()[name]
