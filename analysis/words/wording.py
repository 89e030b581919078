"""Texts and numbers of tables, figures and pages in the words of a language."""

from __future__ import annotations

from cleanpark.analysis.words.language import Language
from cleanpark.scenarios.errors import N_

TEXT: dict[str, str] = {
    "ns": N_("n.s."),
    "undefined": N_("undefined"),
    "rises": N_("pollution rises"),
    "points": N_("{value} points"),
    "bracket": N_(" ({text})"),
    "clause_same": N_("{title} not distinguishable"),
    "more": N_(", {money} more"),
    "less": N_(", {money} less"),
    "one_seed": N_("a single seed has no interval"),
    "clauses": N_("; "),
    "sentence": N_("{title}: {text}."),
    "year": N_("Year"),
    "avoided": N_("Pollution equivalents avoided, % of “{reference}”"),
    "society": N_("Extra cost to society, {unit}"),
    "clear": N_("change of pollution distinguishable (bars: 95 % intervals)"),
    "unclear": N_("not distinguishable"),
    "gap": N_("difference, {unit}"),
    "others": N_("other scenarios"),
    "by_size": N_("By size of enterprise"),
    "by_attitude": N_("By commitment to compliance"),
    "no_audits": N_("no audits"),
    "cost_change": N_("Change of environmental cost, CNY per 10,000 CNY of output"),
    "share": N_("share of enterprises, %"),
    "quarter_unit": N_("{unit} per quarter"),
    "trajectories": N_("Main outcomes over time"),
    "cost_reduction": N_("Cost against reduction"),
    "who_pays": N_("Who pays"),
    "levels": N_("Audit levels over time"),
    "compliance": N_("Compliance: true against apparent"),
    "true": N_("true"),
    "apparent": N_("apparent (as reported)"),
    "level0": N_("below level III, or never audited"),
    "level1": N_("Level I"),
    "level2": N_("Level II"),
    "level3": N_("Level III"),
    "small": N_("small"),
    "medium": N_("medium"),
    "large": N_("large"),
    "low": N_("weak"),
    "middle": N_("middling"),
    "high": N_("strong"),
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
    return Language(language).say(TEXT[key], **values)


def source(text: str, language: str) -> str:
    """Where a policy comes from; a packaged policy's source is known in Chinese, others stay."""
    return SOURCES_ZH.get(text, text) if language == "zh" else text
