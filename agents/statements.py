"""What a quarter's payments add up to: one function for each statement of the accounts.

Each is made from the declaration in :mod:`cleanpark.agents.payments`, as a plain sum of named
fields, so that a payment added there is counted everywhere it belongs. The terms of a sum run in
the declaration's order; brackets are its statement's lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from cleanpark.agents import payments as p
from cleanpark.agents.behaviour import behaviour


def fields(names: Iterable[str], between: str = " + ", of: str = "paid") -> str:
    """The fields of a record joined by an operator: ``paid.fines + paid.awards``."""
    return between.join(f"{of}.{name}" for name in names)


def bracketed(statement: str) -> str:
    """The sum of a statement, line by line."""
    return " + ".join(f"({fields(line)})" for line in p.lines(statement))


def made(name: str, meaning: str, arguments: str, body: str) -> Callable[..., Any]:
    """A behaviour of this name from its body, as ``namedtuple`` makes its methods."""
    scope: dict[str, Any] = {"__name__": __name__}
    exec(f"def {name}({arguments}):\n    {body}\n", scope)
    function: Callable[..., Any] = scope[name]
    function.__doc__ = meaning
    return behaviour(function)


def total(name: str, meaning: str, expression: str) -> Callable[[Any], float]:
    """A function of a record of payments, with the value of the expression."""
    return made(name, meaning, "paid", f"return {expression}")


def each(name: str, meaning: str, arguments: str, names: Iterable[str], step: str) -> Any:
    """A function that does one step for each of the names."""
    return made(name, meaning, arguments, "; ".join(step.format(name=one) for one in names))


deductible_costs = total(
    "deductible_costs", "Costs deducted from taxable profit.", bracketed("deductible")
)
environmental_costs = total(
    "environmental_costs",
    "Costs that the environment and its rules bring, investment included.",
    bracketed("environmental"),
)
support = total("support", "Subsidies, credits and awards received.", fields(p.SUPPORT))
investment = total("investment", "Investment for the environment.", fields(p.INVESTMENT))
receipts = total("receipts", "All that an enterprise receives.", fields(p.RECEIPTS))
turnover = total(
    "turnover", "All that is booked, received and paid.", fields(one.name for one in p.PAYMENTS)
)
unit_costs = total(
    "unit_costs",
    "Costs of the quarter less support.",
    f"({fields(p.OTHER_CURRENT)}) + ({fields(p.OVERSIGHT)} - {fields(p.SUPPORT, ' - ')})",
)
after_tax = made(
    "after_tax",
    "What is left of a profit after what is not deductible, with support.",
    "profit, paid",
    f"return profit - {fields(p.NOT_DEDUCTIBLE, ' - ')} + {fields(p.SUPPORT)}",
)
with_revenue = made(
    "with_revenue",
    "An amount, with what the treasury receives from enterprises.",
    "amount, paid",
    f"return amount + {fields(p.TO_TREASURY)}",
)
park_revenue = total(
    "park_revenue",
    "What the treasury receives from works and audit teams.",
    fields(p.PARK_TO_TREASURY),
)
park_outlays = total(
    "park_outlays", "What the treasury spends in the park itself.", fields(p.PARK_OUTLAYS)
)

clear = each(
    "clear", "Begin a quarter: nothing is booked.", "paid", p.PAID.names or (), "paid.{name} = 0.0"
)
clear_park = each(
    "clear_park",
    "Begin a park's quarter: nothing is booked.",
    "paid",
    p.PARK_PAID.names or (),
    "paid.{name} = 0.0",
)
add = each(
    "add",
    "Add an enterprise's payments to a sum of them.",
    "sums, paid",
    p.PAID.names or (),
    "sums.{name} += paid.{name}",
)
keep_park = each(
    "keep_park",
    "Write a park's payments into the quarter's sums.",
    "sums, paid",
    p.PARK_PAID.names or (),
    "sums.{name} = paid.{name}",
)
