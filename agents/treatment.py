"""End-of-pipe treatment: loads, limits, taxes and fines, and what is discharged.

Effort e in [0, 1] removes e times what the installation can remove. How it is chosen is told in
:mod:`cleanpark.agents.abatement` and :mod:`cleanpark.agents.plans`.
"""

from __future__ import annotations

from cleanpark.agents.behaviour import behaviour
from cleanpark.agents.elementary import exponential
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import EnterpriseState, ParkState, SectorData
from cleanpark.agents.state import (
    AIR,
    END_FLOW,
    FIRST_FLOW,
    FRESH_WATER,
    N_MEDIA,
    WASTE,
    WATER,
)
from cleanpark.scenarios import law

tax_share = behaviour(law.tax_share)
"""Share of the tax that is due by discharge over the limit: the statute's own function."""

CNY = 1e-4
"""10,000 CNY in a CNY."""
LOGISTIC_SCALE = 0.5513288954217921
"""sqrt(3) / pi: gives the logistic distribution a standard deviation of one."""


@behaviour
def production(enterprise: EnterpriseState) -> float:
    """Output of this quarter after a production restriction, 10,000 CNY."""
    return enterprise.output * (1.0 - enterprise.restriction)


@behaviour
def to_works(enterprise: EnterpriseState, medium: int) -> bool:
    """Whether this medium goes to the park's central works instead of the environment."""
    return medium == WATER and enterprise.connected > 0


@behaviour
def limit(enterprise: EnterpriseState, sector: SectorData, park: ParkState, medium: int) -> float:
    """Equivalents that the enterprise may discharge this quarter; to the works, the sewer limit.

    Limits are concentrations in law, so they follow the product mix.
    """
    allowed = sector.limit[medium] * enterprise.mix * production(enterprise)
    if to_works(enterprise, medium):
        allowed *= park.works_limit
    return allowed


@behaviour
def tax_rate(enterprise: EnterpriseState, policy: PolicyLevers, medium: int) -> float:
    """Environmental protection tax, 10,000 CNY per equivalent; none on what goes to the works
    (Environmental Protection Tax Law, Article 4)."""
    if medium == AIR:
        return policy.air_tax_rate * CNY
    if medium == WATER:
        return 0.0 if enterprise.connected > 0 else policy.water_tax_rate * CNY
    return policy.solid_waste_tax_rate * CNY


@behaviour
def water_price(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters
) -> float:
    """Price of fresh water, 10,000 CNY per m3; who pays the central works' fee pays no public
    sewerage as well."""
    price = policy.water_price
    if enterprise.connected > 0:
        price = max(0.0, price - behaviour.sewerage_price)
    return price * CNY


@behaviour
def works_fee(enterprise: EnterpriseState, sector: SectorData, park: ParkState) -> float:
    """Fee of the central works for the wastewater that a m3 of fresh water becomes, 10,000 CNY."""
    if enterprise.connected == 0:
        return 0.0
    return sector.wastewater / sector.worst[FRESH_WATER] * park.works_fee


@behaviour
def treatment_slope(enterprise: EnterpriseState, sector: SectorData, medium: int) -> float:
    """Marginal variable cost of an equivalent removed at full effort, 10,000 CNY."""
    return sector.treatment_slope[medium] * enterprise.cost_factor * CNY


@behaviour
def shock_scale(enterprise: EnterpriseState, behaviour: BehaviourParameters) -> float:
    """Scale of the shock between planned and realised discharge; smaller with good records."""
    steadiness = 1.0 - behaviour.management_effect * enterprise.data_quality
    return behaviour.operation_spread * steadiness * LOGISTIC_SCALE


@behaviour
def removal(enterprise: EnterpriseState, sector: SectorData, flow: int) -> float:
    """Share of a flow that the enterprise's own installation takes out at full effort."""
    return sector.removal[flow] * (1.0 - enterprise.shortfall[flow])


@behaviour
def prepare_treatment(
    enterprise: EnterpriseState, sector: SectorData, behaviour: BehaviourParameters, park: ParkState
) -> None:
    """Set what treatment starts from this quarter, by medium: the equivalents that production
    generates, those that full effort takes out, the limit; and how steady operations are."""
    made = production(enterprise)
    for medium in range(N_MEDIA):
        generated = 0.0
        removable = 0.0
        for flow in range(FIRST_FLOW[medium], END_FLOW[medium]):
            equivalents = enterprise.intensity[flow] * sector.equivalent[flow]
            generated += equivalents
            removable += equivalents * removal(enterprise, sector, flow)
        enterprise.generated[medium] = generated * made
        enterprise.removable[medium] = removable * made
        enterprise.allowed[medium] = limit(enterprise, sector, park, medium)
    scale = shock_scale(enterprise, behaviour)
    enterprise.shock_scale = scale


