"""How much of its load an enterprise removes: the cheapest plan in its own eyes.

Installed treatment is sunk: its fixed cost is paid whatever is decided. What is decided is the
effort e, the share of its capacity at which the installation runs: between a minimum load, below
which it cannot be kept in operation, and 1; or 0, which is to bypass it. The expected cost of a
quarter, of which the plan is the minimum, is

    V(e) + T(D) (1 - cut (1 - p)) + p S(r) + p^2 A,

with variable cost V = c R e^2 / 2, planned discharge D = L - R e, its ratio r to the limit, tax T
with its statutory cut, probability p(r) that the realised ratio is above 1, sanctions S when it
is, and A for what only a violation that goes on brings. Loads and limits are in pollution
equivalents a quarter, money in 10,000 CNY.

Away from notches the best plan's marginal cost is the shadow price of discharge,

    c e = T' + d(p S + p^2 A) / dD,

which is solved for the log-odds of exceeding, from which both p and r follow in closed form.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from cleanpark.agents.behaviour import behaviour, seldom
from cleanpark.agents.elementary import exponential, logarithm

START_ODDS = -4.0
"""Log-odds of exceeding from which the complying plan is sought: about two per cent."""


class Plant(NamedTuple):
    """Treatment of one medium in one quarter: loads, limit, and what running it costs."""

    generated: float
    """Equivalents that production generates."""
    removable: float
    """Equivalents that full effort takes out."""
    allowed: float
    """Equivalents that the limit allows; zero where there is none."""
    spread: float
    """Scale of the log-logistic shock between planned and realised discharge."""
    floor: float
    """Least effort at which the installation can run."""
    slope: float
    """Marginal variable cost of an equivalent removed at full effort, 10,000 CNY."""


class Charge(NamedTuple):
    """The environmental tax on a medium, as far as it is declared."""

    rate: float
    """10,000 CNY per equivalent discharged."""
    cut_30: float
    """Share cut 30 % below the limit; zero for those who cannot claim it."""
    cut_50: float
    """Share cut 50 % below the limit; zero for those who cannot claim it."""


class Stake(NamedTuple):
    """What exceeding a limit costs in expectation, once it happens; 10,000 CNY."""

    flat: float
    """Whatever the extent: moral cost, lost production, daily fine, closure."""
    unit: float
    """Fine at the limit, which severity multiplies."""
    steepness: float
    """Increase of that factor for each multiple of the limit."""
    top: float
    """Largest factor."""
    gain: float
    """Share of the treatment cost saved that is confiscated."""
    again: float
    """Further cost if the violation goes on."""


@behaviour
def ratio_at(plant: Plant, effort: float) -> float:
    """Planned discharge over the limit at an effort; zero where there is no limit."""
    if plant.allowed <= 0.0:
        return 0.0
    return (plant.generated - plant.removable * effort) / plant.allowed


@behaviour
def effort_at(plant: Plant, ratio: float) -> float:
    """Effort at which planned discharge is this multiple of the limit; may lie outside [0, 1]."""
    return (plant.generated - ratio * plant.allowed) / plant.removable


@behaviour
def at_risk(plant: Plant) -> bool:
    """Whether the limit can be exceeded at all: it cannot where untreated discharge meets it."""
    return plant.allowed > 0.0 and plant.generated > plant.allowed


@behaviour
def exceedance_probability(ratio: float, spread: float) -> float:
    """Probability that the realised ratio is above 1 when ``ratio`` is planned: the shock's
    logistic in the logarithm of the ratio."""
    if spread <= 1e-9:
        return 1.0 if ratio > 1.0 else 0.0
    if ratio <= 1e-9:
        return 0.0
    return 1.0 / (1.0 + exponential(-logarithm(ratio) / spread))


@behaviour
def exceeds_at(plant: Plant, ratio: float) -> float:
    """Probability of exceeding the limit at a planned ratio; realised discharge is never above
    what is generated."""
    return exceedance_probability(ratio, plant.spread) if at_risk(plant) else 0.0


@behaviour
def variable_cost(plant: Plant, effort: float) -> float:
    """Energy, reagents and sludge of running at an effort, 10,000 CNY."""
    return 0.5 * plant.slope * plant.removable * effort * effort


@behaviour
def severity_factor(stake: Stake, ratio: float) -> float:
    """Factor on the fine by how far the limit is exceeded."""
    if ratio <= 1.0:
        return 1.0
    return min(stake.top, 1.0 + stake.steepness * (ratio - 1.0))


@behaviour
def saved_by_violating(
    generated: float, removable: float, allowed: float, slope: float, effort: float
) -> float:
    """Treatment cost saved against just meeting the limit, as far as that can be met, 10,000
    CNY."""
    if removable <= 0.0:
        return 0.0
    needed = min(1.0, (generated - allowed) / removable)
    if needed <= effort:
        return 0.0
    return 0.5 * slope * removable * (needed * needed - effort * effort)


@behaviour
def gain_at(plant: Plant, effort: float) -> float:
    """Treatment cost that an effort saves against just meeting the limit, 10,000 CNY."""
    return saved_by_violating(plant.generated, plant.removable, plant.allowed, plant.slope, effort)


@behaviour
def sanction_at(plant: Plant, stake: Stake, effort: float, ratio: float) -> float:
    """Believed cost of exceeding once, 10,000 CNY."""
    fine = stake.flat + stake.unit * severity_factor(stake, ratio)
    return fine + stake.gain * gain_at(plant, effort) if stake.gain > 0.0 else fine


@behaviour
def tax_cut(charge: Charge, ratio: float) -> float:
    """Share of the tax cut at a planned ratio (Environmental Protection Tax Law, Article 13)."""
    if ratio <= 0.5 + 1e-9:
        return charge.cut_50
    return charge.cut_30 if ratio <= 0.7 + 1e-9 else 0.0


@behaviour
def expected_cost(
    plant: Plant, charge: Charge, stake: Stake, effort: float, ratio: float, exceeds: float
) -> float:
    """What a plan is believed to cost this quarter, 10,000 CNY: see the module's formula."""
    tax = charge.rate * (plant.generated - plant.removable * effort)
    tax *= 1.0 - tax_cut(charge, ratio) * (1.0 - exceeds)
    believed = sanction_at(plant, stake, effort, ratio) + exceeds * stake.again
    return variable_cost(plant, effort) + tax + exceeds * believed


