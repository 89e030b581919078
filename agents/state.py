"""What an enterprise, an audit team and a park remember: one record each.

The compiled engine works on arrays of these records; a Mesa agent is a view of one row. Money is
in 10,000 CNY of constant 2025 prices, output in 10,000 CNY a quarter.
"""

from __future__ import annotations

import numpy as np

from cleanpark.agents.payments import PAID, PARK_PAID
from cleanpark.scenarios.flows import FLOWS, MEDIA, ORGANIC, flow_table
from cleanpark.scenarios.indicators import INDICATORS, WEIGHTED_FOR
from cleanpark.scenarios.sectors import MAX_OPTIONS as MAX_OPTIONS

N_FLOWS = len(FLOWS)
N_MEDIA = len(MEDIA)
N_INDICATORS = len(INDICATORS)
MAX_SECTORS = 32
ARCHIVE_BINS = 64
QUEUE_LENGTH = 64
SIZE_BINS = 96
"""Half octaves by which a park counts loads and sizes."""

ENERGY, FRESH_WATER, CARBON_DIOXIDE = map(FLOWS.index, ("energy", "water", "carbon_dioxide"))
VOC = FLOWS.index("voc")
AIR, WATER, WASTE = map(MEDIA.index, ("air", "water", "waste"))
_MEDIUM_OF = tuple(flow_table()[flow].medium for flow in FLOWS)
FIRST_FLOW = tuple(_MEDIUM_OF.index(medium) for medium in MEDIA)
END_FLOW = tuple(_MEDIUM_OF.index(medium) + _MEDIUM_OF.count(medium) for medium in MEDIA)
"""Flows of each medium (air, water, waste): FIRST_FLOW[m] up to, not including, END_FLOW[m]."""
UNTREATED_FLOWS = tuple(
    flow for flow, medium in enumerate(_MEDIUM_OF) if medium not in (*MEDIA, ORGANIC)
)
"""Resources and carbon dioxide, to which no limit applies."""

ENERGY_INDICATOR, WATER_INDICATOR, PROCESS_INDICATOR, MANAGEMENT_INDICATOR = map(
    INDICATORS.index, ("energy", "water", "process", "management")
)
INNOVATION_INDICATOR, FACILITIES_INDICATOR = map(INDICATORS.index, ("innovation", "facilities"))
INDICATOR_OF_MEDIUM = tuple(map(INDICATORS.index, ("air", "water_pollutants", "waste")))
"""The indicator that measures what is generated for each medium."""

LEVELS = ("none", "I", "II", "III", "below III")
"""Results of an audit by name; a record holds the position."""
LEVEL_NONE, LEVEL_I, LEVEL_II, LEVEL_III, BELOW_III = map(LEVELS.index, LEVELS)
N_LEVELS = len(LEVELS)
REFERENCE_I, REFERENCE_II, REFERENCE_III = range(3)
"""Columns of a sector's reference values."""
SIZES = ("small", "medium", "large")
"""Size classes by name: thirds of the sector at the start."""
ATTITUDES = ("low", "middle", "high")
"""Attitude groups by name, at the start."""
LOW, MIDDLE, HIGH = map(ATTITUDES.index, ATTITUDES)
PARK_KINDS = WEIGHTED_FOR[:-1]
"""Kinds of park by name; a park's record holds the position."""
NEVER = -1000
"""Quarter of the last audit of an enterprise that has had none."""

