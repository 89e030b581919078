"""Boxes and criteria in words: amounts with their units, and the sides that are restricted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cleanpark.analysis.space import Factor
from cleanpark.analysis.wording import number
from cleanpark.analysis.wording import unit as unit_name

MOST_NAMED = 3
"""Parameters left out that are named; more are counted."""
BARE = ("", "choice", "elasticity", "elasticity per year", "factor", "ln", "logit",
        "per unit of ratio", "ratio")  # fmt: skip
"""Units that are not said: the number speaks for itself."""
OF_SHARE = {
    "share": "{}",
    "share per quarter": "每季 {}",
    "share per year": "每年 {}",
    "share of output": "产值的 {}",
    "share of yearly output": "年产值的 {}",
}
UNITS_ZH = {
    "CNY per equivalent": "元/当量",
    "CNY/m3": "元/立方米",
    "CNY/t": "元/吨",
    "CNY/tce": "元/吨标准煤",
    "audits per 100 enterprises and quarter": "次/百家企业·季",
    "days": "天",
    "quarters": "个季度",
    "teams per 100 enterprises": "组/百家企业",
}
TEXT: dict[str, dict[str, str]] = {
    "is": {"en": "{title} is {names}", "zh": "{title}为{names}"},
    "above": {"en": " exceeds {value}", "zh": "高于 {value}"},
    "below": {"en": " is below {value}", "zh": "低于 {value}"},
    "least": {"en": " is at least {value}", "zh": "不低于 {value}"},
    "most": {"en": " is at most {value}", "zh": "不高于 {value}"},
    "and": {"en": " and", "zh": "且"},
    "or": {"en": " or ", "zh": " 或 "},
    "limits": {"en": " and ", "zh": "，且"},
    "names": {"en": ", ", "zh": "、"},
    "whole": {"en": "Fails in {share:.0f} % of futures", "zh": "在 {share:.0f}% 的情形下失效"},
    "titled": {
        "en": "{title} fails ({rule}) in {share:.0f} % of futures",
        "zh": "“{title}”在 {share:.0f}% 的情形下失效（{rule}）",
    },
    "none": {"en": "{whole}.", "zh": "{whole}。"},
    "few": {
        "en": "{whole}: {count} runs are too few to say where.",
        "zh": "{whole}：仅 {count} 次，过少，无法指出在何处失效。",
    },
    "many": {
        "en": "{whole}: too many to set some apart from the rest.",
        "zh": "{whole}：比例过高，无法区分何时不失效。",
    },
    "nowhere": {
        "en": "{whole}; no parameter stands out.",
        "zh": "{whole}；没有突出的参数。",
    },
    "where": {
        "en": "{whole}; {coverage:.0f} % of these lie where {where}; there {density:.0f} % of "
        "runs fail.",
        "zh": "{whole}；其中 {coverage:.0f}% 出现在{where}时；此范围内 {density:.0f}% 的运行失效。",
    },
    "dropped": {
        "en": " Limits that may be chance are left out ({names}).",
        "zh": "可能出于偶然的限制未列出（{names}）。",
    },
    "dropped_many": {
        "en": " Limits of {count} other parameters may be chance and are left out.",
        "zh": "另有 {count} 个参数的限制可能出于偶然，未列出。",
    },
    "undefined": {
        "en": " {count} undefined futures are not counted.",
        "zh": "另有 {count} 个情形无定义，未计入。",
    },
}


def say(key: str, language: str, **values: object) -> str:
    """A text in a language."""
    return TEXT[key][language].format(**values)


def dropped_words(titles: Sequence[str], language: str) -> str:
    """That limits which may be chance are left out: by name where they are few."""
    if not titles:
        return ""
    if len(titles) > MOST_NAMED:
        return say("dropped_many", language, count=len(titles))
    return say("dropped", language, names=say("names", language).join(titles))


def figures(value: float) -> str:
    """A number with three significant digits and no exponent where it can be avoided.

    >>> figures(1234.5), figures(0.01534)
    ('1,234', '0.0153')
    """
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def amount(value: float, unit: str, language: str) -> str:
    """A value with its unit: shares in percent, money in CNY, large numbers in millions.

    >>> amount(0.06, "share per quarter", "en"), amount(0.06, "share per quarter", "zh")
    ('6 % per quarter', '每季 6%')
    >>> amount(30.0, "10,000 CNY", "en"), amount(1.2e6, "equivalents", "zh")
    ('CNY 300,000', '120 万当量')
    """
    if unit in OF_SHARE:
        if language == "zh":
            return OF_SHARE[unit].format(f"{100 * value:.3g}%")
        return f"{100 * value:.3g} %{unit.removeprefix('share')}"
    if unit in ("CNY", "10,000 CNY"):
        return money(value if unit == "CNY" else 1e4 * value, language)
    named = "" if unit in BARE else unit
    if language == "zh":
        named = UNITS_ZH.get(named, unit_name(named, "zh"))
        return f"{figures(value / 1e4)} 万{named}" if abs(value) >= 1e5 else _with(value, named)
    if abs(value) >= 1e6:
        return f"{figures(value / 1e6)} million {named}".strip()
    return _with(value, named)


def change(value: float, unit: str, language: str) -> str:
    """A difference with its sign and unit; of shares in percentage points.

    >>> change(-1.43e8, "equivalents", "en"), change(0.163, "share", "en")
    ('-143 million equivalents', '+16.3 percentage points')
    >>> change(2.5e8, "CNY", "zh")
    '+2.50 亿元'
    """
    sign = "-" if value < 0 else "+"
    if unit.startswith("share"):
        points = {"en": "percentage points", "zh": "个百分点"}[language]
        return f"{sign}{figures(100 * abs(value))} {points}"
    return f"{sign}{amount(abs(value), unit, language)}"


def within(title: str) -> str:
    """A title in the middle of an English sentence: its first letter small, unless all are large.

    >>> within("Moral cost of a violation"), within("CO2 price")
    ('moral cost of a violation', 'CO2 price')
    """
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _with(value: float, named: str) -> str:
    return f"{figures(value)} {named}".strip()


def money(value: float, language: str) -> str:
    """CNY as elsewhere; an amount below a million in full, so that no digit is lost."""
    if language == "en" and abs(value) < 1e6:
        return f"CNY {value:,.0f}"
    return number(value, "CNY", language)


def limit_words(factor: Factor, row: Mapping[Any, Any], language: str) -> str:
    """One restricted parameter in words, by the sides that are restricted.

    ``row`` has ``low`` and ``high``, of which an open side equals the factor's bound, and
    ``choices`` separated by commas.
    """
    title = within(factor.titled(language))
    if factor.scale == "choice":
        names = say("or", language).join(str(row["choices"]).split(", "))
        return say("is", language, title=title, names=names if language == "en" else f" {names}")
    over, under = ("least", "most") if factor.scale == "integer" else ("above", "below")
    parts = []
    if row["low"] > factor.low:
        parts.append(say(over, language, value=amount(row["low"], factor.unit, language)))
    if row["high"] < factor.high:
        parts.append(say(under, language, value=amount(row["high"], factor.unit, language)))
    return title + say("and", language).join(parts)
