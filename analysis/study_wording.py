"""Texts of studies' figures and pages in English and Chinese."""

from __future__ import annotations

TEXT: dict[str, dict[str, str]] = {
    "first": {"en": "first order", "zh": "一阶指数"},
    "total": {"en": "total order", "zh": "总指数"},
    "second": {"en": "second order", "zh": "二阶指数"},
    "mu_star": {"en": "mean absolute effect (μ*)", "zh": "平均绝对效应（μ*）"},
    "mu": {"en": "mean effect (μ)", "zh": "平均效应（μ）"},
    "sigma": {"en": "spread of effects (σ)", "zh": "效应离散（σ）"},
    "pawn": {"en": "PAWN (median KS distance)", "zh": "PAWN（KS 距离中位数）"},
    "delta": {"en": "delta", "zh": "delta 指数"},
    "regional": {"en": "distance of the upper tail", "zh": "上尾与其余的距离"},
    "index": {"en": "index, with 95 % interval", "zh": "指数及 95% 区间"},
    "dummy": {"en": " no influence below", "zh": " 低于此线无影响"},
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
    "row": {"en": "row", "zh": "行"},
    "rows_differ": {
        "en": "{outcome}: {sure} of {count} rows differ from the first beyond chance.",
        "zh": "{outcome}：{count} 行中有 {sure} 行与首行的差异超出随机性。",
    },
    "undefined": {"en": "undefined", "zh": "无定义"},
    "all": {"en": "All together", "zh": "合计"},
    "question": {"en": "The question", "zh": "问题"},
    "answer": {"en": "What was found", "zh": "主要发现"},
    "what_was_run": {"en": "What was run", "zh": "运行内容"},
    "tables": {"en": "Tables", "zh": "表格"},
    "figures": {"en": "Figures", "zh": "图"},
    "reproduce": {"en": "How to reproduce", "zh": "如何复现"},
    "limits": {"en": "What this does not say", "zh": "局限"},
    "parameter": {"en": "Parameter", "zh": "参数"},
    "range": {"en": "Range", "zh": "范围"},
    "unit": {"en": "Unit", "zh": "单位"},
    "scale": {"en": "Scale", "zh": "尺度"},
    "distribution": {"en": "Distribution", "zh": "分布"},
    "certainty": {"en": "Certainty", "zh": "可信度"},
    "rows_shown": {"en": "first {count} of {of} rows", "zh": "前 {count} 行，共 {of} 行"},
    "limit_text": {
        "en": "These are statements about the model under the ranges above, not about the world. "
        "Intervals cover chance and sampling, not errors of the model.",
        "zh": "以上结论针对模型及上述参数范围，并非对现实的断言；区间只反映随机性与抽样，"
        "不含模型误差。",
    },
    "measure_first": {
        "en": "Assumed parameters that matter enough to be measured first: {names}.",
        "zh": "最值得优先测定的假定参数：{names}。",
    },
    "scenario": {"en": "Scenario", "zh": "情景"},
    "park": {"en": "Park", "zh": "园区"},
    "size": {
        "en": "{enterprises} enterprises, {quarters} quarters, {samples} samples under {seeds} "
        "seeds: {runs} runs, {failed} of which failed",
        "zh": "{enterprises} 家企业，{quarters} 个季度，{samples} 个样本 × {seeds} 个种子："
        "{runs} 次运行，其中失败 {failed} 次",
    },
    "history_line": {
        "en": "Every run goes on from a common history up to {until} (sha256 {sha256}).",
        "zh": "各次运行均自截至 {until} 的共同历史接续（sha256 {sha256}）。",
    },
    "size_function": {
        "en": "{samples} samples under {seeds} seeds: {runs} runs, {failed} of which failed",
        "zh": "{samples} 个样本 × {seeds} 个种子：{runs} 次运行，其中失败 {failed} 次",
    },
    "question_sensitivity": {
        "en": "Which of {count} parameters drive {outcomes}?",
        "zh": "{count} 个参数中，哪些决定{outcomes}？",
    },
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
    "question_own": {"en": "A design of one's own.", "zh": "自定义设计。"},
    "matter": {
        "en": "{outcome}: {first} matters most ({index} {value:.3g}, 95 % interval {low:.3g} to "
        "{high:.3g}){rest}.",
        "zh": "{outcome}：{first}最重要（{index} {value:.3g}，95%区间 {low:.3g} 至 "
        "{high:.3g}）{rest}。",
    },
    "matter_rest": {"en": ", then {names}", "zh": "，其次为{names}"},
    "no_index": {
        "en": "{outcome}: no index is defined, since it does not vary or is mostly undefined.",
        "zh": "{outcome}：指标不变或大多无定义，无法计算指数。",
    },
    "chance_line": {
        "en": "{outcome}: chance explains {share:.0f} % of the variance of single runs.",
        "zh": "{outcome}：单次运行方差的 {share:.0f}% 来自随机性。",
    },
    "undefined_line": {
        "en": "{outcome}: {count} samples are undefined; they and what belongs to them "
        "({dropped} samples) are left out, never counted as zero.",
        "zh": "{outcome}：{count} 个样本无定义；相关的 {dropped} 个样本不计入，绝不按零处理。",
    },
    "failed_line": {
        "en": "{failed} runs failed and count as undefined; see results/ for the reasons.",
        "zh": "{failed} 次运行失败，按无定义处理；原因见 results/。",
    },
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
