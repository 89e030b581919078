"""Every payment of the model, declared once: who pays whom, and what it counts as.

Records, sums, accounts, the treasury and the outcomes in money all follow from the two tables
below. To add a payment, add its row, and book it in the behaviour that causes it:
``enterprise.paid.NAME += amount``, or ``park.paid.NAME += amount``. Amounts are in 10,000 CNY and
positive in the direction named; only the running cost of options can be negative, where an
option saves labour, and the carbon charge, where allowances given free are left over to sell.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np


class Payment(NamedTuple):
    """One kind of payment.

    ``deductible`` and ``environmental`` name the line of a statement on which it stands, or are
    empty: costs deducted from taxable profit, and costs that the environment and its rules bring
    an enterprise. ``current`` costs belong to the quarter's cost of a unit of output (investment
    and what owners take do not). ``tax`` is an environmental tax or charge. ``social`` uses up
    society's resources; other payments move money between accounts, or do not depend on policy.
    """

    name: str
    payer: str
    payee: str
    deductible: str = ""
    environmental: str = ""
    current: bool = False
    tax: bool = False
    social: bool = False


ENTERPRISES, TREASURY = "enterprises", "treasury"

PAYMENTS: tuple[Payment, ...] = (
    Payment("sales", "customers", ENTERPRISES),
    Payment("materials", ENTERPRISES, "suppliers", "operation", current=True),
    Payment("energy", ENTERPRISES, "suppliers", "operation", current=True, social=True),
    Payment("water", ENTERPRISES, "suppliers", "operation", current=True, social=True),
    Payment(
        "treatment", ENTERPRISES, "suppliers", "operation", "control", current=True, social=True
    ),
    Payment("works_fee", ENTERPRISES, "works", "services", "control", current=True),
    Payment("option_investment", ENTERPRISES, "suppliers", environmental="control", social=True),
    Payment(
        "option_running", ENTERPRISES, "suppliers", "services", "control", current=True, social=True
    ),
    Payment("interest", ENTERPRISES, "banks", "services", current=True),
    Payment("environmental_tax", ENTERPRISES, TREASURY, "taxes", "taxes", current=True, tax=True),
    Payment("energy_tax", ENTERPRISES, TREASURY, "taxes", "taxes", current=True, tax=True),
    Payment("carbon_charge", ENTERPRISES, TREASURY, "taxes", "taxes", current=True, tax=True),
    Payment("income_tax", ENTERPRISES, TREASURY, current=True),
    Payment("fines", ENTERPRISES, TREASURY, environmental="oversight", current=True),
    Payment("subsidies", TREASURY, ENTERPRISES),
    Payment("awards", TREASURY, ENTERPRISES),
    Payment(
        "audit_fee", ENTERPRISES, "auditors", "oversight", "oversight", current=True, social=True
    ),
    Payment(
        "audit_time", ENTERPRISES, "suppliers", "oversight", "oversight", current=True, social=True
    ),
    Payment(
        "monitoring", ENTERPRISES, "suppliers", "oversight", "oversight", current=True, social=True
    ),
    Payment("dividends", ENTERPRISES, "owners"),
    Payment("equity", "owners", ENTERPRISES),
    Payment("write_off", "banks", ENTERPRISES),
)
"""What an enterprise pays and receives."""

PARK_PAYMENTS: tuple[Payment, ...] = (
    Payment("pool_audits", TREASURY, "auditors", social=True),
    Payment("back_checks", TREASURY, "auditors", social=True),
    Payment("team_penalties", "auditors", TREASURY),
    Payment("inspections", TREASURY, "suppliers", social=True),
    Payment("training", TREASURY, "suppliers", social=True),
    Payment("technical_support", TREASURY, "suppliers", social=True),
    Payment("public_monitoring", TREASURY, "suppliers", social=True),
    Payment("works_tax", "works", TREASURY, tax=True),
    Payment("works_treatment", "works", "suppliers", social=True),
)
"""What the park authority and the central works pay and receive."""

PAID = np.dtype([(payment.name, "f8") for payment in PAYMENTS], align=True)
"""An enterprise's payments of a quarter as a record, 10,000 CNY."""
PARK_PAID = np.dtype([(payment.name, "f8") for payment in PARK_PAYMENTS], align=True)
"""A park's payments of a quarter as a record, 10,000 CNY."""

Names = tuple[str, ...]


def those(belongs: Callable[[Payment], object], table: tuple[Payment, ...] = PAYMENTS) -> Names:
    """Names of the payments of a table that belong to a group, in the table's order."""
    return tuple(payment.name for payment in table if belongs(payment))


def lines(statement: str) -> tuple[Names, ...]:
    """Payments by their line of the statement ``deductible`` or ``environmental``."""
    titles = dict.fromkeys(getattr(payment, statement) for payment in PAYMENTS)
    return tuple(
        those(lambda payment, title=title: getattr(payment, statement) == title)  # type: ignore[misc]
        for title in titles
        if title
    )


SUPPORT = those(lambda one: one.payer == TREASURY)
"""What the treasury gives enterprises."""
RECEIPTS = those(lambda one: one.payee == ENTERPRISES)
"""All that enterprises receive."""
ENVIRONMENTAL_COSTS = those(lambda one: one.environmental)
INVESTMENT = those(lambda one: one.environmental and not one.current)
"""Environmental costs that are no cost of the quarter."""
ORDINARY_COSTS = those(lambda one: one.current and not one.environmental)
"""Costs of the quarter that the environment and its rules do not bring."""
NOT_DEDUCTIBLE = those(lambda one: one.current and not one.deductible)
"""Costs of the quarter that are paid out of taxed profit."""
OVERSIGHT = those(lambda one: one.deductible == "oversight")
"""Deductible costs of audits and monitoring."""
OTHER_CURRENT = those(lambda one: one.current and one.deductible != "oversight")
"""Costs of the quarter apart from audits and monitoring."""
TAXES = those(lambda one: one.tax)
TO_TREASURY = those(lambda one: one.payee == TREASURY)
PUBLIC_REVENUE = those(lambda one: one.payee == TREASURY and not one.tax)
"""What the treasury receives from enterprises beside environmental taxes."""
SOCIAL_COSTS = those(lambda one: one.social)

PARK_TAXES = those(lambda one: one.tax, PARK_PAYMENTS)
PARK_TO_TREASURY = those(lambda one: one.payee == TREASURY, PARK_PAYMENTS)
PARK_REVENUE = those(lambda one: one.payee == TREASURY and not one.tax, PARK_PAYMENTS)
PARK_OUTLAYS = those(lambda one: one.payer == TREASURY, PARK_PAYMENTS)
"""What the treasury spends in a park apart from support for enterprises."""
PARK_SOCIAL_COSTS = those(lambda one: one.social, PARK_PAYMENTS)
