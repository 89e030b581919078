"""Twice as many inspections at random, with the same sanctions."""

from __future__ import annotations

from typing import Any

from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Series, Trial, relative, share
from cleanpark.scenarios.errors import Message

FROM = "2028-Q1"
AFTER = slice(8, 16)
CHANGES: dict[str, dict[str, Any]] = {
    "all": {},
    "halved": {"fine": {FROM: 5.0}},
    "seldom": {"sanctioned_share": {FROM: 0.4}},
}
"""What else changes when inspections double: nothing; fines halved; half as many sanctioned."""


def _against(new: Series, base: Series, name: str) -> Numbers:
    later = {key: (new[key][AFTER], base[key][AFTER]) for key in
             ("violations_found", "fines", "pollution_equivalents")}  # fmt: skip
    return {
        f"{name}_citations": share(*later["violations_found"]),
        f"{name}_penalties": share(*later["fines"]),
        f"{name}_pollution": relative(*later["pollution_equivalents"]),
    }


def measure(trial: Trial) -> Numbers:
    """Two years of doubled inspections against the twin without."""
    place = trial.park(200)
    base = trial.series(trial.scenario(), place, 16)
    found: dict[str, float] = {}
    for name, levers in CHANGES.items():
        policy = trial.scenario(inspection_rate={FROM: 0.12}, **levers)
        found |= _against(trial.series(policy, place, 16), base, name)
    return found


CITATIONS = (1.7, 2.3)
POLLUTION = (-0.05, 0.05)
PENALTIES = (0.8, 1.25)


def _parts() -> tuple[Part, ...]:
    how = {
        "all": Message("sanctions as they were"),
        "halved": Message("fines halved"),
        "seldom": Message("half the share sanctioned"),
    }
    titles = {
        "citations": (Message("citations, ratio"), "ratio", CITATIONS),
        "penalties": (Message("penalties, ratio"), "ratio", PENALTIES),
        "pollution": (Message("mean pollution, relative change"), "share", POLLUTION),
    }
    chosen = [("all", "citations"), ("all", "penalties"), ("all", "pollution"),
              ("halved", "citations"), ("halved", "pollution"), ("seldom", "citations"),
              ("seldom", "penalties"), ("seldom", "pollution")]  # fmt: skip
    return tuple(
        Part(f"{one}_{what}", Message("{what} ({how})", what=titles[what][0], how=how[one]),
             *titles[what][1:])
        for one, what in chosen
    )  # fmt: skip


RANDOM_INSPECTIONS = Pattern(
    "random-inspections",
    "enforcement",
    Message("More random inspections with the same sanctions"),
    (
        Source(
            "Duflo, Greenstone, Pande and Ryan (2018), The value of regulatory discretion, "
            "Econometrica 86(6), 2123-2160",
            "https://doi.org/10.3982/ECTA12876",
            "read",
        ),
    ),
    Message(
        "Random inspections double (6 to 12 % a quarter) in 2028 and 2029, against the twin "
        "without: with sanctions as they were, with fines halved, and with half as many of the "
        "violations found sanctioned, so that penalties stay as in Gujarat."
    ),
    Message(
        "Treated plants were more than twice as likely to be inspected and cited, no more likely "
        "to be penalised, and polluted no less on average: citations 1.7 to 2.3 times, penalties "
        "within a quarter, pollution within 5 %."
    ),
    _parts(),
    measure,
    seeds=60,
    quantities=tuple(f"{one}_{what}" for one in CHANGES
                     for what in ("citations", "penalties", "pollution")),
)  # fmt: skip
