"""Texts of studies' figures and pages in English and Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from cleanpark.analysis.sensitivity.method import DUMMY
from cleanpark.analysis.sensitivity.methods import index_named
from cleanpark.analysis.studies.folder import PAIR as PAIR
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.studies.space import declared
from cleanpark.analysis.words import discovery as discovery_wording
from cleanpark.analysis.words import wording
from cleanpark.analysis.words.titles import in_language
from cleanpark.scenarios.levers import behaviour_parameters, levers

SEPARATOR = {"en": ", ", "zh": "、"}
GROUP_TITLES: dict[str, dict[str, str]] = {
    "audit": {"en": "Audit regime", "zh": "审核制度"},
    "information": {"en": "Information and training", "zh": "信息与培训"},
    "incentives": {"en": "Incentives", "zh": "激励"},
    "penalties": {"en": "Inspections and penalties", "zh": "检查与处罚"},
    "market": {"en": "Market", "zh": "市场"},
    "learning": {"en": "Learning and beliefs", "zh": "学习与信念"},
    "investment": {"en": "Investment decisions", "zh": "投资决策"},
    "differences": {"en": "Differences between enterprises", "zh": "企业间差异"},
    "treatment": {"en": "Treatment of discharges", "zh": "末端治理"},
    "growth": {"en": "Growth and exit", "zh": "增长与退出"},
    "reporting": {"en": "Reporting", "zh": "申报"},
    "technology": {"en": "Technology", "zh": "技术"},
}
UNITS_ZH = {
    **wording.UNITS_ZH,
    **discovery_wording.UNITS_ZH,
    "10,000 CNY": "万元",
    "choice": "选项",
    "elasticity": "弹性",
    "elasticity per year": "每年弹性",
    "factor": "倍数",
    "ln": "自然对数",
    "logit": "logit（对数几率）",
    "per unit of ratio": "每单位比值",
    "ratio": "比值",
    "share of enterprises": "企业占比",
    "share of yearly output": "年产值占比",
    "share per year": "每年比例",
}
KINDS_ZH = {
    "linear": "线性",
    "log": "对数",
    "integer": "整数",
    "choice": "选项",
    "uniform": "均匀分布",
    "triangular": "三角分布",
    "law": "法规",
    "measured": "实测",
    "estimated": "估计",
    "assumed": "假定",
}
"""Scales, distributions and certainties in Chinese; English says them as they are."""
TEXT: dict[str, dict[str, str]] = {
    "index": {"en": "index, with 95 % interval", "zh": "指数及 95% 区间"},
    "dummy": {"en": "left of this line: no influence", "zh": "线左侧：无影响"},
    "dummy_title": {"en": "Dummy without influence", "zh": "无影响的虚拟参数"},
    "interval_95": {"en": "95 % interval", "zh": "95% 区间"},
    "not_converged": {
        "en": "pale, hatched: not converged (interval too wide)",
        "zh": "浅色斜线：尚未收敛（区间过宽）",
    },
    "clipped": {
        "en": "What lies below {low:g} or above {high:g} is cut off.",
        "zh": "低于 {low:g} 或高于 {high:g} 的部分未显示。",
    },
    "band": {"en": "Shaded: 95 % interval.", "zh": "阴影：95% 区间。"},
    "noise": {
        "en": "hatched: not distinguishable from zero",
        "zh": "斜线：与零无法区分",
    },
    "sure_pair": {"en": "interval lies above zero", "zh": "区间高于零"},
    "share_of_largest": {
        "en": "share of the largest effect (μ*)",
        "zh": "占最大效应（μ*）的比例",
    },
    "root_scale": {"en": "square-root scale", "zh": "平方根刻度"},
    "even": {
        "en": "σ = μ*; above this line effects change sign or size with the other parameters",
        "zh": "σ = μ*；此线以上，效应的方向或大小随其他参数而变",
    },
    "left_out": {"en": "{count} smaller ones are not shown", "zh": "另有 {count} 个较小者未显示"},
    "runs_axis": {"en": "runs", "zh": "运行次数"},
    "from_parameters": {"en": "parameters", "zh": "参数"},
    "from_chance": {"en": "chance (seeds)", "zh": "随机性（种子）"},
    "share_of_variance": {
        "en": "share of the variance of single runs",
        "zh": "占单次运行方差的比例",
    },
    "sensitivity_bars": {"en": "Which parameters matter", "zh": "哪些参数重要"},
    "convergence": {
        "en": "Have the indices converged?",
        "zh": "指数是否收敛",
    },
    "over_time": {"en": "Importance over time", "zh": "重要性随时间变化"},
    "chance": {"en": "Parameters and chance", "zh": "参数与随机性"},
    "interactions": {"en": "Interactions of pairs", "zh": "两两交互作用"},
    "morris_plane": {"en": "Strength and unevenness of effects", "zh": "效应强度与不均匀性"},
    "waterfall": {"en": "What each instrument contributes", "zh": "各项措施的贡献"},
    "synergy": {"en": "Synergy of pairs", "zh": "两两协同"},
    "boxes": {"en": "Where the policy fails", "zh": "政策在何处失效"},
    "peeling": {"en": "Coverage against density", "zh": "覆盖率与密度"},
    "regret": {"en": "Regret by policy", "zh": "各政策的后悔值"},
    "pareto": {"en": "The best mixes", "zh": "最优组合"},
    "budget": {"en": "The best mix by budget", "zh": "不同预算下的最优组合"},
    "coverage": {
        "en": "coverage: share of all failures inside",
        "zh": "覆盖率：框内失效占全部失效",
    },
    "density": {"en": "density: share of failures inside", "zh": "密度：框内失效比例"},
    "chosen": {"en": "chosen", "zh": "所选"},
    "range_studied": {"en": "share of the range studied", "zh": "所研究范围的比例"},
    "restricted": {"en": "parameters restricted", "zh": "受限参数个数"},
    "regret_mean": {"en": "Mean regret", "zh": "平均后悔值"},
    "regret_p90": {"en": "Regret in the worst tenth", "zh": "最差十分之一情形的后悔值"},
    "satisficing": {"en": "Futures in which the target is met", "zh": "达到目标的情形占比"},
    "share_of_futures": {"en": "share of futures", "zh": "情形占比"},
    "budget_axis": {
        "en": "what the treasury may lose against the reference, million CNY",
        "zh": "财政相对参照可承受的减收（百万元）",
    },
    "differences": {"en": "Differences to the first row", "zh": "与首行的差异"},
    "against_first": {"en": "difference to the first row", "zh": "与首行之差"},
    "rows_differ": {
        "en": "{outcome}: {count} of {of} rows {verb} from the first beyond chance; row {row} "
        "differs most, by {change} (95 % interval {low} to {high}).",
        "zh": "{outcome}：{of} 行中有 {count} 行与首行的差异超出随机性；第 {row} 行差异最大，"
        "为 {change}（95% 区间 {low} 至 {high}）。",
    },
    "rows_same": {
        "en": "{outcome}: no row is distinguishable from the first; the largest difference is that "
        "of row {row}, {change} (95 % interval {low} to {high}).",
        "zh": "{outcome}：各行与首行均无法区分；差异最大的是第 {row} 行，为 {change}"
        "（95% 区间 {low} 至 {high}）。",
    },
    "rows_unsure": {
        "en": "{outcome}: with one seed a difference cannot be told from chance; row {row} differs "
        "most, by {change}.",
        "zh": "{outcome}：只有一个种子，差异与随机性无法区分；第 {row} 行差异最大，为 {change}。",
    },
    "row_alone": {
        "en": "{outcome}: {value} (95 % interval {low} to {high}).",
        "zh": "{outcome}：{value}（95% 区间 {low} 至 {high}）。",
    },
    "row_once": {"en": "{outcome}: {value}.", "zh": "{outcome}：{value}。"},
    "rows_undefined": {
        "en": "{outcome}: undefined in every row, or in the first.",
        "zh": "{outcome}：各行或首行无定义。",
    },
    "sure_row": {"en": "filled: beyond chance", "zh": "实心：超出随机性"},
    "chance_row": {"en": "hollow: may be chance", "zh": "空心：可能出于偶然"},
    "design": {"en": "The design", "zh": "设计"},
    "design_note": {
        "en": "An empty cell keeps the scenario's value. Row 1 is sample 0 in the files.",
        "zh": "空格表示沿用情景的取值。第 1 行即文件中的 sample 0。",
    },
    "as_scenario": {"en": "as in the scenario", "zh": "沿用情景"},
    "row_number": {"en": "Row {row}", "zh": "第 {row} 行"},
    "undefined": {"en": "undefined", "zh": "无定义"},
    "all": {"en": "All together", "zh": "合计"},
    "question": {"en": "The question", "zh": "问题"},
    "answer": {"en": "What was found", "zh": "主要发现"},
    "what_was_run": {"en": "What was run", "zh": "运行内容"},
    "tables": {"en": "Tables", "zh": "表格"},
    "law": {"en": "What holds by law over the horizon", "zh": "期内适用的法律"},
    "figures": {"en": "Figures", "zh": "图"},
    "reproduce": {"en": "How to reproduce", "zh": "如何复现"},
    "limits": {"en": "What this does not say", "zh": "局限"},
    "parameter": {"en": "Parameter", "zh": "参数"},
    "parameters": {"en": "Parameters", "zh": "参数"},
    "range": {"en": "Range", "zh": "范围"},
    "unit": {"en": "Unit", "zh": "单位"},
    "scale": {"en": "Scale", "zh": "尺度"},
    "distribution": {"en": "Distribution", "zh": "分布"},
    "certainty": {"en": "Certainty", "zh": "可信度"},
    "rows_shown": {
        "en": "{count} of {of} rows; all of them in {file}.",
        "zh": "显示 {of} 行中的 {count} 行；全部见 {file}。",
    },
    "horizon_shown": {
        "en": "Over the horizon; by quarter in {file}.",
        "zh": "此处为全期；各季度见 {file}。",
    },
    "yes": {"en": "yes", "zh": "是"},
    "no": {"en": "no", "zh": "否"},
    "nothing_undefined": {
        "en": "Every sample is defined for every outcome (undefined.csv).",
        "zh": "各样本的各项指标均有定义（undefined.csv）。",
    },
    "nothing_chance": {
        "en": "With one seed the share of chance cannot be told (chance.csv).",
        "zh": "只有一个种子，无法得出随机性所占份额（chance.csv）。",
    },
    "nothing_convergence": {
        "en": "There are too few samples to show how the indices converge (convergence.csv).",
        "zh": "样本太少，无法显示指数如何收敛（convergence.csv）。",
    },
    "limit_text": {
        "en": "These are statements about the model under the ranges above, not about the world. "
        "Intervals of Sobol and Morris hold the sampling of the parameters and, from three seeds "
        "on, chance between seeds; those of the other methods, of futures and of robustness are "
        "for the seeds that were run. Errors of the model are in none.",
        "zh": "以上结论针对模型及上述参数范围，并非对现实的断言。Sobol 与 Morris 的区间反映"
        "参数抽样，种子不少于三个时也反映种子间的随机性；其他方法、各情形及稳健性的区间"
        "仅针对所运行的种子。"
        "区间均不含模型误差。",
    },
    "measure_first": {
        "en": "To be measured first, since they are assumed and matter: {names}.",
        "zh": "最值得优先测定的假定参数：{names}。",
    },
    "scenario": {"en": "Scenario", "zh": "情景"},
    "examined": {"en": "Policy examined", "zh": "所考察的政策"},
    "compared": {"en": "Compared with", "zh": "对比政策"},
    "reference": {"en": "Reference", "zh": "参照"},
    "changed": {"en": "Scenario that the mixes change", "zh": "各组合所改变的情景"},
    "park": {"en": "Park", "zh": "园区"},
    "titled": {"en": "{title} ({name})", "zh": "{title}（{name}）"},
    "named": {
        "en": "{title} ({name}, sha256 {sha256})",
        "zh": "{title}（{name}，sha256 {sha256}）",
    },
    "place": {
        "en": "{title} ({name}), {enterprises} enterprises, {quarters} quarters",
        "zh": "{title}（{name}），{enterprises} 家企业，{quarters} 个季度",
    },
    "many_runs": {
        "en": "{what} under {seeds}: {runs} runs, {failed}",
        "zh": "{what}，{seeds}：共 {runs} 次运行，{failed}",
    },
    "seeds": {"en": "{count} seeds", "zh": "{count} 个种子"},
    "seed": {"en": "{count} seed", "zh": "{count} 个种子"},
    "fresh_seeds": {"en": "{count} fresh seeds", "zh": "{count} 个新种子"},
    "fresh_seed": {"en": "{count} fresh seed", "zh": "{count} 个新种子"},
    "none_failed": {"en": "none of which failed", "zh": "无一失败"},
    "some_failed": {"en": "{count} of which failed", "zh": "其中失败 {count} 次"},
    "base_samples": {
        "en": "{base} base samples make {samples} rows",
        "zh": "{base} 个基础样本，展开为 {samples} 行",
    },
    "trajectories": {
        "en": "{base} trajectories make {samples} rows",
        "zh": "{base} 条轨迹，展开为 {samples} 行",
    },
    "samples": {"en": "{samples} samples", "zh": "{samples} 个样本"},
    "futures": {
        "en": "{base} futures × {policies} policies",
        "zh": "{base} 个情形 × {policies} 项政策",
    },
    "subsets": {
        "en": "{samples} combinations of instruments",
        "zh": "措施的 {samples} 种组合",
    },
    "design_rows": {"en": "{samples} rows of a design", "zh": "设计的 {samples} 行"},
    "design_row": {"en": "{samples} row of a design", "zh": "设计的 {samples} 行"},
    "search_runs": {
        "en": "Search: {mixes} mixes in {generations} generations, each against the reference "
        "under {seeds}: {runs} runs",
        "zh": "搜索：{generations} 代共 {mixes} 个组合，逐一与参照对比，{seeds}：共 {runs} 次运行",
    },
    "recheck": {
        "en": "Recheck: {mixes} mixes and the reference",
        "zh": "复核：{mixes} 个组合及参照",
    },
    "history_line": {
        "en": "Every run goes on from a common history up to {until} (sha256 {sha256}).",
        "zh": "各次运行均自截至 {until} 的共同历史接续（sha256 {sha256}）。",
    },
    "question_sensitivity": {
        "en": "Which of {count} {what} drive {outcomes}?",
        "zh": "{count} {what}中，哪些决定{outcomes}？",
    },
    "of_parameters": {"en": "parameters", "zh": "个参数"},
    "of_groups": {"en": "groups of parameters", "zh": "组参数"},
    "question_attribute": {
        "en": "How much does each instrument of {scenario} contribute?",
        "zh": "“{scenario}”中各项措施各贡献多少？",
    },
    "question_discover": {
        "en": "In which futures does {scenario} fail?",
        "zh": "“{scenario}”在哪些情形下失效？",
    },
    "question_robustness": {
        "en": "Which policy holds up over uncertain behaviour?",
        "zh": "在行为不确定时，哪项政策最稳健？",
    },
    "question_optimize": {
        "en": "Which mixes of levers are best under the budget?",
        "zh": "在预算之内，哪些政策组合最优？",
    },
    "question_own": {
        "en": "What do other values of {levers} change in {outcomes}, against the first row of the "
        "design?",
        "zh": "与设计首行相比，{levers}取其他值时，{outcomes}如何变化？",
    },
    "question_row": {
        "en": "What do {outcomes} come to in the one row of the design?",
        "zh": "设计仅有一行：{outcomes}各为多少？",
    },
    "matter": {
        "en": "{outcome}: the most important is {first} ({index} {value}, 95 % interval {low} to "
        "{high}){rest}.",
        "zh": "{outcome}：{first}最重要（{index}为 {value}，95% 区间 {low} 至 {high}）{rest}。",
    },
    "none_matters": {
        "en": "{outcome}: nothing stands out from no influence; the largest is {first} "
        "({index} {value}, 95 % interval {low} to {high}).",
        "zh": "{outcome}：没有参数可与“无影响”区分；最大的是{first}（{index}为 {value}，"
        "95% 区间 {low} 至 {high}）。",
    },
    "matter_rest": {"en": ", then {names}", "zh": "，其次为{names}"},
    "matter_others": {
        "en": "; no other reaches {share:.0f} % of it",
        "zh": "；其余均不及其 {share:.0f}%",
    },
    "matter_alone": {
        "en": "; no other stands out from no influence",
        "zh": "；其余均无法与“无影响”区分",
    },
    "pairs": {
        "en": "{outcome}: of {count} pairs, {sure} {verb} an interaction distinguishable from zero "
        "(strongest: {names}); by chance alone it would be about {chance:.2g}.",
        "zh": "{outcome}：{count} 对参数中，{sure} 对的交互作用可与零区分（最强：{names}）；"
        "仅凭偶然约有 {chance:.2g} 对。",
    },
    "no_pair": {
        "en": "{outcome}: no interaction of {count} pairs is distinguishable from zero at this "
        "number of samples.",
        "zh": "{outcome}：在此样本量下，{count} 对参数的交互作用均无法与零区分。",
    },
    "open": {
        "en": "{outcome}: {count} of {of} {indices} {verb} not converged ({names}); about {times} "
        "times as many samples are needed.",
        "zh": "{outcome}：{of} 个{indices}中有 {count} 个尚未收敛（{names}）；"
        "约需 {times} 倍的样本。",
    },
    "open_undefined": {
        "en": "{outcome}: {count} of {of} {indices} {verb} undefined.",
        "zh": "{outcome}：{of} 个{indices}中有 {count} 个无定义。",
    },
    "others": {"en": "{count} others", "zh": "其余 {count} 个"},
    "no_index": {
        "en": "{outcome}: no index is defined, since it does not vary or is mostly undefined.",
        "zh": "{outcome}：指标不变或大多无定义，无法计算指数。",
    },
    "chance_line": {
        "en": "{outcome}: chance explains {share:.0f} % of the variance of single runs{span}; "
        "{common:.0f} % is common to all rows of a seed, which paired comparisons are rid of.",
        "zh": "{outcome}：单次运行方差的 {share:.0f}% 来自随机性{span}；其中 {common:.0f}% "
        "为同一种子下各行共有，配对比较可将其消除。",
    },
    "span": {
        "en": " (95 % interval {low:.0f} to {high:.0f} %)",
        "zh": "（95% 区间 {low:.0f}% 至 {high:.0f}%）",
    },
    "undefined_line": {
        "en": "{outcome}: of {samples} samples {undefined}, and {dropped} in all are left out with "
        "what belongs to them, never counted as zero.",
        "zh": "{outcome}：{samples} 个样本中有 {count} 个无定义，连同相关样本共 {dropped} 个"
        "不计入，绝不按零处理。",
    },
    "one_undefined": {"en": "1 is undefined", "zh": "1 个无定义"},
    "many_undefined": {"en": "{count} are undefined", "zh": "{count} 个无定义"},
    "failed_line": {
        "en": "{failed} runs failed and count as undefined; see results/ for the reasons.",
        "zh": "{failed} 次运行失败，按无定义处理；原因见 results/。",
    },
    "failed_reason": {"en": "{runs} of them: {reason}", "zh": "其中 {runs} 次：{reason}"},
    "change_against": {
        "en": "change against “{reference}”, {unit}",
        "zh": "相对“{reference}”的变化（{unit}）",
    },
    "better_low": {"en": "(← better)", "zh": "← 更优"},
    "better_high": {"en": "(better →)", "zh": "更优 →"},
    "mix_held": {"en": "holds on fresh seeds", "zh": "换用新种子后仍成立"},
    "mix_beaten": {
        "en": "beaten by another mix on fresh seeds",
        "zh": "换用新种子后被其他组合超越",
    },
    "mix_over": {"en": "exceeds the budget on fresh seeds", "zh": "换用新种子后超出预算"},
    "mix_best": {"en": "best: {title}", "zh": "最优：{title}"},
    "interval_bar": {"en": "95 % interval", "zh": "95%区间"},
    "mix_interval": {"en": "best mix, 95 % interval", "zh": "最优组合及 95%区间"},
    "mix_number": {"en": "mix {number}", "zh": "组合 {number}"},
    "no_change": {"en": "as in the reference", "zh": "与参照相同"},
    "the_budget": {
        "en": "budget: {amount} million CNY",
        "zh": "预算：{amount} 百万元",
    },
    "fails_inside": {
        "en": "grey: range studied; in colour: where runs fail",
        "zh": "灰色：所研究的范围；彩色：失效所在",
    },
    "log_scale": {"en": "\n(log scale)", "zh": "\n（对数刻度）"},
    "p_small": {"en": "p < 0.001", "zh": "p < 0.001"},
    "target": {"en": "target: {words}", "zh": "目标：{words}"},
    "median_of": {"en": " (median of “{scenario}”)", "zh": "（“{scenario}”的中位数）"},
    "step_less": {"en": "lowers the outcome", "zh": "使指标下降"},
    "step_more": {"en": "raises the outcome", "zh": "使指标上升"},
    "step_whole": {"en": "the whole mix", "zh": "组合整体"},
    "whiskers": {"en": "95 % interval of the step", "zh": "该项的 95%区间"},
    "others_together": {"en": "{count} smaller ones together", "zh": "其余 {count} 项合计"},
    "synergy_note": {
        "en": "What two instruments do together beyond what each does alone: positive reinforces "
        "the mix's whole effect, negative replaces part of it;\n*: distinguishable from zero "
        "(95 % interval).",
        "zh": "两项措施共同作用超出各自单独作用的部分：正值增强组合的总效应，负值表示部分相互替代；"
        "\n*：可与零区分（95%区间）。",
    },
    "not_turned": {
        "en": " (whole effect not distinguishable from zero: signs are those of the outcome)",
        "zh": "（总效应无法与零区分：符号为指标本身的增减）",
    },
}


def say(key: str, language: str, **values: object) -> str:
    """A text in a language; a key that is unknown is its own text."""
    if key not in TEXT:
        return key
    return TEXT[key][language].format(**values)


def index_words(index: str, language: str, many: bool = False) -> str:
    """Title of an index, or how sentences call several of them; the name where it has none."""
    told = index_named(index)
    if told is None:
        return say(index, language)
    return in_language(told.many if many else told.title, language)


def parameter_title(name: str, language: str) -> str:
    """Title of a declared parameter, of a group of parameters or of a pair; else the name."""
    if PAIR in name:
        return PAIR.join(parameter_title(part, language) for part in name.split(PAIR))
    if name == DUMMY:
        return say("dummy_title", language)
    if name in levers() or name in behaviour_parameters():
        return declared(name)[0].title[language]
    return GROUP_TITLES[name][language] if name in GROUP_TITLES else name


def title_of(study: StudyFolder, name: str, language: str) -> str:
    """Title of a study's parameter, of a group or of a pair; the name where there is none."""
    if PAIR in name:
        return PAIR.join(title_of(study, part, language) for part in name.split(PAIR))
    for row in study.about["parameters"]:
        if row["name"] == name:
            return str(row["title"][language])
    return parameter_title(name, language)


