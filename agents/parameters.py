"""Levers and behavioural parameters as behaviours read them, as types.

Written by ``make protocols`` from levers.toml and behaviour.toml: do not edit it here.
"""

from __future__ import annotations

from typing import Protocol


class PolicyLevers(Protocol):
    """The levers in force in a quarter."""

    audit_mode: int
    """Audit duty (one of none, voluntary, mandatory-listed, mandatory-all)."""
    audit_interval: float
    """Interval between audits (quarters)."""
    audit_threshold_mode: int
    """Thresholds of the levels (one of fixed, adaptive)."""
    adaptive_percentile: float
    """Percentile of the archive to which adaptive thresholds move (share)."""
    indicator_weights: int
    """Indicator weights (one of park-type, unified)."""
    standardization: float
    """Standardization of the audit procedure (share)."""
    tailoring: float
    """Tailoring of audit plans to the sector (share)."""
    audit_teams: float
    """Audit teams (teams per 100 enterprises)."""
    audit_capacity: float
    """Audits the teams can do (audits per 100 enterprises and quarter)."""
    team_expertise: float
    """Expertise of the teams (share)."""
    auditor_payment: int
    """Who picks and pays the auditor (one of enterprise, pool)."""
    audit_duration: float
    """Quarters that an audit takes, the first and that of its evaluation included (quarters)."""
    acceptance_share: float
    """Share of recommended medium and high-cost options that acceptance of a mandatory audit
    asks for (share)."""
    acceptance_penalty: float
    """Penalty for an audit that fails its acceptance (10,000 CNY)."""
    audit_enforcement: float
    """Probability a quarter that the authority acts on an exceedance that an audit states (share
    per quarter)."""
    results_published: float
    """Share of audit results published (share)."""
    back_check_rate: float
    """Share of audits checked again (share)."""
    back_check_penalty: float
    """What a failed back-check costs the team (10,000 CNY)."""
    on_site_verification: float
    """On-site verification in audits (share)."""
    follow_up: float
    """Follow-up of rectification advice (share)."""
    training_reach: float
    """Enterprises reached by training in a quarter (share)."""
    training_intensity: float
    """Intensity of training (share)."""
    technical_support: float
    """Technical support (share)."""
    monitoring_coverage: float
    """Enterprises monitored in real time (share)."""
    monitoring_target: int
    """Who is monitored in real time first (one of list, largest, random)."""
    monitoring_tamper_rate: float
    """Readiness to tamper with instruments (share)."""
    monitoring_enforcement: float
    """Probability that an exceedance shown in real time is acted on in the quarter (share per
    quarter)."""
    monitoring_payment: int
    """Who pays for monitoring (one of enterprise, authority)."""
    notice: float
    """Quarters by which changes of taxes, charges and fines are announced ahead (quarters)."""
    air_tax_rate: float
    """Environmental tax on air pollutants (CNY per equivalent)."""
    water_tax_rate: float
    """Environmental tax on water pollutants (CNY per equivalent)."""
    solid_waste_tax_rate: float
    """Environmental tax on other solid waste; hazardous waste bears forty times as much (CNY/t)."""
    voc_tax_rate: float
    """Pilot tax on volatile organic compounds; 0 for none (CNY per equivalent)."""
    tax_reduction_30: float
    """Tax reduction at 30 % below the limit (share)."""
    tax_reduction_50: float
    """Tax reduction at 50 % below the limit (share)."""
    income_tax_reduction: float
    """Share of income tax waived after level I (half after level II) (share)."""
    income_tax_rate: float
    """Enterprise income tax (share)."""
    investment_credit: float
    """Income-tax credit on listed equipment (share)."""
    option_subsidy: float
    """Subsidy on medium and high-cost options (share)."""
    audit_fee_subsidy: float
    """Subsidy on the audit fee (share)."""
    level_award: float
    """Award for level I (half for level II) (10,000 CNY)."""
    credit_discount: float
    """Interest discount on green credit (share per year)."""
    energy_tax: float
    """Energy tax (CNY/tce)."""
    energy_tax_relief: float
    """Energy tax relief for holders of level I (half for II) (share)."""
    carbon_price: float
    """Carbon price (CNY/t)."""
    free_allowances: float
    """Carbon allowances given free, by output (share)."""
    inspection_rate: float
    """Inspection rate (share per quarter)."""
    inspection_targeting: int
    """Inspection plan (one of random, record, risk, archive)."""
    detection: float
    """Probability that an inspection finds a violation (share)."""
    fine: float
    """Base fine for exceeding a limit (10,000 CNY)."""
    bypass_fine: float
    """Base fine for bypassing treatment (10,000 CNY)."""
    sanctioned_share: float
    """Share of violations found that are sanctioned at all (share)."""
    fine_gain_share: float
    """Share of the gain added to the fine (share)."""
    fine_escalation: float
    """Factor on the fine for each repetition (factor)."""
    daily_fine: float
    """Days of consecutive daily fine when caught again without correction (days)."""
    audit_refusal_fine: float
    """Fine for refusing a mandatory audit (10,000 CNY)."""
    falsification_fine: float
    """Fine for falsified data (10,000 CNY)."""
    poor_audit_penalty: float
    """Penalty for missing level III (10,000 CNY)."""
    production_restriction: float
    """Share of output lost to a production restriction (share)."""
    restriction_after: float
    """Violations found in a row before restriction (violations)."""
    closure_after: float
    """Violations found in a row before closure; 0 for never (violations)."""
    disclosure: float
    """Share of fines published (share)."""
    energy_price: float
    """Fuel price; that of electricity moves in step (CNY/tce)."""
    energy_price_growth: float
    """Growth of the energy price (share per year)."""
    water_price: float
    """Water price with sewerage (CNY/m3)."""
    grid_factor: float
    """Emission factor of the grid's electricity (t CO2/MWh)."""
    output_growth: float
    """Growth of output added to the sector's (share per year)."""
    interest_rate: float
    """Interest rate (share per year)."""
    new_options: int
    """Options that reach the market after 2026 (one of none, catalogue)."""


