"""Texts and numbers of tables, figures and pages in English and Chinese."""

from __future__ import annotations

import math

LANGUAGES = ("en", "zh")

TEXT: dict[str, dict[str, str]] = {
    "reference": {"en": "reference", "zh": "参照"},
    "scenario": {"en": "Scenario", "zh": "情景"},
    "outcome": {"en": "Outcome", "zh": "指标"},
    "unit": {"en": "Unit", "zh": "单位"},
    "mean": {"en": "Mean", "zh": "均值"},
    "difference": {"en": "Difference", "zh": "差异"},
    "interval": {"en": "95 % interval", "zh": "95%区间"},
    "percent": {"en": "Change", "zh": "变化率"},
    "same": {"en": "not distinguishable", "zh": "无法区分"},
    "undefined": {"en": "undefined", "zh": "无定义"},
    "year": {"en": "Year", "zh": "年份"},
    "against": {"en": "change against {reference}, %", "zh": "相对“{reference}”的变化（%）"},
    "avoided": {
        "en": "Pollution equivalents avoided, % of {reference}",
        "zh": "污染当量减少（占“{reference}”的%）",
    },
    "society": {"en": "Extra cost to society, million CNY", "zh": "社会新增成本（百万元）"},
    "treasury": {"en": "Cost to the treasury, million CNY", "zh": "财政成本（百万元）"},
    "million": {"en": "million CNY", "zh": "百万元"},
    "cost_change": {
        "en": "Change of environmental cost, CNY per 10,000 CNY of output",
        "zh": "环境净成本变化（元/万元产值）",
    },
    "share": {"en": "share of enterprises", "zh": "企业占比"},
    "quarter_unit": {"en": "{unit} per quarter", "zh": "{unit}/季"},
    "trajectories": {"en": "Main outcomes over time", "zh": "主要指标随时间变化"},
    "cost_reduction": {"en": "Cost against reduction", "zh": "成本与减排"},
    "who_pays": {"en": "Who pays", "zh": "谁承担成本"},
    "levels": {"en": "Audit levels over time", "zh": "审核等级随时间变化"},
    "compliance": {
        "en": "Compliance: true against apparent",
        "zh": "达标率：真实与申报",
    },
    "true": {"en": "true", "zh": "真实"},
    "apparent": {"en": "apparent (as reported)", "zh": "申报"},
    "level1": {"en": "Level I", "zh": "I级"},
    "level2": {"en": "Level II", "zh": "II级"},
    "level3": {"en": "Level III", "zh": "III级"},
    "small": {"en": "small", "zh": "小型"},
    "medium": {"en": "medium", "zh": "中型"},
    "large": {"en": "large", "zh": "大型"},
    "low": {"en": "low attitude", "zh": "态度消极"},
    "middle": {"en": "middle attitude", "zh": "态度中等"},
    "high": {"en": "high attitude", "zh": "态度积极"},
}
UNITS_ZH = {
    "CNY": "元",
    "share": "比例",
    "share per quarter": "每季比例",
    "share of output": "产值占比",
    "points": "分",
    "options": "项",
    "audits": "次",
    "inspections": "次",
    "violations": "次",
    "enterprises": "家",
    "equivalents": "当量",
    "tce": "吨标准煤",
    "m3": "立方米",
    "kg": "千克",
    "t": "吨",
}


def say(key: str, language: str, **values: str) -> str:
    """A text in a language."""
    return TEXT[key][language].format(**values)


def unit(name: str, language: str) -> str:
    """A unit's name in a language."""
    return UNITS_ZH.get(name, name) if language == "zh" else name


def number(value: float, of: str, language: str = "en") -> str:
    """A value with as many digits as mean something: shares in percent, money in large units.

    >>> number(12_345_678.0, "CNY")
    'CNY 12.3 million'
    >>> number(12_345_678.0, "CNY", "zh")
    '1,235 万元'
    >>> number(0.683, "share")
    '68.3 %'
    """
    if not math.isfinite(value):
        return say("undefined", language)
    if of == "CNY":
        return _money(value, language)
    if of.startswith("share"):
        return f"{100 * value:.1f} %"
    return _plain(value)


def _money(value: float, language: str) -> str:
    size = abs(value)
    if language == "zh":
        if size >= 1e8:
            return f"{value / 1e8:,.2f} 亿元"
        return f"{value / 1e4:,.0f} 万元" if size >= 1e4 else f"{value:,.0f} 元"
    if size >= 1e9:
        return f"CNY {value / 1e9:,.2f} billion"
    return f"CNY {value / 1e6:,.1f} million" if size >= 1e5 else f"CNY {value:,.0f}"


def _plain(value: float) -> str:
    size = abs(value)
    if size >= 1e6:
        return f"{value / 1e6:,.2f} M"
    if size >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if size < 10 else f"{value:.1f}"


def percent(value: float, language: str = "en") -> str:
    """A signed change in percent."""
    if not math.isfinite(value):
        return say("undefined", language)
    return f"{value:+.1f} %"
