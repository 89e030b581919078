"""Texts and numbers of tables, figures and pages in English and Chinese."""

from __future__ import annotations

import math

LANGUAGES = ("en", "zh")
PERCENT = {"en": " %", "zh": "%"}
"""The sign of percent after a number, as each language sets it."""
STEPS = {
    "en": ((1e9, "billion "), (1e6, "million "), (1e3, "thousand ")),
    "zh": ((1e8, "亿"), (1e4, "万")),
}
"""Large units in which a language counts, the largest first."""

TEXT: dict[str, dict[str, str]] = {
    "ns": {"en": "n.s.", "zh": "不显著"},
    "undefined": {"en": "undefined", "zh": "无定义"},
    "rises": {"en": "pollution rises", "zh": "污染增加"},
    "points": {"en": "points", "zh": "个百分点"},
    "bracket": {"en": " ({text})", "zh": "（{text}）"},
    "clause_same": {"en": "{title} not distinguishable", "zh": "{title}无法区分"},
    "more": {"en": ", {money} more", "zh": "，增加 {money}"},
    "less": {"en": ", {money} less", "zh": "，减少 {money}"},
    "one_seed": {"en": "a single seed has no interval", "zh": "单一随机种子，无区间"},
    "clauses": {"en": "; ", "zh": "；"},
    "sentence": {"en": "{title}: {text}.", "zh": "{title}：{text}。"},
    "year": {"en": "Year", "zh": "年份"},
    "avoided": {
        "en": "Pollution equivalents avoided, % of “{reference}”",
        "zh": "污染当量减少（占“{reference}”的%）",
    },
    "society": {"en": "Extra cost to society, {unit}", "zh": "社会新增成本（{unit}）"},
    "clear": {
        "en": "change of pollution distinguishable (bars: 95 % intervals)",
        "zh": "污染变化显著（线段为95%区间）",
    },
    "unclear": {"en": "not distinguishable", "zh": "不显著"},
    "gap": {"en": "difference, {unit}", "zh": "差异（{unit}）"},
    "others": {"en": "other scenarios", "zh": "其他情景"},
    "by_size": {"en": "By size of enterprise", "zh": "按企业规模"},
    "by_attitude": {"en": "By commitment to compliance", "zh": "按合规态度"},
    "no_audits": {"en": "no audits", "zh": "无审核"},
    "cost_change": {
        "en": "Change of environmental cost, CNY per 10,000 CNY of output",
        "zh": "环境净成本变化（元/万元产值）",
    },
    "share": {"en": "share of enterprises, %", "zh": "企业占比（%）"},
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
    "level0": {"en": "below level III, or never audited", "zh": "未达III级或未经审核"},
    "level1": {"en": "Level I", "zh": "I级"},
    "level2": {"en": "Level II", "zh": "II级"},
    "level3": {"en": "Level III", "zh": "III级"},
    "small": {"en": "small", "zh": "小型"},
    "medium": {"en": "medium", "zh": "中型"},
    "large": {"en": "large", "zh": "大型"},
    "low": {"en": "weak", "zh": "消极"},
    "middle": {"en": "middling", "zh": "中等"},
    "high": {"en": "strong", "zh": "积极"},
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
PAPER = "Zhuang, Sun and Yu (DOI 10.12238/eep.v8i5.2680)"
"""The paper that the model starts from, as the packaged policies cite it."""
_PAPER_ZH = "Zhuang、Sun、Yu（DOI 10.12238/eep.v8i5.2680）"
SOURCES_ZH = {
    f"{PAPER}, section 1.2; every value is the default of its lever, whose source levers.toml "
    "states": f"{_PAPER_ZH}第1.2节；各项数值均为相应政策工具的默认值，来源见 levers.toml",
    f"{PAPER}, section 3.3: the measures together": f"{_PAPER_ZH}第3.3节：各项措施合并实施",
    f"{PAPER}, section 3.1; German energy audit duty (EDL-G); peak equalisation (StromStG section "
    "10, EnergieStG section 55) until 31 December 2023, since then the lower electricity tax needs "
    "no management system (docs/law.md)": f"{_PAPER_ZH}第3.1节；德国能源审计义务（EDL-G）；"
    "尖峰平衡税收返还（StromStG第10条、EnergieStG第55条，至2023年12月31日），此后降低的电力税不再要求管理体系"
    "（docs/law.md）",
    "Duflo, Greenstone, Pande and Ryan 2013, DOI 10.1093/qje/qjt024": "Duflo、Greenstone、Pande、"
    "Ryan（2013），DOI 10.1093/qje/qjt024",
    "Ecological and Environmental Code, Article 967 (before 15 August 2026: Cleaner Production "
    f"Promotion Law, Article 27), extended to all enterprises; {PAPER}, section 3.3": (
        "《生态环境法典》第九百六十七条（2026年8月15日前：《清洁生产促进法》第二十七条），"
        f"扩展至所有企业；{_PAPER_ZH}第3.3节"
    ),
    "definition of the counterfactual": "按反事实情景的定义",
    f"{PAPER}, section 3.3; Ecological and Environmental Code, Articles 1060 and 1107 (before 15 "
    "August 2026: Environmental Protection Law, Articles 59 and 60)": f"{_PAPER_ZH}第3.3节；"
    "《生态环境法典》第一千零六十条、第一千一百零七条（2026年8月15日前：《环境保护法》第五十九条、"
    "第六十条）",
    f"{PAPER}, section 3.3: Internet of Things and big data": f"{_PAPER_ZH}第3.3节：物联网与大数据",
    f"{PAPER}, section 3.3: reward and punishment by result": f"{_PAPER_ZH}第3.3节：按审核结果奖惩",
    f"{PAPER}, section 3.2": f"{_PAPER_ZH}第3.2节",
    f"{PAPER}, sections 2.1 to 2.3": f"{_PAPER_ZH}第2.1至2.3节",
    "local rules: 10 to 30 % of project investment": "地方规定：项目投资额的10%至30%",
    "Environmental Protection Tax Law, Schedule 1; provincial rates such as 6 and 7 CNY in Jiangsu "
    "and Hebei cities": "《环境保护税法》附表一；省级税率，如江苏、河北部分城市的6元和7元",
}
"""What the sources of the packaged policies say in Chinese."""


def say(key: str, language: str, **values: str) -> str:
    """A text in a language."""
    return TEXT[key][language].format(**values)


def unit(name: str, language: str) -> str:
    """A unit's name in a language."""
    return UNITS_ZH.get(name, name) if language == "zh" else name


def scale(largest: float, of: str, language: str) -> tuple[float, str]:
    """Divisor and unit for numbers up to ``largest``, so that they stay short; shares in percent.

    >>> scale(3.5e9, "CNY", "en"), scale(1.7e8, "equivalents", "zh"), scale(2e6, "m3", "en")
    ((1000000000.0, 'billion CNY'), (100000000.0, '亿当量'), (1000000.0, 'million m3'))
    """
    if of.startswith("share"):
        return 0.01, "%"
    if largest < 1e4 or (language == "zh" and largest < 1e5):
        return 1.0, unit(of, language)
    divisor, word = next(step for step in STEPS[language] if largest >= step[0])
    return divisor, word + unit(of, language)


def source(text: str, language: str) -> str:
    """Where a policy comes from; a packaged policy's source is known in Chinese, others stay."""
    return SOURCES_ZH.get(text, text) if language == "zh" else text


def number(value: float, of: str, language: str = "en") -> str:
    """A value with as many digits as mean something: shares in percent, money in large units.

    >>> number(12_345_678.0, "CNY")
    'CNY 12.3 million'
    >>> number(12_345_678.0, "CNY", "zh"), number(54_000.0, "CNY", "zh")
    ('1,235 万元', '5.4 万元')
    >>> number(0.683, "share"), number(0.683, "share", "zh")
    ('68.3 %', '68.3%')
    >>> number(174_600_000.0, "t"), number(174_600_000.0, "t", "zh")
    ('174.60 million', '1.75 亿')
    """
    if not math.isfinite(value):
        return say("undefined", language)
    if of == "CNY":
        return _money(value, language)
    if of.startswith("share"):
        return f"{100 * value:.1f}{PERCENT[language]}"
    return _plain(value, language)


def _money(value: float, language: str) -> str:
    size = abs(value)
    if language == "zh":
        return f"{_chinese(value)}元" if size >= 1e4 else f"{value:,.0f} 元"
    if size >= 1e9:
        return f"CNY {value / 1e9:,.2f} billion"
    return f"CNY {value / 1e6:,.1f} million" if size >= 1e5 else f"CNY {value:,.0f}"


def _chinese(value: float) -> str:
    """A large number in 亿 or 万."""
    if abs(value) >= 1e8:
        return f"{value / 1e8:,.2f} 亿"
    return f"{value / 1e4:,.{0 if abs(value) >= 1e7 else 1}f} 万"


def _plain(value: float, language: str) -> str:
    size = abs(value)
    if language == "zh" and size >= 1e5:
        return _chinese(value)
    if size >= 1e9:
        return f"{value / 1e9:,.2f} billion"
    if size >= 1e6:
        return f"{value / 1e6:,.2f} million"
    if size >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if size < 10 else f"{value:.1f}"


def percent(value: float, language: str = "en") -> str:
    """A signed change in percent.

    >>> percent(-57.3), percent(7.0, "zh")
    ('-57.3 %', '+7.0%')
    """
    if not math.isfinite(value):
        return say("undefined", language)
    return f"{value:+.1f}{PERCENT[language]}"
