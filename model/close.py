"""Line 12: what a quarter adds to the outcomes of an enterprise's cell and of a park."""

from __future__ import annotations

from typing import Any

from cleanpark.agents.accounts import burden
from cleanpark.agents.behaviour import behaviour, seldom
from cleanpark.agents.bits import count_options
from cleanpark.agents.inspection import apparently_complies
from cleanpark.agents.state import (
    DIVIDENDS,
    EQUITY,
    N_MEDIA,
    N_PARK_PAYMENTS,
    N_PAYMENTS,
    TEAM_PENALTIES,
    WATER,
    WORKS_TAX,
    WORKS_TREATMENT,
    WRITE_OFF,
)
from cleanpark.agents.treatment import (
    CNY,
    END_FLOW,
    FIRST_FLOW,
    discharge,
    production,
    to_works,
)
from cleanpark.model import measures as m


@behaviour
def add_flow(row: Any, sector: Any, flow: int, amount: float, reported: float) -> None:
    """Add one flow that reached the environment, and what was reported of it."""
    row[m.FLOW + flow] += amount
    row[m.REPORTED + flow] += reported
    row[m.DAMAGE] += amount * sector.damage[flow]
    row[m.EQUIVALENTS] += amount * sector.equivalent[flow]


@behaviour
def add_flows(row: Any, enterprise: Any, sector: Any, park: Any) -> None:
    """Resources used, pollutants discharged to the environment, carbon dioxide."""
    made = production(enterprise)
    for flow in (0, 1, 9):
        amount = enterprise.intensity[flow] * made
        add_flow(row, sector, flow, amount, amount)
    for medium in range(N_MEDIA):
        passed = 1.0 - park.works_removal if to_works(enterprise, medium) else 1.0
        ratio = enterprise.ratio[medium]
        told = enterprise.reported_ratio[medium] / ratio if ratio > 0.0 else 1.0
        for flow in range(FIRST_FLOW[medium], END_FLOW[medium]):
            amount = discharge(enterprise, sector, flow, medium) * passed
            add_flow(row, sector, flow, amount, amount * told)


@behaviour
def add_audit(row: Any, enterprise: Any, policy: Any, park: Any) -> None:
    """Coverage and levels of all; effort, error and spread of those audited this quarter."""
    if park.quarter - enterprise.last_audit < 20:
        row[m.COVERED] += 1.0
    if enterprise.level == 1:
        row[m.LEVEL_ONE] += 1.0
    elif enterprise.level == 2:
        row[m.LEVEL_TWO] += 1.0
    elif enterprise.level == 3:
        row[m.LEVEL_THREE] += 1.0
    if enterprise.audited > 0:
        row[m.AUDITS] += 1.0
        row[m.GENUINE] += enterprise.genuine
        row[m.MISCLASSIFIED] += 0.0 if enterprise.level == enterprise.true_level else 1.0
        row[m.SPREAD] += enterprise.spread
        row[m.SCORE] += enterprise.score
        row[m.FOUND] += enterprise.found


@behaviour
def cell_of(enterprise: Any, cells: int) -> int:
    """Row of the totals that an enterprise is added to; one row when nothing is grouped."""
    if cells == 1:
        return 0
    return int(
        enterprise.sector * m.CELLS_PER_SECTOR
        + enterprise.size_class * m.N_ATTITUDES
        + enterprise.attitude_group
    )


@behaviour
def add_exit(row: Any, debt: float, taken: float, capital: float) -> None:
    """Add the change of tenant on a site: banks' loss, owners' withdrawal, new capital."""
    row[m.EXITS] += 1.0
    row[m.PAID + WRITE_OFF] += debt
    row[m.PAID + DIVIDENDS] += taken
    row[m.PAID + EQUITY] += capital


@behaviour
def close_enterprise(
    enterprise: Any, sector: Any, policy: Any, behaviour: Any, park: Any, row: Any
) -> None:
    """Add an enterprise's quarter to the sums of its cell."""
    row[m.COUNT] += 1.0
    row[m.OUTPUT] += production(enterprise)
    add_flows(row, enterprise, sector, park)
    for item in range(N_PAYMENTS):
        row[m.PAID + item] += enterprise.paid[item]
    row[m.COMPLIANT] += 1.0 - enterprise.violating
    row[m.APPARENT] += 1.0 if apparently_complies(enterprise) else 0.0
    add_audit(row, enterprise, policy, park)
    row[m.IDENTIFIED] += count_options(enterprise.identified)
    row[m.IMPLEMENTED] += count_options(enterprise.implemented)
    row[m.TOLD] += count_options(enterprise.told_by_peers)
    row[m.TECHNOLOGY] += enterprise.technology
    row[m.TECHNOLOGY_SQUARE] += enterprise.technology * enterprise.technology
    borne = burden(enterprise)
    row[m.BURDEN] += borne
    row[m.BURDEN_SQUARE] += borne * borne
    row[m.ATTITUDE] += enterprise.attitude
    row[m.KNOWLEDGE] += enterprise.knowledge
    row[m.BELIEF] += enterprise.belief
    row[m.INSPECTED] += enterprise.inspected
    row[m.CAUGHT] += enterprise.caught
    row[m.MONITORED] += enterprise.monitored


@seldom
def close_park(
    park: Any,
    policy: Any,
    behaviour: Any,
    sectors: Any,
    totals: Any,
    place: int,
    cells: int,
    park_totals: Any,
) -> None:
    """The central works' own discharge tax and treatment; the treasury's balance."""
    discharged = 0.0
    received = 0.0
    for flow in range(FIRST_FLOW[WATER], END_FLOW[WATER]):
        received += park.works_load[flow] * sectors[0].equivalent[flow]
    discharged = received * (1.0 - park.works_removal)
    park.paid[WORKS_TAX] += discharged * policy.water_tax_rate * CNY
    park.paid[WORKS_TREATMENT] += (received - discharged) * behaviour.works_cost * CNY
    income = park.paid[WORKS_TAX] + park.paid[TEAM_PENALTIES]
    spending = 0.0
    for item in range(N_PARK_PAYMENTS):
        if item != WORKS_TAX and item != TEAM_PENALTIES and item != WORKS_TREATMENT:
            spending += park.paid[item]
    for cell in range(cells):
        row = totals[place, cell].sums
        for item in range(9, 14):
            income += row[m.PAID + item]
        spending += row[m.PAID + 14] + row[m.PAID + 15]
    park.treasury += income - spending
    for item in range(N_PARK_PAYMENTS):
        park_totals[item] = park.paid[item]
    park_totals[N_PARK_PAYMENTS] = park.treasury
    park_totals[N_PARK_PAYMENTS + 1] = park.reference_scale