def unit_words(unit: str, language: str) -> str:
    """A parameter's unit in a language."""
    return UNITS_ZH.get(unit, unit) if language == "zh" else unit


def kind_words(kind: str, language: str) -> str:
    """A scale, a distribution or a certainty in a language."""
    return KINDS_ZH.get(kind, kind) if language == "zh" else kind


def without_unit(text: str) -> str:
    """A title without the unit that follows its last comma.

    >>> without_unit("Moral cost at full attitude, share of quarterly output")
    'Moral cost at full attitude'
    >>> without_unit("Worth of doing it properly, over the fee")
    'Worth of doing it properly, over the fee'
    """
    told, comma, last = text.rpartition(", ")
    is_unit = last.startswith(("share of ", "per ", "CNY", "10,000 CNY", "in "))
    return told if comma and is_unit else text


def listed(titles: Sequence[str], language: str) -> str:
    """Titles in a row inside a sentence, without their units; semicolons where one has a comma.

    >>> listed(["Energy", "Fresh water", "CO2"], "en"), listed(["能源", "水"], "zh")
    ('energy, fresh water and CO2', '能源、水')
    >>> listed(["Fines", "Information and training"], "en")
    'fines, and information and training'
    """
    if language == "zh":
        return SEPARATOR["zh"].join(titles)
    inside = [discovery_wording.within(without_unit(one)) for one in titles]
    if len(inside) == 1:
        return inside[0]
    comma = "; " if any("," in one for one in inside) else ", "
    apart = comma == "; " or any(" and " in one for one in inside)
    return f"{comma.join(inside[:-1])}{comma.rstrip() if apart else ''} and {inside[-1]}"


def agreed(count: int, one: str, many: str) -> str:
    """The English verb that agrees with a number.

    >>> agreed(1, "has", "have"), agreed(2, "has", "have")
    ('has', 'have')
    """
    return one if count == 1 else many
