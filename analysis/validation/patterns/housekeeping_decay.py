"""Housekeeping that nobody follows up fades."""

from __future__ import annotations

from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial, steps
from cleanpark.scenarios.errors import Message

AFTER = {"one": 4, "three": 12}
"""Quarters after which what is still run is counted."""


def measure(trial: Trial) -> Numbers:
    """Housekeeping bought in the first two years, and what of it runs one and three years on."""
    policy = trial.scenario(
        "mandatory", audit_mode="mandatory-all", audit_capacity=12.0, audit_interval=40.0,
        follow_up=0.0,
    )  # fmt: skip
    model = trial.model(policy, trial.park(300), 20)
    bought: list[tuple[int, int, int]] = []
    kept = dict.fromkeys((*AFTER, *(f"{name}_bought" for name in AFTER)), 0.0)
    for before, now in steps(model):
        house = model.world.sectors["housekeeping"][now["sector"]]
        new = now["implemented"] & ~before["implemented"] & house
        if model.steps <= 8:
            bought += [(model.steps, row, int(bits)) for row, bits in enumerate(new) if bits]
        for begun, row, bits in bought:
            for name, quarters in AFTER.items():
                if model.steps == begun + quarters and now["founded"][row] == 0:
                    kept[f"{name}_bought"] += bits.bit_count()
                    kept[name] += (bits & int(now["implemented"][row])).bit_count()
    return kept


HOUSEKEEPING_DECAY = Pattern(
    "housekeeping-decay",
    "audits",
    Message("Housekeeping fades where nobody follows up"),
    (
        Source(
            "UNEP, Guidance manual: how to establish and operate cleaner production centres "
            "(2004), and experience of Chinese audits: 10 to 30 % a year",
            "https://wedocs.unep.org",
            "approximate",
        ),
    ),
    Message(
        "All enterprises are audited once, without follow-up; options of housekeeping bought in "
        "the first two years, share no longer run one and three years later."
    ),
    Message("Savings of housekeeping fade by 10 to 30 % a year: 0.9³ to 0.7³ are left of three."),
    (
        Part("faded_one", Message("faded after one year"), "share", (0.10, 0.30),
             lambda m: 1.0 - m["one"] / m["one_bought"]),
        Part("faded_three", Message("faded after three years"), "share", (0.27, 0.66),
             lambda m: 1.0 - m["three"] / m["three_bought"]),
    ),
    measure,
    seeds=8,
    quantities=("one", "three", "one_bought", "three_bought"),
)  # fmt: skip
