"""What an enterprise of a running model discharges, by flow."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleanpark.model.park_model import ParkModel
from cleanpark.scenarios.flows import FLOWS, MEDIA, flow_table


def discharged(model: ParkModel, flow: str) -> NDArray[np.float64]:
    """True discharge of this quarter by enterprise, before the central works, in the flow's unit.

    It is the planned one times the quarter's shock, and never more than is generated.
    """
    firms, sectors = model.world.enterprises, model.world.sectors
    place = FLOWS.index(flow)
    medium = MEDIA.index(flow_table()[flow].medium)
    amount = firms["intensity"][:, place] * firms["output"]
    removed = sectors["removal"][firms["sector"], place] * firms["effort"][:, medium]
    return np.minimum(amount, amount * (1.0 - removed) * firms["shock"][:, medium])
