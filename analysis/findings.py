"""What a comparison found, in plain sentences of both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleanpark.analysis.wording import number, percent

if TYPE_CHECKING:
    from cleanpark.analysis.comparison import Comparison

HEADLINES = (
    "pollution_equivalents",
    "carbon_dioxide",
    "water",
    "compliance_true",
    "audit_coverage",
    "enterprise_cost",
    "treasury_net",
)


def sentence(comparison: Comparison, scenario: str, language: str) -> str:
    """One sentence about one scenario against the reference."""
    row = comparison.row(scenario, "pollution_equivalents")
    cost = comparison.row(scenario, "enterprise_cost")
    true = comparison.row(scenario, "compliance_true")
    title = comparison.title(scenario, language)
    base = comparison.title(comparison.reference, language)
    if not row["distinguishable"]:
        return {
            "en": f"{title}: pollution is not distinguishable from “{base}” "
            f"({interval(row, 'en')}).",
            "zh": f"{title}：污染当量与“{base}”无法区分（{interval(row, 'zh')}）。",
        }[language]
    money = number(cost["difference"], "CNY", language)
    more = {True: {"en": "more", "zh": "增加"}, False: {"en": "less", "zh": "减少"}}
    upward = bool(cost["difference"] >= 0)
    money = number(abs(cost["difference"]), "CNY", language)
    paid = {
        "en": f"enterprises bear {money} {more[upward]['en']} environmental cost",
        "zh": f"企业环境净成本{more[upward]['zh']}{money}",
    }[language]
    if not cost["distinguishable"]:
        paid = {
            "en": "the change of enterprises' environmental cost is not distinguishable from zero",
            "zh": "企业环境净成本的变化无法与零区分",
        }[language]
    shares = f"{100 * true['reference']:.0f} % → {100 * true['mean']:.0f} %"
    return {
        "en": f"{title}: pollution {percent(row['percent'])} against “{base}” "
        f"({interval(row, 'en')}); true compliance {shares}; {paid}.",
        "zh": f"{title}：污染当量较“{base}”变化 {percent(row['percent'])}"
        f"（{interval(row, 'zh')}）；真实达标率 {shares}；{paid}。",
    }[language]


def interval(row: object, language: str) -> str:
    """The 95 % interval of a difference in percent of the reference, in words."""
    low, high, reference = (float(row[key]) for key in ("low", "high", "reference"))  # type: ignore[index]
    if not np.isfinite(low) or reference == 0:
        return {"en": "no interval with a single seed", "zh": "单一随机种子，无区间"}[language]
    bounds = sorted((100 * low / reference, 100 * high / reference))
    text = f"{bounds[0]:+.1f} … {bounds[1]:+.1f} %"
    return {"en": f"95 % interval {text}", "zh": f"95%区间 {text}"}[language]


def key_findings(comparison: Comparison, language: str) -> list[str]:
    """A sentence for each scenario, the largest reduction first."""
    others = [name for name in comparison.names if name != comparison.reference]
    others.sort(key=lambda name: comparison.row(name, "pollution_equivalents")["mean"])
    return [sentence(comparison, name, language) for name in others]
