"""Line 12: what a quarter adds to the outcomes of an enterprise's cell and of a park."""

from __future__ import annotations

from collections.abc import Sequence

from cleanpark.agents.accounts import burden
from cleanpark.agents.behaviour import behaviour, seldom
from cleanpark.agents.bits import count_options
from cleanpark.agents.carbon import carbon_intensity
from cleanpark.agents.inspection import apparently_complies
from cleanpark.agents.organics import share_told, voc_discharge
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import CellSums, EnterpriseState, ParkState, ParkSums, SectorData
from cleanpark.agents.state import (
    CARBON_DIOXIDE,
    END_FLOW,
    FIRST_FLOW,
    LEVEL_I,
    LEVEL_II,
    LEVEL_III,
    N_MEDIA,
    UNTREATED_FLOWS,
    VOC,
    WATER,
)
from cleanpark.agents.statements import (
    add,
    keep_park,
    park_outlays,
    park_revenue,
    support,
    with_revenue,
)
from cleanpark.agents.treatment import (
    CNY,
    discharge,
    production,
    to_works,
)
from cleanpark.model.measures import CELLS_PER_SECTOR, N_ATTITUDES

COVERED_FOR = 20
"""Quarters for which an audit counts as covering an enterprise."""


@behaviour
def add_flow(row: CellSums, sector: SectorData, flow: int, amount: float, reported: float) -> None:
    """Add one flow that reached the environment, and what was reported of it."""
    row.flow[flow] += amount
    row.reported[flow] += reported
    row.damage += amount * sector.damage[flow]
    row.equivalents += amount * sector.equivalent[flow]


@behaviour
def add_flows(
    row: CellSums,
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    park: ParkState,
) -> None:
    """Resources used, pollutants discharged to the environment, carbon dioxide, organics."""
    made = production(enterprise)
    for flow in UNTREATED_FLOWS:
        intensity = enterprise.intensity[flow]
        if flow == CARBON_DIOXIDE:
            intensity = carbon_intensity(enterprise, sector, policy)
        add_flow(row, sector, flow, intensity * made, intensity * made)
    for medium in range(N_MEDIA):
        passed = 1.0 - park.works_removal if to_works(enterprise, medium) else 1.0
        ratio = enterprise.ratio[medium]
        told = enterprise.reported_ratio[medium] / ratio if ratio > 0.0 else 1.0
        for flow in range(FIRST_FLOW[medium], END_FLOW[medium]):
            amount = discharge(enterprise, sector, flow, medium) * passed
            add_flow(row, sector, flow, amount, amount * told)
    organic = voc_discharge(enterprise, sector)
    add_flow(row, sector, VOC, organic, organic * share_told(enterprise))


@behaviour
def add_audit(
    row: CellSums, enterprise: EnterpriseState, policy: PolicyLevers, park: ParkState
) -> None:
    """Coverage and levels of all; effort of those audited this quarter; acceptance, error and
    spread of those evaluated."""
    if park.quarter - enterprise.last_audit < COVERED_FOR:
        row.covered += 1.0
    if enterprise.level == LEVEL_I:
        row.level_one += 1.0
    elif enterprise.level == LEVEL_II:
        row.level_two += 1.0
    elif enterprise.level == LEVEL_III:
        row.level_three += 1.0
    if enterprise.audited > 0:
        row.audits += 1.0
        row.genuine += enterprise.genuine
    if enterprise.evaluated > 0:
        row.evaluations += 1.0
        row.accepted += enterprise.accepted
        row.misclassified += 0.0 if enterprise.level == enterprise.true_level else 1.0
        row.spread += enterprise.spread


@behaviour
def cell_of(enterprise: EnterpriseState, cells: int) -> int:
    """Row of the totals that an enterprise is added to; one row when nothing is grouped."""
    if cells == 1:
        return 0
    return int(
        enterprise.sector * CELLS_PER_SECTOR
        + enterprise.size_class * N_ATTITUDES
        + enterprise.attitude_group
    )


@behaviour
def add_exit(row: CellSums, debt: float, taken: float, capital: float) -> None:
    """Add the change of tenant on a site: banks' loss, owners' withdrawal, new capital."""
    row.exits += 1.0
    row.paid.write_off += debt
    row.paid.dividends += taken
    row.paid.equity += capital


@behaviour
def close_enterprise(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    row: CellSums,
) -> None:
    """Add an enterprise's quarter to the sums of its cell."""
    row.enterprises += 1.0
    row.output += production(enterprise)
    add_flows(row, enterprise, sector, policy, park)
    add(row.paid, enterprise.paid)
    row.compliant += 1.0 - enterprise.violating
    row.apparently_compliant += 1.0 if apparently_complies(enterprise) else 0.0
    add_audit(row, enterprise, policy, park)
    row.identified += count_options(enterprise.identified)
    row.implemented += count_options(enterprise.implemented)
    row.told += count_options(enterprise.told_by_peers)
    row.technology += enterprise.technology
    row.technology_square += enterprise.technology * enterprise.technology
    borne = burden(enterprise)
    row.burden += borne
    row.burden_square += borne * borne
    row.attitude += enterprise.attitude
    row.knowledge += enterprise.knowledge
    row.belief += enterprise.belief
    row.inspected += enterprise.inspected
    row.caught += enterprise.caught
    row.monitored += enterprise.monitored


@seldom
def close_park(
    park: ParkState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    sectors: Sequence[SectorData],
    cells: Sequence[CellSums],
    sums: ParkSums,
) -> None:
    """The central works' own discharge tax and treatment; the treasury's balance."""
    received = 0.0
    for flow in range(FIRST_FLOW[WATER], END_FLOW[WATER]):
        received += park.works_load[flow] * sectors[0].equivalent[flow]
    discharged = received * (1.0 - park.works_removal)
    park.paid.works_tax += discharged * policy.water_tax_rate * CNY
    park.paid.works_treatment += (received - discharged) * behaviour.works_cost * CNY
    income = park_revenue(park.paid)
    spending = park_outlays(park.paid)
    for cell in range(len(cells)):
        income = with_revenue(income, cells[cell].paid)
        spending += support(cells[cell].paid)
    park.treasury += income - spending
    keep_park(sums.paid, park.paid)
    sums.treasury = park.treasury
    sums.reference_scale = park.reference_scale
