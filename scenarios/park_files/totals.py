"""Rows of a table that are no enterprise: totals, subtotals, means, and remarks below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleanpark.scenarios.park_files.cells import plain

TOTAL = re.compile(
    r"(.{0,12}(合计|小计|总计|共计|累计|汇总|总和|平均值?)"
    r"|(sub-?|grand)?totals?|sum|average|mean"
    r"|sub-?totals?.{1,30}"
    r"|共计?\d+(家|户|个)(企业|单位)?)"
    r"(数|行)?([(（:：\[].*)?"
)
REMARK = re.compile(
    r"[(\[]?(注|备注|说明|附注|填表|制表|单位负责人|统计负责人|负责人|审核人|复核|联系|数据来源|资料来源|来源|报出日期"
    r"|填报|日期|note|notes|source|remark|prepared)(人|日期|说明|单位|电话)?[\s)\]]*([:：].*|\d?[.、].*|)",
    re.DOTALL,
)


HEADING = re.compile(
    r"[(]?[一二三四五六七八九十]{1,3}[)、.:].{1,30}|.{1,12}(行业|片区|街道|园区)[:]?"
)
"""What heads a group of enterprises: `一、化工行业`, in a row without any number."""


def is_heading(cells: Sequence[str]) -> bool:
    """Whether a row heads a group of enterprises: one text, numbered or named like a group."""
    distinct = {plain(cell) for cell in cells if cell.strip()}
    return len(distinct) == 1 and HEADING.fullmatch(distinct.pop()) is not None


def total_word(cell: str) -> str | None:
    """The word for a total that a cell is, such as `合 计` or `化工小计`; None for others."""
    text = "".join(plain(cell).split()).casefold()
    return text if text and TOTAL.fullmatch(text) else None


def is_remark(cells: Sequence[str]) -> bool:
    """Whether a row is a remark: a text with a word for one before it, and little else."""
    first = next((plain(cell) for cell in cells if cell.strip()), "")
    if not first or not REMARK.fullmatch(first.casefold()):
        return False
    distinct = list(dict.fromkeys(plain(cell) for cell in cells if cell.strip()))
    return len(distinct) == 1 or not any(re.fullmatch(r"[\d,.]+", text) for text in distinct)