@behaviour
def plan_cost(plant: Plant, charge: Charge, stake: Stake, effort: float) -> float:
    """Expected cost of running at an effort, 10,000 CNY."""
    ratio = ratio_at(plant, effort)
    return expected_cost(plant, charge, stake, effort, ratio, exceeds_at(plant, ratio))


@behaviour
def within(plant: Plant, effort: float) -> float:
    """The effort, kept where the installation can run."""
    return min(1.0, max(plant.floor, effort))


@behaviour
def taxed_effort(plant: Plant, price: float) -> float:
    """Effort whose marginal cost is a price of discharge, 10,000 CNY per equivalent."""
    return within(plant, price / plant.slope) if plant.slope > 0.0 else 1.0


@behaviour
def balancing_chance(cost: float, once: float, again: float) -> float:
    """The probability p below one half at which less risk is worth what it costs:
    p (1 - p) (once + 2 p again) = ``cost``; one half where it is nowhere worth so much.

    Begins where 1 - p is left out, which is a quadratic, and takes two of Newton's steps.
    """
    chance = 2.0 * cost / (once + math.sqrt(once * once + 8.0 * again * cost))
    for _ in range(2):
        if chance >= 0.5:
            return 0.5
        lost = once + 2.0 * chance * again
        density = chance * (1.0 - chance)
        slope = (1.0 - 2.0 * chance) * lost + 2.0 * again * density
        chance += (cost - density * lost) / slope
    return min(0.5, max(1e-12, chance))


@seldom
def tax_led_plan(plant: Plant, stake: Stake, price: float) -> tuple[float, float, float]:
    """The complying plan where the tax alone takes discharge further below the limit than the
    risk does: one of Newton's steps from the effort that the tax is worth."""
    effort, ratio, exceeds = settled(plant, taxed_effort(plant, price))
    if plant.spread <= 1e-9 or ratio <= 0.0 or exceeds <= 0.0 or effort >= 1.0:
        return effort, ratio, exceeds
    discharge = plant.allowed * ratio
    lost = stake.flat + stake.unit + 2.0 * exceeds * stake.again
    rise = exceeds * (1.0 - exceeds) * lost / (plant.spread * discharge)
    bend = plant.slope + plant.removable * rise * (1.0 / plant.spread - 1.0) / discharge
    return settled(plant, within(plant, effort + rise / bend))


