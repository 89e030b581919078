"""Growth by relative cost, and the end of an enterprise that cannot pay."""

from __future__ import annotations

from cleanpark.agents.behaviour import behaviour, decision
from cleanpark.agents.draws import another_draw
from cleanpark.agents.elementary import exponential
from cleanpark.agents.inspection import must_close
from cleanpark.agents.investment import credit_line
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import Draws, EnterpriseState, ParkState, SectorData
from cleanpark.agents.statements import unit_costs
from cleanpark.agents.treatment import production

OWN_REASONS = 3
"""Number by which this draw is told from others of one uniform."""


@behaviour
def unit_cost(enterprise: EnterpriseState) -> float:
    """All that the enterprise paid this quarter for a unit of what it produced, without
    dividends; for one that stands still, for a thousandth of its output."""
    made = max(production(enterprise), 1e-3 * enterprise.output)
    return max(1e-6, unit_costs(enterprise.paid) / max(made, 1e-9))


@behaviour
def grow(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    mean_log_cost: float,
    demand: float,
) -> None:
    """Output follows the sector's growth, what buyers take at the sector's price, and the
    enterprise's cost against its sector."""
    rate = (sector.growth + policy.output_growth) / 4.0
    relative = enterprise.log_cost - mean_log_cost
    relative = min(0.5, max(-0.5, relative))
    factor = (1.0 + rate) * exponential(-behaviour.cost_elasticity / 4.0 * relative)
    enterprise.output *= factor * demand


@behaviour
def count_hard_times(enterprise: EnterpriseState, behaviour: BehaviourParameters) -> None:
    """Count the quarters in a row in which cash is below the credit line."""
    if enterprise.cash < -credit_line(enterprise, behaviour):
        enterprise.hard_times += 1
    else:
        enterprise.hard_times = 0


@decision
def leaves(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> bool:
    """Whether the enterprise gives up its site: persistent lack of cash, or ordered closure."""
    if must_close(enterprise, policy):
        return True
    return enterprise.hard_times > behaviour.patience


@behaviour
def gives_up(behaviour: BehaviourParameters, draws: Draws) -> bool:
    """Whether the enterprise leaves for reasons of its own, as enterprises of any industry do."""
    return another_draw(draws.chance, OWN_REASONS) < behaviour.turnover / 4.0