ENTERPRISE = np.dtype(
    [
        # who, where
        ("park", "i4"),
        ("sector", "i4"),
        ("regime", "i4"),  # number of the levers it is under: its park's, or a target's
        ("founded", "i4"),  # quarter in which the present tenant of the site began
        ("listed", "i1"),  # 1: handles hazardous substances, so under the listed audit duty
        ("connected", "i1"),  # 1: wastewater goes to the park's central works
        ("size_class", "i1"),  # 0 small, 1 medium, 2 large, at the start
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
        ("renewal", "f8"),  # share realised of the medium and high-cost techniques
        ("option_running", "f8"),  # running cost of implemented options, share of output
        ("material_saving", "f8"),  # material they save, share of output
        # end-of-pipe treatment by medium; loads and limits of this quarter in equivalents
        ("cost_factor", "f8"),
        ("shortfall", "f8", (N_FLOWS,)),  # of the sector's removal, in its own installations
        ("generated", "f8", (N_MEDIA,)),
        ("removable", "f8", (N_MEDIA,)),  # what full effort takes out
        ("allowed", "f8", (N_MEDIA,)),  # the limit
        ("shock_scale", "f8"),  # of the shock between planned and realised discharge
        ("effort", "f8", (N_MEDIA,)),
        ("exceeds", "f8", (N_MEDIA,)),  # probability of exceeding the limit, as planned
        ("shock", "f8", (N_MEDIA,)),  # realised discharge over the planned one
        ("ratio", "f8", (N_MEDIA,)),  # realised discharge over the limit
        ("reported_ratio", "f8", (N_MEDIA,)),
        ("reported_share", "f8", (N_MEDIA,)),
        ("voc_effort", "f8"),  # of treatment of volatile organic compounds
        # mind
        ("attitude", "f8"),
        ("knowledge", "f8"),
        ("hurdle", "f8"),  # per year
        ("taste", "f8"),  # uniform from which its liking of each option is drawn
        ("belief", "f8"),  # perceived probability of detection, per quarter
        ("data_quality", "f8"),
        ("monitoring_rank", "f8"),
        ("tamper_rank", "f8"),
        ("trained", "i1"),
        # audits
        ("duty", "i1"),
        ("ordered", "i1"),  # 1: an order to do the audit has been disobeyed so far
        ("waiting", "i4"),  # 0 not in the queue, else 1 + quarters in the queue
        ("genuine", "i1"),
        ("audited", "i1"),  # 1 in the quarter in which the audit team works
        ("last_audit", "i4"),
        ("until_result", "i4"),  # quarters of the audit left, this one included; 0: none under way
        ("evaluated", "i1"),  # 1 in the quarter in which an audit is evaluated
        ("rated", "i4"),  # quarter of the last evaluation
        ("recommended", "u8"),  # medium and high-cost options the audit under way calls for
        ("accepted", "i1"),  # 0: the last mandatory audit failed its acceptance
        ("stated", "i1"),  # 1: an audit stated an exceedance that nobody has looked into yet
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
        ("bypassing", "i1"),  # 1: an installation stands still and its limit is exceeded
        ("record", "i4"),  # violations sanctioned since the last clean inspection
        ("watched", "i1"),  # 1: in the target group of a record-based inspection plan
        ("key", "i1"),  # 1: on the authority's list of key polluters
        ("restriction", "f8"),  # share of output lost to a production restriction
        ("log_cost", "f8"),  # logarithm of this quarter's unit cost
        ("profit", "f8"),  # of this quarter before income tax, 10,000 CNY
        ("paid", PAID),  # this quarter, by name
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
        ("works_fee", "f8"),  # 10,000 CNY per m3
        ("works_removal", "f8"),
        ("works_limit", "f8"),  # sewer limit over the limit of direct discharge
        ("treasury", "f8"),
        # known to all from last quarter's records
        ("inspected_share", "f8"),
        ("caught_share", "f8"),
        ("reported_saving", "f8"),
        ("pass_share", "f8"),
        # this quarter's sums
        ("inspected_count", "f8"),
        ("caught_count", "f8"),
        ("saving_sum", "f8"),
        ("audit_count", "f8"),
        ("evaluated_count", "f8"),
        ("pass_count", "f8"),
        ("works_load", "f8", (N_FLOWS,)),
        # the year's list of key polluters, and the order of monitoring
        ("load", "f8", (N_MEDIA * SIZE_BINS,)),
        ("key_from", "i4", (N_MEDIA,)),
        ("key_count", "f8"),
        ("key_share", "f8"),
        ("by_output", "f8", (SIZE_BINS,)),
        ("larger", "f8", (SIZE_BINS,)),
        ("alike", "f8", (SIZE_BINS,)),
        # the plan of inspections
        ("weight_sum", "f8"),
        ("group_sum", "f8"),
        ("mean_weight", "f8"),
        ("mean_group", "f8"),
        # the queue for audits
        ("queue", "f8", (QUEUE_LENGTH,)),
        ("serve_from", "i4"),
        ("serve_share", "f8"),
        # the archive of audit results
        ("archive", "f8", (ARCHIVE_BINS,)),
        ("reference_scale", "f8"),
        ("gap_sum", "f8", (N_LEVELS,)),  # scores less true scores, by true level
        ("gap_count", "f8", (N_LEVELS,)),
        # unit cost by sector
        ("cost_sum", "f8", (MAX_SECTORS,)),
        ("cost_count", "f8", (MAX_SECTORS,)),
        # what each sector's products sell for
        ("price", "f8", (MAX_SECTORS,)),
        ("late", "f8", (MAX_SECTORS,)),
        ("demand", "f8", (MAX_SECTORS,)),
        # what energy costs each sector, 10,000 CNY per tce, this quarter, before energy tax
        ("energy_price", "f8", (MAX_SECTORS,)),
        ("paid", PARK_PAID),
    ],
    align=True,
)
