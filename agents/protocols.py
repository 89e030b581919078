"""What behaviours read and write of each record, as types; both drivers provide it.

Written by ``make protocols`` from the record types: do not edit it here.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

Options = int | np.uint64
"""A set of options as bits."""


class Numbers(Protocol):
    """A row of numbers."""

    def __getitem__(self, place: int, /) -> float:
        """The number at a place."""

    def __setitem__(self, place: int, number: float, /) -> None:
        """Set the number at a place."""


class WholeNumbers(Protocol):
    """A row of whole numbers."""

    def __getitem__(self, place: int, /) -> int:
        """The number at a place."""

    def __setitem__(self, place: int, number: int, /) -> None:
        """Set the number at a place."""


class Table(Protocol):
    """A table of numbers."""

    def __getitem__(self, place: tuple[int, int], /) -> float:
        """The number in a row and a column."""


class Paid(Protocol):
    """An enterprise's payments of a quarter."""

    sales: float
    materials: float
    energy: float
    water: float
    treatment: float
    works_fee: float
    option_investment: float
    option_running: float
    interest: float
    environmental_tax: float
    energy_tax: float
    carbon_charge: float
    income_tax: float
    fines: float
    subsidies: float
    awards: float
    audit_fee: float
    audit_time: float
    monitoring: float
    dividends: float
    equity: float
    write_off: float


class ParkPaid(Protocol):
    """A park's payments of a quarter."""

    pool_audits: float
    back_checks: float
    team_penalties: float
    inspections: float
    training: float
    technical_support: float
    public_monitoring: float
    works_tax: float
    works_treatment: float


class EnterpriseState(Protocol):
    """An enterprise."""

    park: int
    """Number of the park it stands in."""
    sector: int
    """Number of its sector."""
    regime: int
    """Number of the levers it is under: its park's, or a target's."""
    founded: int
    """Quarter in which the present tenant of the site began."""
    listed: int
    """1 if it handles hazardous substances, so is under the listed audit duty."""
    connected: int
    """1 if its wastewater goes to the park's central works."""
    size_class: int
    """0 small, 1 medium, 2 large."""
    attitude_group: int
    """0 low, 1 middle, 2 high, at the start."""
    output: float
    """Output a quarter, 10,000 CNY."""
    cash: float
    """Cash, 10,000 CNY; negative is debt."""
    other_cost: float
    """Labour, materials and capital, share of output."""
    hard_times: int
    """Quarters in a row below the credit line."""
    monitored: int
    """1 if monitored in real time."""
    implemented: Options
    """Bit set of implemented options."""
    identified: Options
    """Bit set of identified options."""
    told_by_peers: Options
    """Bit set of options learned from linked enterprises."""
    suitability: WholeNumbers
    """How well each option suits, 0 to 255 over the range."""
    mix: float
    """Product mix: factor on loads and limits."""
    base: Numbers
    """Use or generation per 10,000 CNY with no option."""
    intensity: Numbers
    """Use or generation per 10,000 CNY with the implemented options."""
    technology: float
    """Technology level in [0, 1]."""
    renewal: float
    """Share realised of the sector's medium and high-cost techniques, in [0, 1]."""
    option_running: float
    """Running cost of implemented options, share of output."""
    material_saving: float
    """Material that implemented options save, share of output."""
    cost_factor: float
    """Factor on the sector's treatment cost."""
    shortfall: Numbers
    """Share of the sector's removal that its own installations lack, by flow."""
    generated: Numbers
    """Equivalents that this quarter's production generates, by medium."""
    removable: Numbers
    """Equivalents that full effort takes out this quarter, by medium."""
    allowed: Numbers
    """Equivalents that the limits allow this quarter, by medium."""
    shock_scale: float
    """Scale of the shock between planned and realised discharge."""
    effort: Numbers
    """Effort of treatment by medium, in [0, 1]."""
    exceeds: Numbers
    """Probability of exceeding the limit, as planned, by medium."""
    shock: Numbers
    """Realised discharge over the planned one, by medium."""
    ratio: Numbers
    """Realised discharge over its limit, by medium."""
    reported_ratio: Numbers
    """Reported discharge over its limit, by medium."""
    reported_share: Numbers
    """Share of discharge declared for the tax, by medium."""
    voc_effort: float
    """Effort of treatment of volatile organic compounds, in [0, 1]."""
    attitude: float
    """0: complies only when it pays; 1: complies as a norm."""
    knowledge: float
    """Knowledge of cleaner production, in [0, 1]."""
    hurdle: float
    """Hurdle rate per year before knowledge and support."""
    taste: float
    """Number from which its liking of each option is drawn, in (0, 1)."""
    belief: float
    """Perceived probability of detection a quarter."""
    data_quality: float
    """Quality of meters and records, in [0, 1]."""
    monitoring_rank: float
    """Place in the roll-out of monitoring, in [0, 1]."""
    tamper_rank: float
    """Readiness to tamper with instruments, in [0, 1]."""
    trained: int
    """1 if reached by training this quarter."""
    duty: int
    """1 if under an audit duty."""
    ordered: int
    """1 if under an order to do the audit."""
    waiting: int
    """0, or 1 plus the quarters spent in the queue for an audit."""
    genuine: int
    """1 if the last audit was done in earnest."""
    audited: int
    """1 in the quarter of an audit."""
    last_audit: int
    """Quarter of the last audit; -1000 for never."""
    until_result: int
    """Quarters of the audit under way left, this one included; 0 none."""
    evaluated: int
    """1 in the quarter in which an audit is evaluated."""
    rated: int
    """Quarter of the last evaluation."""
    recommended: Options
    """Bit set of medium and high-cost options that the last audit recommends."""
    accepted: int
    """0 if the last mandatory audit failed its acceptance."""
    stated: int
    """1 if an audit stated an exceedance that nobody has looked into yet."""
    level: int
    """Level of the last audit: 0 none, 1 to 3, 4 below III."""
    true_level: int
    """Level that exact readings would have given."""
    team: int
    """Team of the last audit."""
    score: float
    """Score of the last audit, 0 to 100."""
    true_score: float
    """Score that exact readings would have given."""
    spread: float
    """Spread of the score over the park's teams, points."""
    found: int
    """Options found by this quarter's audit."""
    reported_saving: float
    """Yearly saving found by the last audit, share of output."""
    violating: int
    """1 if any limit is exceeded this quarter."""
    inspected: int
    """1 if inspected this quarter."""
    caught: int
    """1 if a violation was found this quarter."""
    falsified: int
    """1 if any report is false this quarter."""
    bypassing: int
    """1 if an installation stands still while its limit is exceeded."""
    record: int
    """Violations found since the last clean inspection."""
    watched: int
    """1 if in the closer inspected group by record."""
    key: int
    """1 if on the list of key polluters."""
    restriction: float
    """Share of output lost to a production restriction."""
    log_cost: float
    """Logarithm of this quarter's cost of a unit of output."""
    profit: float
    """Profit of this quarter before income tax, 10,000 CNY."""
    paid: Paid
    """Payments of this quarter by name, 10,000 CNY."""


