"""What is reported of a run: every outcome by name, with its unit, from a quarter's sums.

To add one, write a function of :class:`Sums` and declare it in ``OUTCOMES``: the tables, the
command line, the report and the web follow from the declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleanpark.agents import payments as p
from cleanpark.agents.state import ATTITUDES, SIZES
from cleanpark.model import measures as m
from cleanpark.scenarios.errors import nearest
from cleanpark.scenarios.flows import FLOWS, MEDIA, ORGANIC, flow_table

Values = NDArray[np.float64]
CNY = 1e4
"""CNY in the model's unit of money, 10,000 CNY."""


@dataclass(frozen=True)
class Sums:
    """Sums over enterprises (and quarters) from which outcomes follow; last axis is measures."""

    cells: Values
    parks: Values

    def of(self, measure: str) -> Values:
        """Sum of one measure, by its name in ``COUNTED``."""
        if measure not in m.COUNTED:
            raise KeyError(f"no sum is named {measure!r}{nearest(measure, m.COUNTED)}")
        return self.cells[..., m.PLACE[measure]]

    def flow(self, name: str) -> Values:
        """Amount of a flow that reached the environment, in the flow's unit."""
        return self.cells[..., m.PLACE["flow"] + FLOWS.index(name)]

    def reported(self, name: str) -> Values:
        """Amount of a flow as reported, in the flow's unit."""
        return self.cells[..., m.PLACE["reported"] + FLOWS.index(name)]

    def share(self, measure: str, of: str = "enterprises") -> Values:
        """One sum over another; undefined (NaN) where there is nothing to divide by."""
        below = self.of(of)
        out = np.full(below.shape, np.nan)
        return np.divide(self.of(measure), below, out=out, where=below > 0)

    def paid(self, *items: str) -> Values:
        """CNY that enterprises paid or received under these items."""
        total = sum(self.cells[..., m.PAID_PLACE[item]] for item in items)
        return np.asarray(total) * CNY

    def park_paid(self, *items: str) -> Values:
        """CNY booked by the park's authority and works under these items."""
        total = sum(self.parks[..., m.PARK_PAID_PLACE[item]] for item in items)
        return np.asarray(total) * CNY


@dataclass(frozen=True)
class Outcome:
    """One reported quantity.

    ``kind`` is ``total`` (adds up over quarters) or ``level`` (averaged over them); ``better``
    tells which direction is welcome.
    """

    name: str
    unit: str
    title: Mapping[str, str]
    kind: str
    better: str
    value: Callable[[Sums], Values]


def _flow(name: str) -> Callable[[Sums], Values]:
    return lambda sums: sums.flow(name)


def _reported(name: str) -> Callable[[Sums], Values]:
    return lambda sums: sums.reported(name)


def _share(measure: str, of: str = "enterprises") -> Callable[[Sums], Values]:
    return lambda sums: sums.share(measure, of)


def _dispersion(measure: str, square: str) -> Callable[[Sums], Values]:
    def spread(sums: Sums) -> Values:
        mean = sums.share(measure)
        return np.sqrt(np.maximum(0.0, sums.share(square) - mean * mean))

    return spread


def _enterprise_cost(sums: Sums) -> Values:
    return sums.paid(*p.ENVIRONMENTAL_COSTS) - sums.paid(*p.SUPPORT)


def _taxes(sums: Sums) -> Values:
    return sums.paid(*p.TAXES) + sums.park_paid(*p.PARK_TAXES)


def _treasury(sums: Sums) -> Values:
    income = _taxes(sums) + sums.paid(*p.PUBLIC_REVENUE) + sums.park_paid(*p.PARK_REVENUE)
    return income - sums.paid(*p.SUPPORT) - sums.park_paid(*p.PARK_OUTLAYS)


def _society_cost(sums: Sums) -> Values:
    return sums.paid(*p.SOCIAL_COSTS) + sums.park_paid(*p.PARK_SOCIAL_COSTS)


