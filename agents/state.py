"""What an enterprise, an audit team and a park remember: one record each.

The compiled engine works on arrays of these records; a Mesa agent is a view of one row. Money is
in 10,000 CNY of constant 2025 prices, output in 10,000 CNY a quarter.
"""

from __future__ import annotations

import numpy as np

N_FLOWS = 10
N_MEDIA = 3
N_INDICATORS = 7
MAX_OPTIONS = 64
MAX_SECTORS = 32
ARCHIVE_BINS = 64
QUEUE_LENGTH = 64

AIR, WATER, WASTE = 0, 1, 2
LEVEL_NONE, LEVEL_I, LEVEL_II, LEVEL_III, BELOW_III = 0, 1, 2, 3, 4
NEVER = -1000
"""Quarter of the last audit of an enterprise that has had none."""

PAYMENTS: tuple[tuple[str, str, str], ...] = (
    ("sales", "customers", "enterprises"),
    ("materials", "enterprises", "suppliers"),
    ("energy", "enterprises", "suppliers"),
    ("water", "enterprises", "suppliers"),
    ("treatment", "enterprises", "suppliers"),
    ("works_fee", "enterprises", "works"),
    ("option_investment", "enterprises", "suppliers"),
    ("option_running", "enterprises", "suppliers"),
    ("interest", "enterprises", "banks"),
    ("environmental_tax", "enterprises", "treasury"),
    ("energy_tax", "enterprises", "treasury"),
    ("carbon_charge", "enterprises", "treasury"),
    ("income_tax", "enterprises", "treasury"),
    ("fines", "enterprises", "treasury"),
    ("subsidies", "treasury", "enterprises"),
    ("awards", "treasury", "enterprises"),
    ("audit_fee", "enterprises", "auditors"),
    ("audit_time", "enterprises", "suppliers"),
    ("monitoring", "enterprises", "suppliers"),
    ("dividends", "enterprises", "owners"),
    ("equity", "owners", "enterprises"),
    ("write_off", "banks", "enterprises"),
)
"""What an enterprise pays and receives: item, payer, payee. Amounts are positive in the direction
named; only the running cost of options can be negative, where an option saves labour."""

PARK_PAYMENTS: tuple[tuple[str, str, str], ...] = (
    ("pool_audits", "treasury", "auditors"),
    ("back_checks", "treasury", "auditors"),
    ("team_penalties", "auditors", "treasury"),
    ("inspections", "treasury", "suppliers"),
    ("training", "treasury", "suppliers"),
    ("technical_support", "treasury", "suppliers"),
    ("public_monitoring", "treasury", "suppliers"),
    ("works_tax", "works", "treasury"),
    ("works_treatment", "works", "suppliers"),
)
"""What the park authority and the central works pay and receive."""

(
    SALES,
    MATERIALS,
    ENERGY_COST,
    WATER_COST,
    TREATMENT,
    WORKS_FEE,
    OPTION_INVESTMENT,
    OPTION_RUNNING,
    INTEREST,
    ENVIRONMENTAL_TAX,
    ENERGY_TAX,
    CARBON_CHARGE,
    INCOME_TAX,
    FINES,
    SUBSIDIES,
    AWARDS,
    AUDIT_FEE,
    AUDIT_TIME,
    MONITORING,
    DIVIDENDS,
    EQUITY,
    WRITE_OFF,
) = range(len(PAYMENTS))

(
    POOL_AUDITS,
    BACK_CHECKS,
    TEAM_PENALTIES,
    INSPECTIONS,
    TRAINING,
    TECHNICAL_SUPPORT,
    PUBLIC_MONITORING,
    WORKS_TAX,
    WORKS_TREATMENT,
) = range(len(PARK_PAYMENTS))

N_PAYMENTS = len(PAYMENTS)
N_PARK_PAYMENTS = len(PARK_PAYMENTS)

