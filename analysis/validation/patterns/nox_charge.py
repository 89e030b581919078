"""A charge on nitrogen oxides far above the tax, with continuous measurement."""

from __future__ import annotations

from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial
from cleanpark.scenarios.errors import Message

CHARGE = 12.0
"""CNY per equivalent, the statutory maximum; the Swedish charge would be some 35."""
LATE = slice(36, 60)


def measure(trial: Trial) -> Numbers:
    """Nitrogen oxides per output in the tenth to fifteenth year, with the charge and without."""
    place = trial.park(200)
    found = {}
    for prefix, levers in (
        ("", {}),
        ("charged_", {"air_tax_rate": CHARGE, "monitoring_coverage": 1.0}),
    ):
        run = trial.series(trial.scenario(**levers), place, 60)
        for name in ("nitrogen_oxides", "output"):
            found[prefix + name] = float(run[name][LATE].sum())
    return found


def _intensity(means: Numbers, prefix: str = "") -> float:
    return means[f"{prefix}nitrogen_oxides"] / means[f"{prefix}output"]


NOX_CHARGE = Pattern(
    "nox-charge",
    "prices",
    Message("A high charge with continuous measurement halves emissions per output"),
    (
        Source(
            "Höglund-Isaksson and Sterner (2009), Innovation effects of the Swedish NOx charge, "
            "OECD; OECD (2013), The Swedish tax on nitrogen oxide emissions, Environment Policy "
            "Paper 2",
            "https://doi.org/10.1787/5k3tpspfqgzt-en",
            "read",
        ),
    ),
    Message(
        "The statutory maximum of 12 CNY per equivalent and automatic monitoring of all from the "
        "start, against the twin at the minimum; NOx per output in the tenth to fifteenth year. "
        "The Swedish charge of 40 SEK/kg was about three times that maximum."
    ),
    Message(
        "NOx per unit of energy of the plants charged fell by half between 1992 and 2007, all "
        "causes together; the band is 30 to 60 %, since the charge here is lower."
    ),
    (
        Part("intensity", Message("NOx per output, relative change"), "share", (-0.60, -0.30),
             lambda m: _intensity(m, "charged_") / _intensity(m) - 1.0),
    ),
    measure,
    seeds=16,
    quantities=tuple(prefix + name for prefix in ("", "charged_")
                     for name in ("nitrogen_oxides", "output")),
    missing=(Message("the refund of the charge by energy produced: there is no such lever"),),
)  # fmt: skip
