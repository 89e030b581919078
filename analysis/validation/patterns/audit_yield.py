"""What an audit yields."""

from __future__ import annotations

from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial
from cleanpark.scenarios.errors import Message

FLOWS: dict[str, tuple[Message, float, float, str]] = {
    "energy": (Message("energy"), 400.0, 1.0, "tce"),
    "water": (Message("fresh water"), 20_000.0, 1.0, "m3"),
    "cod": (Message("COD"), 10.0, 1e-3, "t"),
    "sulfur_dioxide": (Message("SO2"), 10.0, 1e-3, "t"),
    "nitrogen_oxides": (Message("NOx"), 8.0, 1e-3, "t"),
}
"""Title, planned yield an audit and year, the model's unit in that, unit."""
SHARES = {
    "energy": (0.03, 0.08),
    "water": (0.05, 0.15),
    "cod": (0.05, 0.20),
    "sulfur_dioxide": (0.05, 0.15),
}
"""Reductions of an enterprise's total."""


def _run(trial: Trial, mode: str) -> dict[str, float]:
    """Yearly generation and use at the end, audits and investment of six years."""
    policy = trial.scenario(audit_mode=mode, audit_capacity=12.0, output_growth=0.0)
    model, quarters = trial.run(policy, trial.park(300), 24)
    last = model.enterprises()
    found = {flow: 4.0 * float(last[f"generated_{flow}"].sum()) for flow in FLOWS}
    totals = {name: float(quarters[name].sum()) for name in ("audits", "option_investment")}
    return {**found, **totals}


def measure(trial: Trial) -> Numbers:
    """All audited once in six years against none, output constant."""
    calm, told = (_run(trial, mode) for mode in ("none", "mandatory-all"))
    audits = told["audits"]
    avoided = {f"{flow}_avoided": unit * (calm[flow] - told[flow]) / audits
               for flow, (_, _, unit, _) in FLOWS.items()}  # fmt: skip
    shares = {f"{flow}_share": 1.0 - told[flow] / calm[flow] for flow in SHARES}
    invested = (told["option_investment"] - calm["option_investment"]) / audits
    return {**avoided, **shares, "invested": invested}


def _parts() -> tuple[Part, ...]:
    per = [
        Part(f"{flow}_avoided", Message("{flow} avoided an audit and year", flow=title), unit,
             (planned / 3.0, 1.5 * planned), None,
             Message("planned yield of 10,000 audits in Guangdong, a third to one and a half of "
                     "it, since it is a target"))
        for flow, (title, planned, _, unit) in FLOWS.items()
    ]  # fmt: skip
    shares = [
        Part(f"{flow}_share", Message("{flow}, share of generation or use", flow=FLOWS[flow][0]),
             "share", band)
        for flow, band in SHARES.items()
    ]  # fmt: skip
    invested = Part("invested", Message("investment an audit"), "CNY", (1e6, 2e7))
    return (*per, *shares, invested)


AUDIT_YIELD = Pattern(
    "audit-yield",
    "audits",
    Message("What an audit yields"),
    (
        Source(
            "Guangdong Economic and Information Commission and Environmental Protection "
            "Department, opinion on cleaner production in the 13th five-year plan",
            "http://www.sefec.com.cn/policy/279",
            "read",
        ),
        Source(
            "Synthesis of published cases of Chinese audits; on their effect in all see Chen, "
            "Zhou, Jia and Guo (2023)",
            "https://doi.org/10.1016/j.rser.2023.113661",
            "approximate",
        ),
    ),
    Message("All enterprises audited once in six years, against none; output constant."),
    Message(
        "Reports of audits give reductions of an enterprise's energy by 3 to 8 %, water by 5 to "
        "15 %, COD by 5 to 20 %, SO2 by 5 to 15 %, and investment of 1 to 20 million CNY."
    ),
    _parts(),
    measure,
    seeds=12,
)  # fmt: skip