ENTERPRISE = np.dtype(
    [
        # who, where
        ("park", "i4"),
        ("sector", "i4"),
        ("founded", "i4"),  # quarter in which the present tenant of the site began
        ("listed", "i1"),  # 1: handles hazardous substances, so under the listed audit duty
        ("connected", "i1"),  # 1: wastewater goes to the park's central works
        ("size_class", "i1"),  # 0 small, 1 medium, 2 large: thirds of the sector at the start
        ("attitude_group", "i1"),  # 0 low, 1 middle, 2 high, at the start
        # size and money
        ("output", "f8"),
        ("cash", "f8"),
        ("other_cost", "f8"),  # share of output: labour, materials, capital
        ("hard_times", "i4"),  # quarters in a row with cash below the credit line
        # technology
        ("monitored", "i1"),
        ("implemented", "u8"),
        ("identified", "u8"),
        ("told_by_peers", "u8"),
        ("suitability", "u1", (MAX_OPTIONS,)),  # 0..255 over the range of suitability
        ("mix", "f8"),  # product mix: scales load and limit alike
        ("base", "f8", (N_FLOWS,)),  # intensity with no option, per 10,000 CNY
        ("intensity", "f8", (N_FLOWS,)),
        ("technology", "f8"),
        ("option_running", "f8"),  # running cost of implemented options, share of output
        ("material_saving", "f8"),  # material they save, share of output
        # end-of-pipe treatment by medium; loads and limits of this quarter in equivalents
        ("cost_factor", "f8"),
        ("generated", "f8", (N_MEDIA,)),
        ("removable", "f8", (N_MEDIA,)),  # what full effort takes out
        ("allowed", "f8", (N_MEDIA,)),  # the limit
        ("shock_scale", "f8"),  # of the shock between planned and realised discharge
        ("margin", "f8"),  # planned ratio to the limit one spread of that shock below it
        ("effort", "f8", (N_MEDIA,)),
        ("shock", "f8", (N_MEDIA,)),  # realised discharge over the planned one
        ("ratio", "f8", (N_MEDIA,)),  # realised discharge over the limit
        ("reported_ratio", "f8", (N_MEDIA,)),
        ("reported_share", "f8", (N_MEDIA,)),
        # mind
        ("attitude", "f8"),
        ("knowledge", "f8"),
        ("hurdle", "f8"),  # per year
        ("belief", "f8"),  # perceived probability of detection, per quarter
        ("data_quality", "f8"),
        ("monitoring_rank", "f8"),
        ("tamper_rank", "f8"),
        ("trained", "i1"),
        # audits
        ("duty", "i1"),
        ("waiting", "i4"),  # 0 not in the queue, else 1 + quarters in the queue
        ("genuine", "i1"),
        ("audited", "i1"),  # 1 in the quarter of the audit
        ("last_audit", "i4"),
        ("level", "i1"),
        ("true_level", "i1"),
        ("team", "i4"),
        ("score", "f8"),
        ("true_score", "f8"),
        ("spread", "f8"),  # standard deviation of the score over the park's teams
        ("found", "i4"),
        ("reported_saving", "f8"),  # yearly, share of output, as found by the last audit
        # compliance
        ("violating", "i1"),
        ("inspected", "i1"),
        ("caught", "i1"),
        ("falsified", "i1"),
        ("record", "i4"),  # violations found since the last clean inspection
        ("watched", "i1"),  # 1: in the target group of a record-based inspection plan
        ("restriction", "f8"),  # share of output lost to a production restriction
        ("log_cost", "f8"),  # logarithm of this quarter's unit cost
        ("paid", "f8", (N_PAYMENTS,)),  # this quarter
    ],
    align=True,
)

TEAM = np.dtype(
    [
        ("park", "i4"),
        ("skill", "f8"),  # standard normal: expertise against the programme's mean
        ("temperament", "f8"),  # standard normal: personal bias; negative is lenient
        ("audits", "i4"),  # done so far
    ],
    align=True,
)

PARK = np.dtype(
    [
        ("kind", "i4"),  # 0 heavy industry, 1 high-tech, 2 mixed
        ("count", "i8"),  # enterprises
        ("first_team", "i8"),
        ("teams", "i8"),
        ("compares_teams", "i4"),  # 1: the spread of an audit's score over all teams is taken
        ("quarter", "i4"),
        ("energy_price", "f8"),  # 10,000 CNY per tce, this quarter, before energy tax
        ("works_fee", "f8"),  # 10,000 CNY per m3
        ("works_removal", "f8"),
        ("works_limit", "f8"),  # sewer limit over the limit of direct discharge
        ("treasury", "f8"),
        # known to all from last quarter's records
        ("watched_share", "f8"),
        ("mean_risk", "f8"),
        ("inspected_share", "f8"),
        ("caught_share", "f8"),
        ("reported_saving", "f8"),
        ("pass_share", "f8"),
        # this quarter's sums
        ("risk_sum", "f8"),
        ("watched_count", "f8"),
        ("inspected_count", "f8"),
        ("caught_count", "f8"),
        ("saving_sum", "f8"),
        ("audit_count", "f8"),
        ("pass_count", "f8"),
        ("works_load", "f8", (N_FLOWS,)),
        # the queue for audits
        ("queue", "f8", (QUEUE_LENGTH,)),
        ("serve_from", "i4"),
        ("serve_share", "f8"),
        # the archive of audit results
        ("archive", "f8", (ARCHIVE_BINS,)),
        ("reference_scale", "f8"),
        ("score_sum", "f8", (5,)),
        ("score_count", "f8", (5,)),
        # unit cost by sector
        ("cost_sum", "f8", (MAX_SECTORS,)),
        ("cost_count", "f8", (MAX_SECTORS,)),
        ("paid", "f8", (N_PARK_PAYMENTS,)),
    ],
    align=True,
)