class TeamState(Protocol):
    """An audit team."""

    park: int
    """Number of the park it works in."""
    skill: float
    """Expertise against the programme's mean, in its spreads."""
    temperament: float
    """Personal bias in its spread; negative is lenient."""
    audits: int
    """Audits done so far."""


class ParkState(Protocol):
    """A park and its authority."""

    kind: int
    """0 heavy industry, 1 high-tech, 2 mixed."""
    count: int
    """Enterprises in the park."""
    first_team: int
    """Number of its first team."""
    teams: int
    """Teams at work."""
    compares_teams: int
    """1 if the spread of an audit's score over all teams is taken."""
    quarter: int
    """The present quarter."""
    works_fee: float
    """Fee of the central works, 10,000 CNY per m3."""
    works_removal: float
    """Share of the load that the works removes."""
    works_limit: float
    """Sewer limit over the limit of direct discharge."""
    treasury: float
    """Balance of the treasury since the start, 10,000 CNY."""
    inspected_share: float
    """Share inspected last quarter."""
    caught_share: float
    """Share caught last quarter."""
    reported_saving: float
    """Yearly saving that recent audits reported, share of output."""
    pass_share: float
    """Share of recent audits at level III or better."""
    inspected_count: float
    """Inspections this quarter."""
    caught_count: float
    """Violations found this quarter."""
    saving_sum: float
    """Sum of reported savings this quarter."""
    audit_count: float
    """Audits this quarter."""
    evaluated_count: float
    """Audits evaluated this quarter."""
    pass_count: float
    """Audits passed this quarter."""
    works_load: Numbers
    """What the works received this quarter, by flow."""
    load: Numbers
    """Loads on record at the year's review, by medium and size of load."""
    key_from: WholeNumbers
    """Size of load from which an enterprise is listed, by medium."""
    key_count: float
    """Enterprises on the list of key polluters."""
    key_share: float
    """Share of enterprises on the list of key polluters."""
    by_output: Numbers
    """Enterprises by size of output."""
    larger: Numbers
    """Share of enterprises of larger output, by size."""
    alike: Numbers
    """Share of enterprises of the same size of output, by size."""
    weight_sum: float
    """Sum of the weights in this quarter's plan of inspections."""
    group_sum: float
    """Sum of what the groups have of those weights."""
    mean_weight: float
    """Mean weight in the plan of inspections."""
    mean_group: float
    """Mean of what the groups have of those weights."""
    queue: Numbers
    """Enterprises waiting for an audit, by quarters waited."""
    serve_from: int
    """Place of the queue that capacity reaches."""
    serve_share: float
    """Share of that place that is served."""
    archive: Numbers
    """Weights of past results by mean reading over the reference."""
    reference_scale: float
    """Scale of the reference values."""
    gap_sum: Numbers
    """Scores less true scores of the audits the archive remembers, by true level."""
    gap_count: Numbers
    """How many those are."""
    cost_sum: Numbers
    """Logarithms of unit cost by sector."""
    cost_count: Numbers
    """Enterprises by sector."""
    price: Numbers
    """Price of each sector's products, 1 at the start."""
    late: Numbers
    """What of a common rise of cost has passed into prices since, by sector."""
    demand: Numbers
    """Factor on what is sold since the price changed, by sector."""
    energy_price: Numbers
    """What a sector's energy costs, 10,000 CNY per tce, before energy tax."""
    paid: ParkPaid
    """Payments of this quarter by name, 10,000 CNY."""


