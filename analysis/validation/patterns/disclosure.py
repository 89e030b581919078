"""Violations when results are made public."""

from __future__ import annotations

from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial
from cleanpark.scenarios.errors import Message

LATE = slice(12, 24)


def measure(trial: Trial) -> Numbers:
    """Share of plants in violation, with and without disclosure from 2028 on."""
    place = trial.park(200)
    rates = [
        1.0
        - float(
            trial.series(trial.scenario(disclosure={"2028-Q1": share}), place, 24)[
                "compliance_true"
            ][LATE].mean()
        )
        for share in (0.0, 1.0)
    ]
    return {"hidden": rates[0], "public": rates[1]}


DISCLOSURE = Pattern(
    "disclosure",
    "enforcement",
    Message("What is made public is violated less"),
    (
        Source(
            "Bennear and Olmstead (2008), The impacts of the right to know: information "
            "disclosure and the violation of drinking water standards, JEEM 56(2), 117-130; "
            "summary by the authors",
            "https://resources.org/common-resources/information-disclosure-and-drinking-water-quality",
            "recalled",
        ),
    ),
    Message(
        "All audit results and violations are published from 2028 on, against none; share of "
        "plants in violation from the second to the fourth year."
    ),
    Message(
        "Utilities that had to mail reports of their violations to customers had 30 to 44 % fewer "
        "of them. They supply drinking water, not industry, so the band starts at half of it."
    ),
    (
        Part("violations", Message("violations, relative change"), "share", (-0.44, -0.15),
             lambda m: m["public"] / m["hidden"] - 1.0),
    ),
    measure,
    seeds=24,
    quantities=("hidden", "public"),
)  # fmt: skip