class BehaviourParameters(Protocol):
    """The behavioural parameters of a run."""

    mix_spread: float
    """Spread of product mix between enterprises (sigma of ln) (ln)."""
    own_spread: float
    """Spread of own inefficiency by flow (sigma of ln) (ln)."""
    suitability_range: float
    """Half range of how well an option suits an enterprise (share)."""
    size_technology: float
    """Correlation of technology with size in a sector at the start (correlation)."""
    treatment_cost_spread: float
    """Spread of treatment cost between enterprises (sigma of ln) (ln)."""
    hurdle_spread: float
    """Spread of hurdle rates (sigma of ln) (ln)."""
    data_quality_mean: float
    """Mean quality of meters and records at the start (share)."""
    knowledge_mean: float
    """Mean knowledge of cleaner production at the start (share)."""
    initial_belief: float
    """Perceived probability of detection a quarter at the start (share per quarter)."""
    initial_cash: float
    """Cash at the start over yearly output (share of yearly output)."""
    past_audit_share: float
    """Share of enterprises audited in the five years before the start (share)."""
    entrant_technology: float
    """Mean technology level of newcomers (share)."""
    entrant_size: float
    """Output of newcomers over the sector's median (ratio)."""
    lapse_hazard: float
    """Yearly hazard that a housekeeping option lapses without care (share per year)."""
    energy_price_base: float
    """Fuel price at which catalogue paybacks and margins were set (CNY/tce)."""
    electricity_price_ratio: float
    """Price of electricity over that of fuel, per tce at calorific value (ratio)."""
    water_price_base: float
    """Water price at which catalogue paybacks and margins were set (CNY/m3)."""
    sewerage_price: float
    """Public sewerage inside the water price, spared by who pays the central works' fee
    (CNY/m3)."""
    operation_spread: float
    """Spread of realised over planned discharge (sigma of ln) (ln)."""
    management_effect: float
    """Share of that spread that perfect records remove (share)."""
    minimum_load_air: float
    """Least effort at which air treatment can run (share)."""
    minimum_load_water: float
    """Least effort at which wastewater treatment can run (share)."""
    minimum_load_waste: float
    """Least share of waste under a disposal contract (share)."""
    voc_effort: float
    """Effort of treatment of volatile organic compounds without a tax (share)."""
    bypass_visibility: float
    """Times as likely that a bypass is looked into as an exceedance (ratio)."""
    dumping_multiple: float
    """Fine for dumping waste over the disposal cost saved (ratio)."""
    dumping_cap: float
    """Largest fine for dumping waste (10,000 CNY)."""
    personal_liability: float
    """What detention or prosecution for a bypass or dumping is worth avoiding, over the year's
    profit (ratio)."""
    moral_cost: float
    """Moral cost of a sure violation at full attitude, share of quarterly output (share of
    output)."""
    relief_data_quality: float
    """Data quality from which tax reductions can be claimed without automatic monitoring
    (share)."""
    under_reporting: float
    """Largest share of discharge that is hidden (share)."""
    falsehood_detection: float
    """Probability that an inspection finds a false report (share)."""
    report_visibility: float
    """Times the inspection rate at which an exceedance that an enterprise reports of itself is
    acted on (ratio)."""
    honesty_threshold: float
    """Attitude from which an exceedance is reported truthfully (share)."""
    just_below: float
    """Where a hidden exceedance is reported, over the threshold (ratio)."""
    severity_slope: float
    """Increase of the fine for each multiple of the limit exceeded (per unit of ratio)."""
    fine_cap: float
    """Upper end of the statutory band of fines (10,000 CNY)."""
    targeting_ratio: float
    """Inspection probability of the watched group over the other's (ratio)."""
    watched_exit: float
    """Probability that a clean inspection takes an enterprise off the watched group (share)."""
    key_load_share: float
    """Share of the park's load that the list of key polluters covers (share)."""
    key_inspection_ratio: float
    """Inspection probability of a listed key polluter over another enterprise's (ratio)."""
    refusal_detection: float
    """Yearly probability that refusing a mandatory audit is found: an order first, then the fine
    (share per year)."""
    inspection_cost: float
    """Cost of one inspection to the authority (10,000 CNY)."""
    audit_fee: float
    """Consultant's fee for an enterprise of the reference size (10,000 CNY)."""
    audit_fee_output: float
    """Quarterly output of the reference size (10,000 CNY)."""
    audit_fee_exponent: float
    """Elasticity of the fee to output (elasticity)."""
    audit_time_share: float
    """Own time and measurement over the fee (ratio)."""
    effort_cost: float
    """Cost of a genuine audit beyond a perfunctory one, over the fee (ratio)."""
    audit_norm: float
    """Worth of doing it properly at full attitude, over the fee (ratio)."""
    findings_belief: float
    """Share of reported findings' worth that an enterprise believes in (share)."""
    join_base: float
    """Voluntary audit: constant of the logistic probability a quarter (logit)."""
    join_benefit: float
    """Voluntary audit: weight of net benefit over the fee (logit)."""
    join_benefit_cap: float
    """Largest ratio of net benefit to fee that still counts (ratio)."""
    join_attitude: float
    """Voluntary audit: weight of attitude (logit)."""
    bias_spread: float
    """Spread of personal bias between teams (ln of a reading) (ln)."""
    expertise_spread: float
    """Spread of expertise between teams (share)."""
    procedure_noise: float
    """Noise of a reading without a standard procedure (ln) (ln)."""
    data_noise: float
    """Noise of a reading from poor data without on-site work (ln) (ln)."""
    shading: float
    """How far a perfunctory enterprise shades its readings (ln) (ln)."""
    leniency: float
    """Probability that a reading above the threshold is written below it when the enterprise
    picks and pays (share)."""
    leniency_reach: float
    """Largest reading over the threshold that is still written below it (ratio)."""
    pool_effect: float
    """Share of leniency that random assignment and central pay remove (share)."""
    back_check_effect: float
    """Deterrence of leniency for each unit of back-check rate (ratio)."""
    deterring_penalty: float
    """Penalty of a failed back-check that deters a team in full (10,000 CNY)."""
    back_check_cost: float
    """Cost of a back-check over the audit's fee (ratio)."""
    level_index: float
    """Composite index needed for level I and II (points)."""
    level_three_index: float
    """Composite index needed for level III (points)."""
    finding_base: float
    """Chance of finding one hidden option, before expertise, fit and data quality (each below 1)
    lower it (share)."""
    indicator_spread: float
    """How far above a reference the last of a group's indicators reaches it (ratio)."""
    feasibility_rate: float
    """Rate at which an audit's feasibility analysis discounts (share per year)."""
    audit_tuning: float
    """Share of an enterprise's own inefficiency that an audit mends which finds everything
    (share)."""
    audit_records: float
    """Share of the gaps in meters and records that an audit closes which finds everything
    (share)."""
    monitoring_records: float
    """Share of the gaps in records that automatic monitoring closes in a quarter (share per
    quarter)."""
    result_reputation: float
    """Worth of a published level I, and cost of missing level III, over yearly output (share of
    yearly output)."""
    tailoring_fit: float
    """How far a tailored plan can fit the sector (share)."""
    audit_focus: float
    """How far an audit looks first for what the programme weighs more (share)."""
    perfunctory_findings: float
    """What a perfunctory audit finds over a genuine one (ratio)."""
    support_findings: float
    """Extra findings with full technical support (share)."""
    support_cost: float
    """Technical support per enterprise and quarter at full support (10,000 CNY)."""
    archive_memory: float
    """Share of the archive's weight kept from quarter to quarter (share)."""
    threshold_step: float
    """Largest yearly move of adaptive thresholds (ratio)."""
    threshold_floor: float
    """Lowest scale of the reference values (ratio)."""
    threshold_ceiling: float
    """Highest scale of the reference values (ratio)."""
    training_gain: float
    """Knowledge gained by full training, share of what is missing (share)."""
    training_cost: float
    """Cost of full training per enterprise reached (10,000 CNY)."""
    training_attitude: float
    """Attitude gained by full training, share of what is missing (share)."""
    forgetting: float
    """Yearly loss of knowledge (share per year)."""
    monitoring_cost: float
    """Real-time monitoring per enterprise and quarter, running and written-off (10,000 CNY)."""
    hurdle_median: float
    """Median hurdle rate (share per year)."""
    hurdle_knowledge: float
    """Share of the hurdle that full knowledge removes (share)."""
    notice_share: float
    """Enterprises that reckon with announced changes when they invest (share)."""
    hurdle_support: float
    """Share of the hurdle that full technical support removes (share)."""
    credit_effect: float
    """Fall of the hurdle for each point of discounted credit (ratio)."""
    cost_salience: float
    """Weight of what is paid over what is saved (ratio)."""
    reference_cost: float
    """Cost of an option that weighs as much as its present value saved (10,000 CNY)."""
    adoption_sensitivity: float
    """Rise of the log-odds of adoption for a doubling of value over cost, over ln 2 (per unit of
    ln)."""
    discovery_rate: float
    """Yearly probability of coming upon an option by oneself (share per year)."""
    credit_share: float
    """Credit line over yearly output (share of yearly output)."""
    review_rate: float
    """Probability a quarter that open options are looked into (share per quarter)."""
    payout: float
    """Share of what is left that owners take (share)."""
    over_estimation: float
    """How far small probabilities of inspection are over-estimated (ratio)."""
    learn_own: float
    """Step towards certainty after one's own inspection (share)."""
    learn_links: float
    """Step towards certainty when all linked enterprises are fined (share)."""
    learn_published: float
    """Step towards certainty when fines are published (share)."""
    news_factor: float
    """How far the share caught is magnified when published (ratio)."""
    belief_decay: float
    """Decay of belief a quarter towards what links show (share per quarter)."""
    peer_contact: float
    """Probability a quarter of seeing a linked enterprise's technology (share per quarter)."""
    peer_pressure: float
    """Move of attitude towards links' a quarter (share per quarter)."""
    fairness_effect: float
    """Change of attitude for a score 100 points off like enterprises (share)."""
    unfairness_aversion: float
    """Weight of being treated worse over better (ratio)."""
    cost_elasticity: float
    """Elasticity of output to relative unit cost, per year (elasticity per year)."""
    pass_through: float
    """Share of a sector's common rise of cost that passes into its price at once (share)."""
    entry_speed: float
    """Speed at which the rest passes, as enterprises leave or enter (share per year)."""
    turnover: float
    """Enterprises that leave a year for reasons of their own (share per year)."""
    patience: float
    """Quarters of missing cash before an enterprise leaves (quarters)."""
    works_cost: float
    """Central works' cost of an equivalent removed (CNY per equivalent)."""
    works_limit: float
    """Sewer limit over the limit of direct discharge (ratio)."""