class SectorData(Protocol):
    """A sector: see SECTOR and TECHNIQUE."""

    worst: Numbers
    removal: Numbers
    limit: Numbers
    treatment_slope: Numbers
    treatment_fixed: Numbers
    voc_slope: float
    reference: Table
    wastewater: float
    electricity: float
    growth: float
    margin: float
    demand_elasticity: float
    output_median: float
    output_spread: float
    listed_share: float
    options: int
    option_kind: WholeNumbers
    investment: Numbers
    running_cost: Numbers
    material_saving: Numbers
    saving: Table
    life: Numbers
    available: Numbers
    low_cost: WholeNumbers
    option_weight: Numbers
    technique_weight: Numbers
    housekeeping: Options
    equivalent: Numbers
    damage: Numbers


class SiteData(Protocol):
    """What a park says of its enterprises at the start."""

    technology_mean: float
    technology_spread: float
    attitude_mean: float
    attitude_spread: float
    attitude_technology_correlation: float
    works_connected: float


class Draws(Protocol):
    """Uniforms of an enterprise's quarter."""

    trained: float
    join_audit: float
    queue: float
    team_a: float
    team_b: float
    leniency: float
    findings: float
    back_check: float
    lapse: float
    review: float
    shock: Numbers
    inspection: float
    detection: float
    falsehood: float
    refusal: float
    contact: float
    peer: float
    peer_option: float
    entrant_size: float
    entrant_technology: float
    entrant_attitude: float
    chance: float
    reading: float
    sanction: float
    discharge: float
    statement: float


class InitialDraws(Protocol):
    """Uniforms of an enterprise's start."""

    size: float
    mix: float
    technology: float
    attitude: float
    hurdle: float
    data_quality: float
    treatment_cost: float
    knowledge: float
    listed: float
    connected: float
    monitoring: float
    tamper: float
    past_audit: float
    sector: float
    rings: Numbers
    cash: float
    belief: float
    adoption: float
    own: Numbers
    taste: float
    option: Numbers


class CellSums(Protocol):
    """Sums over a cell's enterprises in a quarter."""

    flow: Numbers
    reported: Numbers
    paid: Paid
    enterprises: float
    output: float
    compliant: float
    apparently_compliant: float
    covered: float
    audits: float
    evaluations: float
    accepted: float
    genuine: float
    misclassified: float
    spread: float
    level_one: float
    level_two: float
    level_three: float
    identified: float
    implemented: float
    told: float
    technology: float
    technology_square: float
    attitude: float
    knowledge: float
    belief: float
    exits: float
    inspected: float
    caught: float
    monitored: float
    damage: float
    equivalents: float
    burden: float
    burden_square: float


class ParkSums(Protocol):
    """Sums of a park's quarter."""

    paid: ParkPaid
    treasury: float
    reference_scale: float
