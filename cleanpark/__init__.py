"""cleanpark: what audits, tax incentives and penalties do to an industrial park.

>>> import cleanpark as cp
>>> cp.scenario("voluntary", fine=20.0).at(0)["fine"]
20.0

The names below are stable. They are loaded when first used, so importing cleanpark is quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleanpark.agents.enterprise import AuditTeam, Enterprise, ParkAuthority
    from cleanpark.analysis.comparison.comparison import Comparison, compare
    from cleanpark.analysis.pages.again import again
    from cleanpark.analysis.pages.loading import load
    from cleanpark.analysis.policies.attribution import Attribution, attribute
    from cleanpark.analysis.policies.discovery import Discovery, discover
    from cleanpark.analysis.policies.optimisation import Optimum, optimize
    from cleanpark.analysis.sensitivity import sensitivity
    from cleanpark.analysis.studies.design import full_product
    from cleanpark.analysis.studies.histories import Histories, histories, keep_histories
    from cleanpark.analysis.studies.space import Factor, Space, space
    from cleanpark.analysis.studies.study import Study
    from cleanpark.model.history import History, load_history
    from cleanpark.model.outcomes import OUTCOMES
    from cleanpark.model.park_model import ParkModel
    from cleanpark.scenarios.errors import InputError, ParkError, ScenarioError
    from cleanpark.scenarios.law import environmental_tax
    from cleanpark.scenarios.lawful import parameters
    from cleanpark.scenarios.park import Park, park, parks
    from cleanpark.scenarios.scenario import Scenario, scenario, scenarios

__all__ = [
    "OUTCOMES",
    "Attribution",
    "AuditTeam",
    "Comparison",
    "Discovery",
    "Enterprise",
    "Factor",
    "Histories",
    "History",
    "InputError",
    "Optimum",
    "Park",
    "ParkAuthority",
    "ParkError",
    "ParkModel",
    "Scenario",
    "ScenarioError",
    "Space",
    "Study",
    "__version__",
    "again",
    "attribute",
    "compare",
    "discover",
    "environmental_tax",
    "full_product",
    "histories",
    "keep_histories",
    "load",
    "load_history",
    "optimize",
    "parameters",
    "park",
    "parks",
    "scenario",
    "scenarios",
    "sensitivity",
    "space",
]

_HOME = {
    "AuditTeam": "agents.enterprise",
    "Enterprise": "agents.enterprise",
    "ParkAuthority": "agents.enterprise",
    "again": "analysis.pages.again",
    "Attribution": "analysis.policies.attribution",
    "attribute": "analysis.policies.attribution",
    "Comparison": "analysis.comparison.comparison",
    "compare": "analysis.comparison.comparison",
    "load": "analysis.pages.loading",
    "full_product": "analysis.studies.design",
    "Discovery": "analysis.policies.discovery",
    "discover": "analysis.policies.discovery",
    "Optimum": "analysis.policies.optimisation",
    "optimize": "analysis.policies.optimisation",
    "Histories": "analysis.studies.histories",
    "histories": "analysis.studies.histories",
    "keep_histories": "analysis.studies.histories",
    "History": "model.history",
    "load_history": "model.history",
    "Factor": "analysis.studies.space",
    "Space": "analysis.studies.space",
    "space": "analysis.studies.space",
    "Study": "analysis.studies.study",
    "OUTCOMES": "model.outcomes",
    "ParkModel": "model.park_model",
    "InputError": "scenarios.errors",
    "ParkError": "scenarios.errors",
    "ScenarioError": "scenarios.errors",
    "environmental_tax": "scenarios.law",
    "Park": "scenarios.park",
    "park": "scenarios.park",
    "parks": "scenarios.park",
    "Scenario": "scenarios.scenario",
    "parameters": "scenarios.lawful",
    "scenario": "scenarios.scenario",
}


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("cleanpark")
    except PackageNotFoundError:
        return "0+unknown"


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used."""
    import importlib

    if name == "__version__":
        return _version()
    if name == "scenarios":
        # The package of that name lists the packaged scenarios when it is called.
        return importlib.import_module("cleanpark.scenarios")
    if name == "sensitivity":
        return importlib.import_module("cleanpark.analysis.sensitivity.sensitivity")
    if name not in _HOME:
        raise AttributeError(f"module 'cleanpark' has no attribute {name!r}")
    return getattr(importlib.import_module(f"cleanpark.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    """The public names."""
    return __all__
