"""Texts and numbers of tables, figures and pages in the words of a language."""

# ruff: noqa: E501 - a source is easier to compare with its policy on one line

from __future__ import annotations

from cleanpark.analysis.words.language import Language
from cleanpark.scenarios.errors import N_

TEXT: dict[str, str] = {
    "ns": N_("n.s."),
    "undefined": N_("undefined"),
    "rises": N_("pollution rises"),
    "points": N_("{value} points"),
    "bracket": N_(" ({text})"),
    "more": N_(", {money} more"),
    "less": N_(", {money} less"),
    "one_seed": N_("a single seed has no interval"),
    "clauses": N_("; "),
    "sentence": N_("{title}: {text}."),
    "year": N_("Year"),
    "avoided": N_("Pollution equivalents avoided, % of “{reference}”"),
    "society": N_("Extra cost to society, {unit}"),
    "clear": N_("change of pollution distinguishable (bars: 95 % intervals)"),
    "told": N_("distinguishable from the reference"),
    "unclear": N_("not distinguishable"),
    "gap": N_("difference, {unit}"),
    "others": N_("other scenarios"),
    "own_scale": N_("own scale"),
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
    "low": N_("little"),
    "middle": N_("some"),
    "high": N_("much"),
}
SOURCES = (
    N_(
        "Zhuang, Sun and Yu (DOI 10.12238/eep.v8i5.2680), section 1.2; every value is the default of its lever, whose source levers.toml states"
    ),
    N_("Zhuang, Sun and Yu (DOI 10.12238/eep.v8i5.2680), section 3.3: the measures together"),
    N_(
        "Zhuang, Sun and Yu (DOI 10.12238/eep.v8i5.2680), section 3.1; German energy audit duty (EDL-G); peak equalisation (StromStG section 10, EnergieStG section 55) until 31 December 2023, since then the lower electricity tax needs no management system (docs/law.md)"
    ),
    N_("Duflo, Greenstone, Pande and Ryan 2013, DOI 10.1093/qje/qjt024"),
    N_(
        "Ecological and Environmental Code, Article 967 (before 15 August 2026: Cleaner Production Promotion Law, Article 27), extended to all enterprises; Zhuang, Sun and Yu (DOI 10.12238/eep.v8i5.2680), section 3.3"
    ),
    N_("definition of the counterfactual"),
    N_(
        "Zhuang, Sun and Yu (DOI 10.12238/eep.v8i5.2680), section 3.3; Ecological and Environmental Code, Articles 1060 and 1107 (before 15 August 2026: Environmental Protection Law, Articles 59 and 60)"
    ),
    N_(
        "Zhuang, Sun and Yu (DOI 10.12238/eep.v8i5.2680), section 3.3: Internet of Things and big data"
    ),
    N_(
        "Zhuang, Sun and Yu (DOI 10.12238/eep.v8i5.2680), section 3.3: reward and punishment by result"
    ),
    N_("Zhuang, Sun and Yu (DOI 10.12238/eep.v8i5.2680), section 3.2"),
    N_("Zhuang, Sun and Yu (DOI 10.12238/eep.v8i5.2680), sections 2.1 to 2.3"),
    N_("local rules: 10 to 30 % of project investment"),
    N_(
        "Environmental Protection Tax Law, Schedule 1; provincial rates such as 6 and 7 CNY in Jiangsu and Hebei cities"
    ),
)
"""What packaged policies say of where they come from; the catalogs translate it."""


def say(key: str, language: str, **values: str) -> str:
    """A text in a language."""
    return Language(language).say(TEXT[key], **values)


def source(text: str, language: str) -> str:
    """Where a policy comes from; a packaged policy's source is translated, others stay."""
    return Language(language).gettext(text)
