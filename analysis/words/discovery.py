"""Boxes and criteria in words: amounts with their units, and the sides that are restricted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from cleanpark.analysis.studies.space import Factor
from cleanpark.analysis.words.wording import number
from cleanpark.analysis.words.wording import unit as unit_name

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
CHOICES_ZH = {
    "none": "无",
    "voluntary": "自愿",
    "mandatory-listed": "名录企业强制",
    "mandatory-all": "全部强制",
    "fixed": "固定",
    "adaptive": "自适应",
    "park-type": "按园区类型",
    "unified": "统一",
    "enterprise": "企业",
    "pool": "统筹资金",
    "authority": "主管部门",
    "random": "随机",
    "record": "按违规记录",
    "risk": "按风险",
    "archive": "按审核档案",
    "catalogue": "按目录",
}
"""Choices of levers as they are said; in English their names speak for themselves."""
TEXT: dict[str, dict[str, str]] = {
    "is": {"en": "{title} is{names}", "zh": "{title}为{names}"},
    "above": {"en": " exceeds{value}", "zh": "高于{value}"},
    "below": {"en": " is below{value}", "zh": "低于{value}"},
    "least": {"en": " is at least{value}", "zh": "不低于{value}"},
    "most": {"en": " is at most{value}", "zh": "不高于{value}"},
    "and": {"en": " and", "zh": "且"},
    "or": {"en": " or ", "zh": " 或 "},
    "limits": {"en": " and ", "zh": "，且"},
    "names": {"en": ", ", "zh": "、"},
    "whole": {"en": "Fails in {share:.0f} % of futures", "zh": "在 {share:.0f}% 的情形下失效"},
    "titled": {
        "en": "“{title}” fails ({rule}) in {share:.0f} % of futures",
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
        "futures fail, by the futures that it was found from.",
        "zh": "{whole}；其中 {coverage:.0f}% 出现在{where}时；此范围内 {density:.0f}% 的情形失效"
        "（按找出该范围的同一批情形计）。",
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
    "beyond_more": {"en": "{title} above {value}", "zh": "{title}高于 {value}"},
    "beyond_less": {"en": "{title} below {value}", "zh": "{title}低于 {value}"},
    "beyond_more_reference": {"en": "{title} above the reference", "zh": "{title}高于参照"},
    "beyond_less_reference": {"en": "{title} below the reference", "zh": "{title}低于参照"},
    "to": {"en": " to ", "zh": " 至 "},
    "open": {"en": "undefined", "zh": "无定义"},
    "quoted": {"en": "“{name}”", "zh": "“{name}”"},
    "together": {"en": " and ", "zh": "与"},
    "then": {"en": "; then ", "zh": "；其次"},
    "tie": {"en": " (not distinguishable)", "zh": "（无法区分）"},
    "at_least": {"en": "at least {value}", "zh": "不低于 {value}"},
    "at_most": {"en": "at most {value}", "zh": "不高于 {value}"},
    "more_than": {"en": "above {value}", "zh": "高于 {value}"},
    "less_than": {"en": "below {value}", "zh": "低于 {value}"},
    "futures_met": {
        "en": "Futures in which “{title}” is {target}: {ranking}.",
        "zh": "“{title}”{target}的情形占比：{ranking}。",
    },
    "regret_ranked": {
        "en": "Mean distance to the best policy in the same future, “{title}”: {ranking}.",
        "zh": "“{title}”与同一情形下最优政策的平均差距：{ranking}。",
    },
    "mean_ranked": {
        "en": "Mean over futures, “{title}”: {ranking}.",
        "zh": "“{title}”各情形的平均值：{ranking}。",
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


def amount_span(low: float, high: float, unit: str, language: str) -> str:
    """A range of values; what both ends have in common is said once.

    >>> amount_span(0.001, 0.00368, "share of output", "en"), amount_span(3, 20, "CNY/t", "zh")
    ('0.1 … 0.368 % of output', '3 … 20 元/吨')
    """
    ends = [amount(one, unit, language) for one in (low, high)]
    parts = [re.match(r"([^-\d]*)([-\d.,]+)(.*)", one) for one in ends]
    if None in parts or len({(one[1], one[3]) for one in parts if one}) > 1:
        return " … ".join(ends)
    before, first, after = parts[0].groups()  # type: ignore[union-attr]
    return f"{before}{first} … {parts[1][2]}{after}"  # type: ignore[index]


def change(value: float, unit: str, language: str) -> str:
    """A difference with its sign and unit; of shares in percentage points.

    >>> change(-1.43e8, "equivalents", "en"), change(0.163, "share", "en")
    ('-143 million equivalents', '+16.3 percentage points')
    >>> change(2.5e8, "CNY", "zh"), change(-9.45e7, "CNY", "en")
    ('+2.5 亿元', 'CNY -94.5 million')
    """
    return _told([value], unit, language, "+")


def change_span(low: float, high: float, unit: str, language: str) -> str:
    """Two differences, such as the ends of an interval, in one unit that is said once.

    >>> change_span(8.8e5, 1.49e7, "equivalents", "en")
    '+0.88 to +14.9 million equivalents'
    >>> change_span(-1.49e8, -4.01e7, "CNY", "zh")
    '-1.49 至 -0.401 亿元'
    """
    return _told([low, high], unit, language, "+")


def distance(value: float, unit: str, language: str) -> str:
    """How far two values of an outcome lie apart: a difference without a sign.

    >>> distance(0.163, "share", "en"), distance(1.2e6, "equivalents", "zh")
    ('16.3 percentage points', '120 万当量')
    """
    return _told([value], unit, language, "")


def _told(values: Sequence[float], unit: str, language: str, sign: str) -> str:
    """Differences in the same power of ten, as the largest of them wants it."""
    known = [abs(one) for one in values if one == one]
    divisor, before, after = difference_scale(max(known, default=0.0), unit, language)
    told = [signed(one / divisor, sign) if one == one else say("open", language) for one in values]
    return f"{before}{say('to', language).join(told)}{after}"


def difference_scale(size: float, unit: str, language: str) -> tuple[float, str, str]:
    """What differences of this size are divided by, and what is said before and after them."""
    if unit.startswith("share"):
        return 0.01, "", {"en": " percentage points", "zh": " 个百分点"}[language]
    if unit in ("CNY", "10,000 CNY"):
        in_cny = 1.0 if unit == "CNY" else 1e4
        divisor, before, after = money_scale(size * in_cny, language)
        return divisor / in_cny, before, after
    named = "" if unit in BARE else unit
    if language == "zh":
        named = UNITS_ZH.get(named, unit_name(named, "zh"))
        return (1e4, "", f" 万{named}") if size >= 1e5 else (1.0, "", f" {named}".rstrip())
    if size >= 1e6:
        return 1e6, "", f" million {named}".rstrip()
    return 1.0, "", f" {named}".rstrip()


def money_scale(size: float, language: str) -> tuple[float, str, str]:
    """The same for an amount in CNY: English has its unit before the number, Chinese after it."""
    if language == "zh":
        steps = ((1e8, " 亿元"), (1e4, " 万元"))
    else:
        steps = ((1e9, " billion"), (1e6, " million"))
    before = "" if language == "zh" else "CNY "
    for divisor, name in steps:
        if size >= divisor:
            return divisor, before, name
    return 1.0, before, "" if language == "en" else " 元"


def signed(value: float, sign: str = "+") -> str:
    """A number with its sign, and zero without one.

    >>> signed(3.0), signed(-0.0), signed(-2.5, "")
    ('+3', '0', '-2.5')
    """
    text = figures(value)
    if not text.strip("-0.,"):
        return "0"
    return text if value < 0 else f"{sign}{text}"


def whole_percent(share: float, language: str) -> str:
    """A share in whole percent; what rounds to zero has no sign.

    >>> whole_percent(-0.001, "en"), whole_percent(0.45, "zh")
    ('0 %', '45%')
    """
    number = round(100 * share) + 0
    return {"en": f"{number} %", "zh": f"{number}%"}[language]


def three_digits(value: float) -> float:
    """A value rounded to three significant digits, to be told in short.

    >>> three_digits(5.0286)
    5.03
    """
    return float(f"{value:.3g}")


def choice_name(name: str, language: str) -> str:
    """A choice of a lever in words."""
    return CHOICES_ZH.get(name, name) if language == "zh" else name


def short_title(title: str) -> str:
    """A title without what explains it after a semicolon or in brackets.

    >>> short_title("Award for level I (half for level II)"), short_title("水价（含污水费）")
    ('Award for level I', '水价')
    """
    return re.split(r"; | \(|（|；", title)[0]


def within(title: str) -> str:
    """A title in the middle of an English sentence: its first letter small, unless all are large.

    >>> within("Moral cost of a violation"), within("CO2 price")
    ('moral cost of a violation', 'CO2 price')
    """
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _with(value: float, named: str) -> str:
    return f"{figures(value)} {named}".strip()


def money(value: float, language: str) -> str:
    """CNY as elsewhere; in English an amount below a million in full, in Chinese with three digits,
    so that amounts that differ are told apart.

    >>> money(50286.0, "zh"), money(388680.0, "en")
    ('5.03 万元', 'CNY 388,680')
    """
    if language == "en" and abs(value) < 1e6:
        return f"CNY {value:,.0f}"
    if language == "zh" and 1e4 <= abs(value) < 1e8:
        return f"{figures(value / 1e4)} 万元"
    return number(value, "CNY", language)


def of_what(factor: Factor, language: str) -> tuple[str, str, str]:
    """A parameter's title, its unit, and what its shares are of.

    Where the title says of what the parameter is a share, the unit must not say it again.
    """
    title = within(factor.titled(language))
    if not factor.unit.startswith("share of "):
        return title, factor.unit, ""
    if language == "zh":
        return title, "share" if "占" in title else factor.unit, ""
    before, found, whole = title.partition(", share of ")
    return (before, "share", f" of {whole}") if found else (title, factor.unit, "")


def limit_words(factor: Factor, row: Mapping[Any, Any], language: str) -> str:
    """One restricted parameter in words, by the sides that are restricted.

    ``row`` has ``low`` and ``high``, of which an open side equals the factor's bound, and
    ``choices`` separated by commas.
    """
    title, unit, whole = of_what(factor, language)
    if factor.scale == "choice":
        told = [choice_name(one, language) for one in str(row["choices"]).split(", ")]
        return say("is", language, title=title, names=spaced(say("or", language).join(told)))
    over, under = ("least", "most") if factor.scale == "integer" else ("above", "below")
    parts = []
    if row["low"] > factor.low:
        value = amount(row["low"], unit, language) + whole
        parts.append(say(over, language, value=spaced(value)))
    if row["high"] < factor.high:
        value = amount(row["high"], unit, language) + whole
        parts.append(say(under, language, value=spaced(value)))
    return title + say("and", language).join(parts)


def spaced(value: str) -> str:
    """What follows a word; between two Chinese words stands no space."""
    return value.replace(" 或 ", "或") if ord(value[0]) > 0x3000 else f" {value}"
