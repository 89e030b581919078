"""One enterprise's story as text, a paragraph a quarter, in the language spoken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cleanpark.commands.console import language, say

if TYPE_CHECKING:
    from cleanpark.model.trace import Quarter


def story_lines(story: Sequence[Quarter]) -> Iterator[str]:
    """The story; money in 10,000 CNY."""
    from cleanpark.model import trace

    if language() == "en":
        yield from trace.story_lines(story)
        return
    for quarter in story:
        yield from _chinese(quarter)


def _chinese(quarter: Quarter) -> Iterator[str]:
    state = quarter.state
    yield (
        f"{quarter.label}  产值 {state['output']:,.0f}  现金 {state['cash']:,.0f}  "
        f"技术水平 {state['technology']:.2f}  态度 {state['attitude']:.2f}  "
        f"被查感知概率 {state['belief']:.2f}（金额单位：万元）"
    )
    for name, value in quarter.decisions:
        yield f"    {_said(name)}：{_said(value)}"
    for medium, plans in quarter.plans.items():
        for plan, effort, cost in plans:
            yield f"    {say(medium)}治理方案“{say(plan)}”：力度 {effort:.2f}，预期成本 {cost:,.2f}"
    yield f"    排放与限值之比（废气、废水、固废）：{state['limit_ratio']}，申报 {state['reported']}"
    if "audit" in state:
        yield f"    审核结果：{state['audit']}"
    if state["inspected"]:
        yield "    接受检查：" + ("查出违规" if state["caught"] else "未发现问题")
    paid = "，".join(f"{say(name)} {amount:,.2f}" for name, amount in quarter.payments.items())
    yield f"    收支：{paid}"


def _said(value: object) -> str:
    """A decision's name word by word, or its value."""
    if isinstance(value, bool):
        return "是" if value else "否"
    text = str(value)
    if text in ("effort air", "effort water", "effort waste"):
        return f"{say(text.split()[1])}治理力度"
    for start in ("choose reported share ", "hides exceedance "):
        if text.startswith(start):
            return f"{say(text.removeprefix(start))}{say(start.strip())}"
    return say(text)
