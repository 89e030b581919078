"""The story of one enterprise: what it decided each quarter, and what it knew when it did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleanpark.agents.behaviour import DECISIONS
from cleanpark.agents.enterprise import Enterprise
from cleanpark.agents.payments import PAYMENTS
from cleanpark.agents.plans import candidate_plans
from cleanpark.agents.state import LEVELS, SIZES
from cleanpark.model.given import as_parks, identities
from cleanpark.model.park_model import ParkModel
from cleanpark.scenarios.dates import quarter_label
from cleanpark.scenarios.errors import InputError, nearest
from cleanpark.scenarios.flows import MEDIA
from cleanpark.scenarios.park import Park, catalogue_of
from cleanpark.scenarios.scenario import Scenario
from cleanpark.scenarios.sectors import Sector

SAME_EFFORT = 1e-6
"""Efforts that lie closer are the same plan."""


@dataclass
class Quarter:
    """One quarter of an enterprise's story; money in 10,000 CNY.

    ``plans`` are the plans of treatment weighed for each medium (name, effort, believed cost) and
    ``chosen`` the one taken, empty where an effort of its own was set; ``titles`` are those of the
    sector and options named, in each language.
    """

    label: str
    state: dict[str, Any] = field(default_factory=dict)
    decisions: list[tuple[str, Any]] = field(default_factory=list)
    plans: dict[str, list[tuple[str, float, float]]] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    titles: dict[str, Mapping[str, str]] = field(default_factory=dict)
    payments: dict[str, float] = field(default_factory=dict)


def traced_class(base: type[Enterprise], row: int, story: list[Quarter]) -> type[Enterprise]:
    """A subclass that decides as ``base`` and writes down what the traced enterprise decides."""

    def observed(name: str) -> Any:
        def decide(self: Any, *arguments: Any) -> Any:
            result = getattr(base, name)(self, *arguments)
            if self.row == row and story:
                note(self, story[-1], name, arguments, result)
            return result

        return decide

    return type(f"Traced{base.__name__}", (base,), {name: observed(name) for name in DECISIONS})


def note(firm: Any, quarter: Quarter, name: str, arguments: Any, result: Any) -> None:
    """Write down one decision; for treatment also the cost of every candidate plan."""
    if name == "choose_treatment":
        medium = arguments[-1]
        plans = quarter.plans[MEDIA[medium]] = candidate_costs(firm, *arguments)
        quarter.chosen[MEDIA[medium]] = plan_taken(plans, float(result))
        quarter.decisions.append((f"effort {MEDIA[medium]}", round(float(result), 3)))
    elif name == "choose_voc_treatment":
        quarter.decisions.append(("effort voc", round(float(result), 3)))
    elif name in ("choose_options", "choose_for_result"):
        bought = list(options_in(firm, quarter, int(result)))
        what = "buys" if name == "choose_options" else "buys for the audit's result"
        quarter.decisions.append((what, ", ".join(bought) or "nothing"))
    elif name in ("choose_reported_share", "hides_exceedance"):
        quarter.decisions.append((f"{name.replace('_', ' ')} {MEDIA[arguments[-1]]}", result))
    else:
        quarter.decisions.append((name.replace("_", " "), bool(result)))


def options_in(firm: Any, quarter: Quarter, bits: int) -> Iterator[str]:
    """Names of the options in a bit set of the enterprise's sector; notes their titles."""
    for place, option in enumerate(sector_of(firm).option):
        if bits >> place & 1:
            quarter.titles[option.name] = option.title
            yield option.name


def sector_of(firm: Any) -> Sector:
    """The sector of an enterprise as its file describes it."""
    return catalogue_of(firm.model.parks)[firm.sector]


def plan_taken(plans: Sequence[tuple[str, float, float]], effort: float) -> str:
    """Name of the plan with this effort, the first of those that coincide; empty for none."""
    return next((name for name, one, _ in plans if abs(one - effort) < SAME_EFFORT), "")


def candidate_costs(
    firm: Any, sector: Any, policy: Any, behaviour: Any, park: Any, medium: int
) -> list[tuple[str, float, float]]:
    """Plan, effort and believed cost (10,000 CNY) of each candidate."""
    found = candidate_plans(firm, sector, policy, behaviour, park, medium)
    return [(name, effort, cost) for name, (effort, cost) in found.items()]


def open_quarter(firm: Any, label: str) -> Quarter:
    """A quarter's page, with who stands on the site as it begins."""
    sector = sector_of(firm)
    who = {
        "sector": sector.name,
        "size": SIZES[firm.size_class],
        "founded": int(firm.founded),
    }
    return Quarter(label, state=who, titles={sector.name: sector.title})


def close(firm: Any, quarter: Quarter) -> None:
    """Write down where the quarter left the enterprise."""
    names = ("output", "cash", "technology", "attitude", "knowledge", "belief")
    quarter.state.update((name, getattr(firm, name)) for name in names)
    quarter.state["limit_ratio"] = [round(float(value), 3) for value in firm.ratio]
    quarter.state["reported"] = [round(float(value), 3) for value in firm.reported_ratio]
    quarter.state["inspected"] = bool(firm.inspected)
    quarter.state["caught"] = bool(firm.caught)
    quarter.state["replaced"] = int(firm.founded) != quarter.state["founded"]
    close_audit(firm, quarter)
    if firm.audited:
        quarter.state["found"] = int(firm.found)
    if firm.evaluated:
        quarter.state["level"] = LEVELS[firm.level]
        quarter.state["true_level"] = LEVELS[firm.true_level]
        quarter.state["score"] = float(firm.score)
        quarter.state["accepted"] = bool(firm.accepted)
    for payment in PAYMENTS:
        amount = getattr(firm.paid, payment.name)
        if amount and payment.name not in ("sales", "materials"):
            quarter.payments[payment.name] = float(amount)


def close_audit(firm: Any, quarter: Quarter) -> None:
    """Write down where an audit stands between registration and result."""
    quarter.state["waiting"] = int(firm.waiting)
    quarter.state["until_result"] = int(firm.until_result)
    if firm.audited or firm.until_result or firm.evaluated:
        recommended = int(firm.recommended)
        quarter.state["genuine"] = bool(firm.genuine)
        quarter.state["recommended"] = list(options_in(firm, quarter, recommended))
        quarter.state["recommended_in_place"] = (recommended & int(firm.implemented)).bit_count()


def trace(
    scenario: Scenario | str | Path,
    park: Park | str | Path,
    enterprise: str,
    rng: int = 1,
    quarters: int = 60,
    enterprise_class: type[Enterprise] = Enterprise,
) -> list[Quarter]:
    """Run with agents and return one enterprise's story, quarter by quarter.

    ``enterprise`` is its identifier: the user's own, or its number from 1.
    """
    story: list[Quarter] = []
    parks = as_parks(park)
    names = identities(parks)
    if enterprise not in names:
        raise InputError(
            "no enterprise '{enterprise}' in the park{hint} (identifiers run from "
            "{first} to {last})",
            enterprise=enterprise,
            hint=nearest(enterprise, names),
            first=names[0],
            last=names[-1],
        )
    row = names.index(enterprise)
    watched = traced_class(enterprise_class, row, story)
    model = ParkModel(scenario, parks, rng=rng, quarters=quarters, enterprise_class=watched)
    firm = next(agent for agent in model.agents_by_type[watched] if agent.row == row)
    while model.running:
        story.append(open_quarter(firm, quarter_label(model.steps)))
        model.step()
        close(firm, story[-1])
    return story