def _profit(sums: Sums) -> Values:
    costs = sums.paid(*p.ENVIRONMENTAL_COSTS) - sums.paid(*p.INVESTMENT)
    costs = costs + sums.paid(*p.ORDINARY_COSTS)
    return sums.paid("sales", *p.SUPPORT) - costs


def _audit_cost(sums: Sums) -> Values:
    return sums.paid("audit_fee", "audit_time") + sums.park_paid("pool_audits", "back_checks")


def _flow_outcomes() -> list[Outcome]:
    outcomes = []
    table = flow_table()
    for name in FLOWS:
        flow = table[name]
        outcomes.append(Outcome(name, flow.unit, flow.title, "total", "low", _flow(name)))
    for name in (one for one in FLOWS if table[one].medium in (*MEDIA, ORGANIC)):
        flow = table[name]
        title = {"en": f"{flow.title['en']}, as reported", "zh": f"{flow.title['zh']}（申报）"}
        of = _reported(name)
        outcomes.append(Outcome(f"reported_{name}", flow.unit, title, "total", "", of))
    return outcomes


def _o(
    name: str, unit: str, en: str, zh: str, kind: str, better: str, value: Callable[[Sums], Values]
) -> Outcome:
    return Outcome(name, unit, {"en": en, "zh": zh}, kind, better, value)


OUTCOMES: tuple[Outcome, ...] = (
    *_flow_outcomes(),
    _o("pollution_equivalents", "equivalents", "Pollution equivalents", "污染当量", "total", "low",
       lambda s: s.of("equivalents")),
    _o("compliance_true", "share", "True compliance", "真实达标率", "level", "high",
       _share("compliant")),
    _o("compliance_apparent", "share", "Apparent compliance", "申报达标率", "level", "",
       _share("apparently_compliant")),
    _o("audit_coverage", "share", "Share audited within five years", "五年内审核覆盖率", "level",
       "", _share("covered")),
    _o("audit_genuine", "share", "Share of genuine audits", "认真审核占比", "level", "high",
       _share("genuine", "audits")),
    _o("audit_misclassified", "share", "Share of audits with a wrong level", "等级误判率",
       "level", "low", _share("misclassified", "evaluations")),
    _o("audit_spread", "points", "Spread of scores between teams", "审核组间评分离散度", "level",
       "low", _share("spread", "evaluations")),
    _o("audits", "audits", "Number of audits", "审核次数", "total", "", lambda s: s.of("audits")),
    _o("level_one", "share", "Share at level I in the last audit", "I级企业占比", "level", "high",
       _share("level_one")),
    _o("level_two", "share", "Share at level II in the last audit", "II级企业占比", "level", "high",
       _share("level_two")),
    _o("level_three", "share", "Share at level III in the last audit", "III级企业占比", "level", "",
       _share("level_three")),
    _o("options_identified", "options", "Options identified per enterprise", "企均识别方案数",
       "level", "high", _share("identified")),
    _o("options_implemented", "options", "Options implemented per enterprise", "企均实施方案数",
       "level", "high", _share("implemented")),
    _o("options_from_peers", "options", "Options learned from peers per enterprise",
       "企均同行传播方案数", "level", "high", _share("told")),
    _o("technology_level", "share", "Technology level", "技术水平", "level", "high",
       _share("technology")),
    _o("technology_dispersion", "share", "Dispersion of technology levels", "技术水平离散度",
       "level", "", _dispersion("technology", "technology_square")),
    _o("attitude", "share", "Attitude to compliance", "合规态度", "level", "high",
       _share("attitude")),
    _o("knowledge", "share", "Knowledge of cleaner production", "清洁生产知识", "level", "high",
       _share("knowledge")),
    _o("belief", "share per quarter", "Perceived probability of detection", "感知被查概率",
       "level", "", _share("belief")),
    _o("monitored", "share", "Share monitored in real time", "在线监测企业占比", "level", "",
       _share("monitored")),
    _o("inspections", "inspections", "Number of inspections", "检查次数", "total", "",
       lambda s: s.of("inspected")),
    _o("violations_found", "violations", "Number of violations found", "查处违规次数", "total", "",
       lambda s: s.of("caught")),
    _o("output", "CNY", "Output", "产值", "total", "high", lambda s: s.of("output") * CNY),
    _o("profit", "CNY", "Profit", "利润", "total", "high", _profit),
    _o("exits", "enterprises", "Number of exits", "退出企业数", "total", "",
       lambda s: s.of("exits")),
    _o("taxes", "CNY", "Environmental taxes and charges", "环境税费", "total", "", _taxes),
    _o("fines", "CNY", "Fines", "罚款", "total", "", lambda s: s.paid("fines")),
    _o("subsidies", "CNY", "Subsidies, credits and awards", "补贴与奖励", "total", "",
       lambda s: s.paid(*p.SUPPORT)),
    _o("income_tax", "CNY", "Enterprise income tax", "企业所得税", "total", "",
       lambda s: s.paid("income_tax")),
    _o("treasury_net", "CNY", "Net income of the treasury", "财政净收入", "total", "high",
       _treasury),
    _o("enterprise_cost", "CNY", "Enterprises' net environmental cost", "企业环境净成本",
       "total", "low", _enterprise_cost),
    _o("burden", "share of output", "Net environmental cost of an enterprise", "企业环境净负担",
       "level", "low", _share("burden")),
    _o("burden_dispersion", "share of output", "Dispersion of burdens between enterprises",
       "企业间负担离散度", "level", "low", _dispersion("burden", "burden_square")),
    _o("treatment_cost", "CNY", "Treatment and works fees", "治理与纳管费用", "total", "low",
       lambda s: s.paid("treatment", "works_fee")),
    _o("resource_cost", "CNY", "Energy and water cost", "能源与水费", "total", "low",
       lambda s: s.paid("energy", "water")),
    _o("audit_cost", "CNY", "Cost of audits", "审核成本", "total", "low", _audit_cost),
    _o("option_investment", "CNY", "Investment in options", "方案投资", "total", "",
       lambda s: s.paid("option_investment")),
    _o("external_damage", "CNY", "External damage", "外部环境损害", "total", "low",
       lambda s: s.of("damage") * CNY),
    _o("society_cost", "CNY", "Cost to society of resources, control and audits",
       "社会资源与治理成本", "total", "low", _society_cost),
)  # fmt: skip
OUTCOME_NAMES = tuple(outcome.name for outcome in OUTCOMES)


