"""Process technology: cleaner-production options as bit sets, intensities, lapses."""

from __future__ import annotations

import numpy as np

from cleanpark.agents.behaviour import behaviour, seldom
from cleanpark.agents.bits import first_option
from cleanpark.agents.draws import another_draw
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import Draws, EnterpriseState, Options, ParkState, SectorData
from cleanpark.agents.state import N_FLOWS
from cleanpark.scenarios.levers import choice
from cleanpark.scenarios.sectors import KINDS as OPTION_KINDS

HOUSEKEEPING, EQUIPMENT, RECYCLING = map(
    OPTION_KINDS.index, ("housekeeping", "equipment", "recycling")
)
NONE_NEW = choice("new_options", "none")
NO_OPTIONS = np.uint64(0)
ONE = np.uint64(1)
ALL_OPTIONS = np.uint64(2**64 - 1)


@behaviour
def no_options() -> np.uint64:
    """The empty bit set."""
    return NO_OPTIONS


@behaviour
def all_options(sector: SectorData) -> np.uint64:
    """The bit set of all options of a sector."""
    return ALL_OPTIONS >> np.uint64(64 - sector.options)


@behaviour
def has_option(options: Options, option: int) -> bool:
    """Whether the bit set holds the option."""
    return (np.uint64(options) >> np.uint64(option)) & np.uint64(1) != np.uint64(0)


@behaviour
def with_option(options: Options, option: int) -> np.uint64:
    """The bit set with the option in it."""
    return np.uint64(options) | (np.uint64(1) << np.uint64(option))


@behaviour
def without_option(options: Options, option: int) -> np.uint64:
    """The bit set with the option taken out."""
    return np.uint64(options) & ~(np.uint64(1) << np.uint64(option))


@behaviour
def without_first(options: Options) -> np.uint64:
    """The bit set without its option of the smallest number."""
    return np.uint64(options) & (np.uint64(options) - ONE)


@behaviour
def is_offered(sector: SectorData, policy: PolicyLevers, park: ParkState, option: int) -> bool:
    """Whether the option can be bought by this quarter; none new arrive if the market has none."""
    if sector.available[option] > park.quarter:
        return False
    return sector.available[option] <= 0.0 or policy.new_options != NONE_NEW


@behaviour
def suitability(enterprise: EnterpriseState, behaviour: BehaviourParameters, option: int) -> float:
    """How well the option suits this enterprise: a factor on what it saves, around 1."""
    low = 1.0 - behaviour.suitability_range
    return low + 2.0 * behaviour.suitability_range * (enterprise.suitability[option] / 255.0)


@behaviour
def saved_share(
    enterprise: EnterpriseState,
    sector: SectorData,
    behaviour: BehaviourParameters,
    option: int,
    flow: int,
) -> float:
    """Fraction of the flow that the option saves here, at most 95 %."""
    return min(0.95, sector.saving[option, flow] * suitability(enterprise, behaviour, option))


@seldom
def refresh_technology(
    enterprise: EnterpriseState, sector: SectorData, behaviour: BehaviourParameters
) -> None:
    """Intensities, technology level and running cost that follow from the implemented options.

    Intensity is worst practice times the enterprise's own heterogeneity times the product of
    what each implemented option leaves; the technology level is the share of the sector's
    worst-to-best potential, in logarithms, that the implemented options realise.
    """
    for flow in range(N_FLOWS):
        enterprise.intensity[flow] = enterprise.base[flow]
    running = 0.0
    material = 0.0
    level = 0.0
    renewal = 0.0
    held = np.uint64(enterprise.implemented)
    while held != NO_OPTIONS:
        option = first_option(held)
        held = without_first(held)
        fit = suitability(enterprise, behaviour, option)
        for flow in range(N_FLOWS):
            saved = sector.saving[option, flow] * fit
            enterprise.intensity[flow] *= 1.0 - (saved if saved < 0.95 else 0.95)
        running += sector.running_cost[option]
        material += sector.material_saving[option] * fit
        level += sector.option_weight[option]
        renewal += sector.technique_weight[option]
    enterprise.option_running = running
    enterprise.material_saving = material
    enterprise.technology = min(1.0, level)
    enterprise.renewal = min(1.0, renewal)


@behaviour
def lessen_inefficiency(enterprise: EnterpriseState, sector: SectorData, share: float) -> None:
    """Take away a share of what the enterprise uses or generates more than worst practice of its
    product mix with no option: inefficiency that is its own, which good operation mends."""
    for flow in range(N_FLOWS):
        excess = enterprise.base[flow] - sector.worst[flow] * enterprise.mix
        if excess > 0.0:
            enterprise.base[flow] -= share * excess


@behaviour
def management_quality(enterprise: EnterpriseState) -> float:
    """Quality of environmental management: half knowledge, half records and meters, in [0, 1]."""
    return 0.5 * enterprise.knowledge + 0.5 * enterprise.data_quality


@behaviour
def let_housekeeping_lapse(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    draws: Draws,
) -> bool:
    """Drop housekeeping options that nobody kept up; True when any lapsed.

    A lapse is noticed by nobody: the option has to be found anew, by an audit, a peer or oneself.
    The yearly hazard is lower where advice is followed up and management is good.
    """
    care = (1.0 - policy.follow_up) * (1.0 - management_quality(enterprise))
    hazard = behaviour.lapse_hazard * care / 4.0
    if hazard <= 0.0:
        return False
    lapsed = False
    held = np.uint64(enterprise.implemented) & np.uint64(sector.housekeeping)
    while held != NO_OPTIONS:
        option = first_option(held)
        held = without_first(held)
        if another_draw(draws.lapse, option) < hazard:
            enterprise.implemented = without_option(enterprise.implemented, option)
            enterprise.identified = without_option(enterprise.identified, option)
            enterprise.told_by_peers = without_option(enterprise.told_by_peers, option)
            lapsed = True
    return lapsed
