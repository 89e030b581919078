"""Small hand-made enterprises, sectors and policies for tests of single behaviours."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from cleanpark.agents.draws import QUARTER_DRAWS
from cleanpark.agents.payments import PAID
from cleanpark.agents.state import N_FLOWS, N_MEDIA
from cleanpark.agents.treatment import prepare_treatment
from cleanpark.agents.views import namespace
from cleanpark.model.world import technique_records
from cleanpark.scenarios.records import behaviour_record
from cleanpark.scenarios.scenario import scenario
from cleanpark.scenarios.sectors import sectors


def behaviour(**changes: float) -> Any:
    """The behavioural parameters with some changed."""
    return namespace(behaviour_record(changes)[0])


def policy(name: str = "voluntary", **levers: Any) -> Any:
    """The levers of a scenario in its first quarter, with some changed."""
    values = scenario(name, **levers)
    return namespace(values.schedule(1, ["mixed"])[0, 0])


def sector(number: int = 0, **changes: Any) -> Any:
    """A packaged sector with some values changed."""
    record = namespace(technique_records(tuple(sectors()))[number])
    for name, value in changes.items():
        setattr(record, name, value)
    return record


def park(**changes: Any) -> Any:
    """A park authority's record as it stands before the first quarter."""
    values: dict[str, Any] = {
        "kind": 2,
        "energy_price": [0.2] * 32,
        "count": 100,
        "quarter": 0,
        "teams": 4,
        "first_team": 0,
        "works_fee": 5e-4,
        "works_removal": 0.85,
        "works_limit": 3.0,
        "weight_sum": 0.0,
        "group_sum": 0.0,
        "mean_weight": 1.0,
        "mean_group": 1.0,
        "key_share": 0.0,
        "caught_share": 0.0,
        "reported_saving": 0.01,
        "pass_share": 0.5,
        "reference_scale": 1.0,
        "price": [1.0] * 32,
        "late": [0.0] * 32,
        "demand": [1.0] * 32,
    }
    return SimpleNamespace(**{**values, **changes})


def enterprise(of: Any, **changes: Any) -> Any:
    """An enterprise of the sector at worst practice, with no heterogeneity."""
    values: dict[str, Any] = {
        "park": 0,
        "sector": 0,
        "output": 1000.0,
        "cash": 1000.0,
        "restriction": 0.0,
        "connected": 0,
        "listed": 0,
        "monitored": 0,
        "mix": 1.0,
        "other_cost": 0.8,
        "base": list(of.worst),
        "intensity": list(of.worst),
        "implemented": 0,
        "identified": 0,
        "told_by_peers": 0,
        "technology": 0.0,
        "renewal": 0.0,
        "option_running": 0.0,
        "material_saving": 0.0,
        "suitability": [127.5] * 64,
        "shortfall": [0.0] * N_FLOWS,
        "cost_factor": 1.0,
        "generated": [0.0] * N_MEDIA,
        "removable": [0.0] * N_MEDIA,
        "allowed": [0.0] * N_MEDIA,
        "shock_scale": 0.0,
        "effort": [0.0] * N_MEDIA,
        "exceeds": [0.0] * N_MEDIA,
        "shock": [1.0] * N_MEDIA,
        "ratio": [0.5] * N_MEDIA,
        "reported_ratio": [0.5] * N_MEDIA,
        "reported_share": [1.0] * N_MEDIA,
        "voc_effort": 0.7,
        "attitude": 0.0,
        "knowledge": 0.0,
        "hurdle": 0.65,
        "taste": 0.5,
        "belief": 0.1,
        "data_quality": 0.0,
        "tamper_rank": 1.0,
        "genuine": 1,
        "audited": 0,
        "last_audit": -1000,
        "until_result": 0,
        "evaluated": 0,
        "rated": -1000,
        "recommended": 0,
        "accepted": 1,
        "stated": 0,
        "log_cost": -0.1,
        "profit": 95.0,  # as that unit cost leaves of an output of 1,000
        "level": 0,
        "true_level": 0,
        "duty": 0,
        "ordered": 0,
        "waiting": 0,
        "record": 0,
        "watched": 0,
        "key": 0,
        "caught": 0,
        "inspected": 0,
        "violating": 0,
        "falsified": 0,
        "bypassing": 0,
        "trained": 0,
        "score": 0.0,
        "true_score": 0.0,
        "paid": namespace(np.zeros((), dtype=PAID)),
    }
    return SimpleNamespace(**{**values, **changes})


def draws(**values: Any) -> Any:
    """A row of draws at one half, but for those named as in ``QUARTER_DRAWS``."""
    record = np.zeros((), dtype=QUARTER_DRAWS)
    for name in QUARTER_DRAWS.names or ():
        record[name] = values.pop(name, 0.5)
    assert not values, values
    return namespace(record)


def prepared(firm: Any, of: Any, of_behaviour: Any, at: Any) -> Any:
    """The enterprise with this quarter's loads and limits set."""
    prepare_treatment(firm, of, of_behaviour, at)
    return firm


def no_flows() -> np.ndarray[Any, np.dtype[np.float64]]:
    """Zeros by flow."""
    return np.zeros(N_FLOWS)