@behaviour
def operation_shock(log_odds: float, scale: float) -> float:
    """Factor between planned and realised discharge: log-logistic with median 1.

    It has the log-normal's shape and standard deviation, and a probability in closed form.
    """
    return exponential(scale * log_odds)


@behaviour
def severity(ratio: float, behaviour: BehaviourParameters) -> float:
    """Factor on the base fine by how far the limit is exceeded, at most 3."""
    return min(3.0, 1.0 + behaviour.severity_slope * max(0.0, ratio - 1.0))


@behaviour
def escalation(policy: PolicyLevers, record: int) -> float:
    """Factor on the fine for violations found before, counted up to six."""
    factor = 1.0
    for _ in range(min(record, 6)):
        factor *= policy.fine_escalation
    return factor


@behaviour
def acted_on(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters
) -> float:
    """Probability that an exceedance is acted on which the enterprise's own readings show: as
    real-time readings are, or so many times as often as an enterprise is inspected."""
    if enterprise.monitored > 0:
        return policy.monitoring_enforcement
    return min(1.0, policy.inspection_rate * behaviour.report_visibility)


@behaviour
def fine_for(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    base: float,
    ratio: float,
) -> float:
    """Fine for a violation found, 10,000 CNY: by repetition and severity on a base, capped at the
    statutory band's upper end."""
    repeated = base * escalation(policy, enterprise.record)
    return capped_fine(repeated, policy, behaviour, ratio)


@behaviour
def dumping_fine(behaviour: BehaviourParameters, saved: float) -> float:
    """Fine for waste dumped, by what its disposal would have cost, 10,000 CNY."""
    return min(behaviour.dumping_cap, behaviour.dumping_multiple * saved)


@behaviour
def capped_fine(
    repeated: float, policy: PolicyLevers, behaviour: BehaviourParameters, ratio: float
) -> float:
    """Fine by severity on what repetition has made of the base, at most the band's upper end."""
    return min(repeated * severity(ratio, behaviour), max(policy.fine, behaviour.fine_cap))


@behaviour
def relief_applies(
    enterprise: EnterpriseState, behaviour: BehaviourParameters, medium: int
) -> bool:
    """Whether a reduction of the tax can be had: for air and water, where the discharge is
    measured as the statute demands (Implementing Regulations, Articles 10 and 11): automatic
    monitoring or good records."""
    if medium == WASTE:
        return False
    return enterprise.monitored > 0 or enterprise.data_quality >= behaviour.relief_data_quality


@behaviour
def minimum_load(behaviour: BehaviourParameters, medium: int) -> float:
    """Least effort at which the installation of a medium can run."""
    if medium == AIR:
        return behaviour.minimum_load_air
    return behaviour.minimum_load_water if medium == WATER else behaviour.minimum_load_waste


@behaviour
def is_bypassed(enterprise: EnterpriseState, behaviour: BehaviourParameters, medium: int) -> bool:
    """Whether an installation stands still although the limit is exceeded."""
    stands = enterprise.effort[medium] < minimum_load(behaviour, medium)
    return stands and enterprise.removable[medium] > 0.0 and enterprise.ratio[medium] > 1.0


@behaviour
def fixed_cost(enterprise: EnterpriseState, sector: SectorData, medium: int) -> float:
    """Fixed cost of a medium's installation this quarter, 10,000 CNY: sized for what production
    would generate with no option, and paid whatever is treated."""
    capacity = 0.0
    for flow in range(FIRST_FLOW[medium], END_FLOW[medium]):
        load = enterprise.base[flow] * sector.equivalent[flow]
        capacity += load * removal(enterprise, sector, flow)
    rate = sector.treatment_fixed[medium] * enterprise.cost_factor * CNY
    return rate * capacity * enterprise.output


@behaviour
def ordinary_fixed_cost(sector: SectorData) -> float:
    """Fixed cost of treatment of an ordinary enterprise of the sector, share of output."""
    cost = 0.0
    for medium in range(N_MEDIA):
        for flow in range(FIRST_FLOW[medium], END_FLOW[medium]):
            capacity = sector.worst[flow] * sector.equivalent[flow] * sector.removal[flow]
            cost += sector.treatment_fixed[medium] * capacity * CNY
    return cost


@behaviour
def discharge(enterprise: EnterpriseState, sector: SectorData, flow: int, medium: int) -> float:
    """What leaves the enterprise of a flow this quarter, in the flow's unit.

    What goes to the works is counted at the enterprise's outlet; the works' removal comes after.
    """
    amount = enterprise.intensity[flow] * production(enterprise)
    left = amount * (1.0 - removal(enterprise, sector, flow) * enterprise.effort[medium])
    return min(amount, left * enterprise.shock[medium])