@behaviour
def newton_gain(plant: Plant, discharge: float, cost: float, exceeds: float) -> float:
    """Factor on a fixed-point step that makes it one of Newton's: how the ratio that balances
    moves with the ratio it was balanced at. Near the steepest place steps stay as they are."""
    flat = 1.0 - 2.0 * exceeds
    if flat < 0.1:
        return 1.0
    falls = plant.slope * discharge / (plant.removable * cost)
    moves = plant.spread * (1.0 - falls) / flat
    return 1.0 / (1.0 - min(0.5, max(-2.0, moves)))


@behaviour
def start_ratio(below: float) -> float:
    """The ratio whose logarithm is so far below zero, nearly: a series is enough to begin from."""
    return 1.0 / (1.0 + below * (1.0 + below * (0.5 + below / 6.0)))


@behaviour
def complying_plan(plant: Plant, charge: Charge, stake: Stake) -> tuple[float, float, float]:
    """Effort, ratio and probability of exceeding of the best plan that means to comply.

    Solves the marginal condition from about two per cent of risk: at a ratio, the density of the
    shock that balances marginal cost gives the log-odds of exceeding, and these the next ratio,
    in one step of Newton's, which leaves an error that costs next to nothing.
    """
    log_ratio = START_ODDS * plant.spread
    ratio = start_ratio(-log_ratio)
    cut = tax_cut(charge, ratio)
    price = charge.rate * (1.0 - cut)
    cost = plant.slope * effort_at(plant, ratio) - price
    discharge = plant.allowed * ratio
    once = stake.flat + stake.unit + charge.rate * cut * discharge
    if cost <= 0.0 or once + stake.again <= 0.0:
        return tax_led_plan(plant, stake, price)
    if plant.spread <= 1e-9:  # certain operations just meet the limit
        effort = effort_at(plant, 1.0)
        inside = plant.floor <= effort <= 1.0
        return (effort, 1.0, 0.0) if inside else settled(plant, within(plant, effort))
    exceeds = balancing_chance(plant.spread * discharge * cost, once, stake.again)
    balanced = plant.spread * logarithm(exceeds / (1.0 - exceeds))
    log_ratio += newton_gain(plant, discharge, cost, exceeds) * (balanced - log_ratio)
    ratio = exponential(log_ratio)
    effort = effort_at(plant, ratio)
    if plant.floor <= effort <= 1.0:
        return effort, ratio, 1.0 / (1.0 + exponential(-log_ratio / plant.spread))
    return settled(plant, within(plant, effort))


@behaviour
def settled(plant: Plant, effort: float) -> tuple[float, float, float]:
    """An effort with the ratio and the probability of exceeding that follow from it."""
    ratio = ratio_at(plant, effort)
    return effort, ratio, exceeds_at(plant, ratio)


class Plan(NamedTuple):
    """A plan of treatment: effort, its expected cost (10,000 CNY), its risk of exceeding."""

    effort: float
    cost: float
    exceeds: float


@behaviour
def cheaper(plant: Plant, charge: Charge, stake: Stake, effort: float, best: Plan) -> Plan:
    """The cheaper of the best plan so far and running at another effort.

    A plan that is dearer even with the least probability of exceeding is passed over before that
    is computed.
    """
    if effort == best.effort:
        return best
    ratio = ratio_at(plant, effort)
    least = 0.5 if ratio > 1.0 and at_risk(plant) else 0.0
    if expected_cost(plant, charge, stake, effort, ratio, least) >= best.cost:
        return best
    exceeds = exceeds_at(plant, ratio)
    cost = expected_cost(plant, charge, stake, effort, ratio, exceeds)
    return Plan(effort, cost, exceeds) if cost < best.cost else best


@behaviour
def exceeding_effort(plant: Plant, charge: Charge, stake: Stake, steepness: float) -> float:
    """Effort of a plan that means to exceed the limit: tax and the fine's severity alone count."""
    kept = 1.0 - stake.gain
    if kept <= 0.0 or plant.slope <= 0.0:
        return 1.0
    price = charge.rate + stake.unit * steepness / plant.allowed
    return within(plant, price / (kept * plant.slope))