def outcome(name: str) -> Outcome:
    """The declaration of an outcome by its name."""
    return OUTCOMES[OUTCOME_NAMES.index(name)]


def compares_teams(names: Sequence[str]) -> bool:
    """Whether any of these outcomes needs each audit to be scored by every team of the park."""
    return "audit_spread" in names


def outcome_values(cells: Values, parks: Values) -> Values:
    """All outcomes from sums; the last axis becomes outcomes in the order of ``OUTCOMES``."""
    sums = Sums(cells, parks)
    return np.stack([declared.value(sums) for declared in OUTCOMES], axis=-1)


def group_names(sectors: Sequence[str]) -> list[str]:
    """Names of the groups of enterprises, in the order of :func:`group_sums`."""
    names = ["all", *(f"sector:{sector}" for sector in sectors)]
    names += [f"size:{size}" for size in SIZES]
    return names + [f"attitude:{group}" for group in ATTITUDES]


def group_sums(cells: Values, sectors: int) -> Values:
    """Sums by group from sums by cell: (..., cells, measures) to (..., groups, measures)."""
    shape = (*cells.shape[:-2], sectors, m.N_SIZES, m.N_ATTITUDES, cells.shape[-1])
    split = cells.reshape(shape)
    return np.concatenate(
        [
            split.sum(axis=(-4, -3, -2))[..., None, :],
            split.sum(axis=(-3, -2)),
            split.sum(axis=(-4, -2)),
            split.sum(axis=(-4, -3)),
        ],
        axis=-2,
    )
