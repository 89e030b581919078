"""The patterns, each declared in a file of its own.

To add one, write its file (:class:`~cleanpark.analysis.validation.pattern.Pattern`) and name it in
``PATTERNS``.
"""

from __future__ import annotations

from cleanpark.analysis.validation.pattern import Pattern
from cleanpark.analysis.validation.patterns.after_inspection import AFTER_INSPECTION
from cleanpark.analysis.validation.patterns.audit_yield import AUDIT_YIELD
from cleanpark.analysis.validation.patterns.auditor_independence import AUDITOR_INDEPENDENCE
from cleanpark.analysis.validation.patterns.audits_and_efficiency import AUDITS_AND_EFFICIENCY
from cleanpark.analysis.validation.patterns.automatic_monitoring import AUTOMATIC_MONITORING
from cleanpark.analysis.validation.patterns.bunching_of_reports import BUNCHING_OF_REPORTS
from cleanpark.analysis.validation.patterns.carbon_price import CARBON_PRICING
from cleanpark.analysis.validation.patterns.central_inspections import CENTRAL_INSPECTIONS
from cleanpark.analysis.validation.patterns.disclosure import DISCLOSURE
from cleanpark.analysis.validation.patterns.energy_price import ENERGY_PRICE
from cleanpark.analysis.validation.patterns.enforcement_statistics import ENFORCEMENT_STATISTICS
from cleanpark.analysis.validation.patterns.exits import EXITS
from cleanpark.analysis.validation.patterns.fine_spillover import FINE_SPILLOVER
from cleanpark.analysis.validation.patterns.housekeeping_decay import HOUSEKEEPING_DECAY
from cleanpark.analysis.validation.patterns.inspections_and_charges import INSPECTIONS_AND_CHARGES
from cleanpark.analysis.validation.patterns.low_hanging_fruit import LOW_HANGING_FRUIT
from cleanpark.analysis.validation.patterns.marginal_cost import MARGINAL_COST
from cleanpark.analysis.validation.patterns.no_change import NO_CHANGE
from cleanpark.analysis.validation.patterns.notches import NOTCHES_OF_THE_TAX
from cleanpark.analysis.validation.patterns.nox_charge import NOX_CHARGE
from cleanpark.analysis.validation.patterns.random_inspections import RANDOM_INSPECTIONS
from cleanpark.analysis.validation.patterns.recommendations import RECOMMENDATIONS
from cleanpark.analysis.validation.patterns.regulation_and_productivity import (
    REGULATION_AND_PRODUCTIVITY,
)
from cleanpark.analysis.validation.patterns.sanctions_deter import SANCTIONS_DETER
from cleanpark.analysis.validation.patterns.skewness import SKEWNESS
from cleanpark.analysis.validation.patterns.symbiosis import SYMBIOSIS
from cleanpark.analysis.validation.patterns.targeting_leverage import TARGETING_LEVERAGE
from cleanpark.analysis.validation.patterns.tax_response import TAX_RESPONSE
from cleanpark.analysis.validation.patterns.voluntary_audits import VOLUNTARY_AUDITS

PATTERNS: tuple[Pattern, ...] = (
    FINE_SPILLOVER,
    RANDOM_INSPECTIONS,
    TARGETING_LEVERAGE,
    AUTOMATIC_MONITORING,
    ENFORCEMENT_STATISTICS,
    SANCTIONS_DETER,
    CENTRAL_INSPECTIONS,
    AFTER_INSPECTION,
    DISCLOSURE,
    INSPECTIONS_AND_CHARGES,
    AUDITOR_INDEPENDENCE,
    RECOMMENDATIONS,
    LOW_HANGING_FRUIT,
    AUDITS_AND_EFFICIENCY,
    HOUSEKEEPING_DECAY,
    AUDIT_YIELD,
    VOLUNTARY_AUDITS,
    TAX_RESPONSE,
    MARGINAL_COST,
    NOTCHES_OF_THE_TAX,
    ENERGY_PRICE,
    CARBON_PRICING,
    NOX_CHARGE,
    REGULATION_AND_PRODUCTIVITY,
    SKEWNESS,
    BUNCHING_OF_REPORTS,
    EXITS,
    NO_CHANGE,
    SYMBIOSIS,
)
"""All patterns, in the order of the page."""


def all_patterns() -> tuple[Pattern, ...]:
    """The patterns that are declared."""
    return PATTERNS


def pattern_names() -> tuple[str, ...]:
    """Names of the patterns that are declared."""
    return tuple(one.name for one in PATTERNS)