@behaviour
def cheapest_exceeding(plant: Plant, charge: Charge, stake: Stake, best: Plan) -> Plan:
    """The cheaper of the best plan so far and those that mean to exceed the limit: where the fine
    still rises with the excess, and beyond."""
    steep = exceeding_effort(plant, charge, stake, stake.steepness)
    best = cheaper(plant, charge, stake, steep, best)
    flat = exceeding_effort(plant, charge, stake, 0.0)
    return best if flat == steep else cheaper(plant, charge, stake, flat, best)


@seldom
def cheapest_notch(plant: Plant, charge: Charge, stake: Stake, best: Plan) -> Plan:
    """The cheaper of the best plan so far and those that a reduction of the tax calls for: just
    at its notch, or where the tax that remains is worth it."""
    for ratio in (0.7, 0.5):
        cut = tax_cut(charge, ratio)
        effort = effort_at(plant, ratio)
        possible = cut > 0.0 and plant.floor <= effort <= 1.0
        if possible and expected_cost(plant, charge, stake, effort, ratio, 0.0) < best.cost:
            exceeds = exceeds_at(plant, ratio)
            cost = expected_cost(plant, charge, stake, effort, ratio, exceeds)
            if cost < best.cost:
                best = Plan(effort, cost, exceeds)
        taxed = taxed_effort(plant, charge.rate * (1.0 - cut))
        best = cheaper(plant, charge, stake, taxed, best)
    return best


@behaviour
def best_running(plant: Plant, charge: Charge, stake: Stake) -> Plan:
    """The cheapest plan at which the installation runs."""
    if at_risk(plant):
        effort, ratio, exceeds = complying_plan(plant, charge, stake)
        cost = expected_cost(plant, charge, stake, effort, ratio, exceeds)
        best = cheapest_exceeding(plant, charge, stake, Plan(effort, cost, exceeds))
    else:
        effort = taxed_effort(plant, charge.rate)
        best = Plan(effort, plan_cost(plant, charge, stake, effort), 0.0)
    if charge.cut_30 > 0.0 or charge.cut_50 > 0.0:
        best = cheapest_notch(plant, charge, stake, best)
    return best


@behaviour
def best_plan(plant: Plant, charge: Charge, stake: Stake, bypass: Stake) -> tuple[float, float]:
    """Effort and risk of the plan of least expected cost: at or above the minimum load, or at
    zero to bypass, when ``bypass`` is what exceeding costs."""
    if plant.removable <= 0.0:
        return 0.0, exceeds_at(plant, ratio_at(plant, 0.0))
    best = cheaper(plant, charge, bypass, 0.0, best_running(plant, charge, stake))
    return best.effort, best.exceeds


@behaviour
def shadow_price(
    plant: Plant, charge: Charge, stake: Stake, effort: float, exceeds: float
) -> float:
    """What one equivalent less discharged is worth under a plan, 10,000 CNY.

    The marginal cost of treatment wherever more or less of it could be done, which includes
    plans held at a notch; at full effort, at the minimum load and when bypassing, tax and
    sanctions by their own slopes.
    """
    if plant.floor < effort < 1.0:
        return plant.slope * effort
    ratio = ratio_at(plant, effort)
    cut = tax_cut(charge, ratio)
    tax = charge.rate * (1.0 - cut * (1.0 - exceeds))
    if not at_risk(plant) or ratio <= 1e-9:
        return tax
    discharge = plant.allowed * ratio
    lost = sanction_at(plant, stake, effort, ratio) + 2.0 * exceeds * stake.again
    lost += charge.rate * discharge * cut
    rise = exceeds * (1.0 - exceeds) / max(plant.spread, 1e-9) / discharge
    rising = ratio > 1.0 and 1.0 + stake.steepness * (ratio - 1.0) < stake.top
    steep = stake.unit * stake.steepness / plant.allowed if rising else 0.0
    return tax + rise * lost + exceeds * steep


@behaviour
def worth_of_load(plant: Plant, effort: float, price: float) -> tuple[float, float]:
    """What one equivalent less generated is worth, and of that what it loses again for each
    equivalent that treatment could have taken out: by the envelope theorem the derivative of the
    plan's cost at its effort, with ``price`` from :func:`shadow_price`; 10,000 CNY."""
    return price, 0.5 * plant.slope * effort * effort - price * effort
