"""Carbon dioxide and output under a carbon price."""

from __future__ import annotations

from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial
from cleanpark.scenarios.errors import Message

PRICE = 120.0
"""CNY/t: about the 15 EUR of the second phase, 2008 to 2012."""
SECOND_PHASE = slice(20, 28)


def measure(trial: Trial) -> Numbers:
    """A carbon price from 2028 on, against the twin; third to fourth year of it."""
    place = trial.park(200)
    found = {}
    for prefix, price in (("", 0.0), ("priced_", PRICE)):
        run = trial.series(trial.scenario(carbon_price={"2028-Q1": price}), place, 28)
        for name in ("carbon_dioxide", "output"):
            found[prefix + name] = float(run[name][SECOND_PHASE].sum())
    return found


CARBON_PRICING = Pattern(
    "carbon-price",
    "prices",
    Message("A carbon price cuts emissions and hardly output"),
    (
        Source(
            "Colmer, Martin, Muûls and Wagner (2024), Does pricing carbon mitigate climate "
            "change? Firm-level evidence from the European Union Emissions Trading System, Review "
            "of Economic Studies; abstract of the study",
            "https://thelondon.news/eu-climate-policy-french-manufacturers-cut-emissions-by-43-"
            "million-tonnes",
            "reported",
        ),
        Source(
            "Petrick and Wagner (2014), The impact of carbon trading on industry: evidence from "
            "German manufacturing firms, Kiel Working Paper 1912",
            "https://paperzz.com/doc/7245258/the-impact-of-carbon-trading-on-industry--evidence-"
            "from-g...",
            "read",
        ),
    ),
    Message(
        "A price of 120 CNY/t (the 15 EUR of 2008 to 2012) on all carbon dioxide from 2028 on, "
        "against the twin; fourth and fifth year of it. Allowances are not given away, trade is "
        "not modelled."
    ),
    Message(
        "Regulated French manufacturers emitted some 15 % less than others (8 % in an earlier "
        "version), German ones a fifth less, without lower output, employment or exports."
    ),
    (
        Part("carbon", Message("carbon dioxide, relative change"), "share", (-0.20, -0.08),
             lambda m: m["priced_carbon_dioxide"] / m["carbon_dioxide"] - 1.0),
        Part("output", Message("output, relative change"), "share", (-0.02, 0.02),
             lambda m: m["priced_output"] / m["output"] - 1.0),
    ),
    measure,
    seeds=20,
    quantities=tuple(prefix + name for prefix in ("", "priced_")
                     for name in ("carbon_dioxide", "output")),
)  # fmt: skip
