"""Units that people write beside a column, and what they mean in the model's units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cleanpark.scenarios.park_files.cells import plain

GJ_IN_TCE = 1.0 / 29.3076
"""Standard coal of 29,307.6 kJ/kg, GB/T 2589-2020."""
KWH_IN_TCE = 1.229e-4
"""Electricity by its heat equivalent, GB/T 2589-2020."""

CANONICAL: Mapping[str, str] = {
    "money": "10,000 CNY",
    "energy": "tce",
    "volume": "m3",
    "mass": "kg",
    "waste": "t",
    "carbon": "t",
    "share": "share",
    "count": "persons",
}
"""Unit that each kind of column is kept in."""
AMOUNTS = ("money", "energy", "volume", "mass", "waste", "carbon")
"""Kinds of which a column must say its unit."""

MASS = {
    ("t", "吨", "ton", "tons", "tonne", "tonnes", "公吨"): 1000.0,
    ("kg", "千克", "公斤", "kilogram", "kilograms"): 1.0,
    ("g", "克"): 1e-3,
    ("万吨", "10,000t", "10^4t", "wt"): 1e7,
    ("千吨", "kt"): 1e6,
}
UNITS: Mapping[str, Mapping[tuple[str, ...], float]] = {
    "money": {
        ("10,000cny", "万元", "10000cny", "万元人民币", "人民币万元", "10^4cny", "10kcny",
         "wancny", "wan", "10,000yuan", "10000yuan", "10kyuan", "万"): 1.0,
        ("cny", "元", "yuan", "rmb", "人民币元", "元人民币"): 1e-4,
        ("千元", "1,000cny", "1000cny", "kcny"): 0.1,
        ("百万元", "millioncny", "millioncnyayear", "mcny", "mioyuan", "millionyuan"): 100.0,
        ("亿元", "100millioncny", "亿", "yi"): 1e4,
        ("billioncny", "十亿元"): 1e5,
    },
    "energy": {
        ("tce", "吨标准煤", "吨标煤", "t标准煤", "t标煤", "吨标准煤当量", "tcoalequivalent"): 1.0,
        ("万吨标准煤", "万吨标煤", "万tce", "10,000tce"): 1e4,
        ("千克标准煤", "kgce", "千克标煤", "公斤标准煤"): 1e-3,
        ("gj", "吉焦"): GJ_IN_TCE,
        ("tj", "太焦"): 1e3 * GJ_IN_TCE,
        ("kwh", "千瓦时", "度", "kw.h", "kw·h"): KWH_IN_TCE,
        ("mwh", "兆瓦时", "千度"): 1e3 * KWH_IN_TCE,
        ("万千瓦时", "万kwh", "万度", "10,000kwh", "万kw·h", "万kw.h"): 1e4 * KWH_IN_TCE,
    },
    "volume": {
        ("m3", "m^3", "立方米", "方", "吨", "t", "立方", "cubicmetres", "cubicmeters"): 1.0,
        ("万m3", "万立方米", "万吨", "万方", "10,000m3", "10^4m3", "万t", "10,000t"): 1e4,
        ("千立方米", "千吨"): 1e3,
        ("l", "升"): 1e-3,
    },
    "mass": MASS,
    "waste": {names: factor / 1000.0 for names, factor in MASS.items()},
    "carbon": {
        **{names: factor / 1000.0 for names, factor in MASS.items()},
        ("tco2", "tco2e", "吨二氧化碳", "吨二氧化碳当量", "吨co2", "吨co2e"): 1.0,
        ("万吨二氧化碳", "万吨co2", "万tco2"): 1e4,
    },
    "share": {
        ("share", "0-1", "0~1", "0to1", "小数"): 1.0,
        ("%", "percent", "百分比", "％"): 0.01,
    },
    "count": {("人", "persons", "people", "名", "个"): 1.0},
}  # fmt: skip
"""Ways to write each unit, and what one of it is in the unit the column is kept in."""
YEARLY = re.compile(r"(ayear|peryear|/year|/yr|/a|·a-1|/年|每年|/annum|p\.a\.)$")
OTHER_PERIOD = re.compile(r"(/月|每月|/month|/d|/day|/天|/日|每天|/h|/小时|/季度?|/quarter)$")
CONCENTRATION = re.compile(r"(mg|毫克|g|克|μg|ug)/(l|升|m3|nm3|立方米|kg)$")
PER_UNIT = re.compile(r"/(万元|吨产品|t产品|单位产品|吨)$")


@dataclass(frozen=True)
class Unit:
    """A unit as written: `factor` of the column's own unit is one of it."""

    written: str
    factor: float


def unit_of(written: str, kind: str) -> Unit | None:
    """The unit of this kind that the text means; None where it means none."""
    text = unit_key(written)
    bare = YEARLY.sub("", text)
    for names, factor in UNITS.get(kind, {}).items():
        if bare in names:
            return Unit(written.strip(), factor)
    return None


def unit_key(written: str) -> str:
    """A unit without blanks and full-width forms, in lower case."""
    return re.sub(r"\s", "", plain(written)).casefold()


def is_any_unit(written: str) -> bool:
    """Whether the text is a unit of whatever kind, known or of another period."""
    text = unit_key(written)
    if not text:
        return False
    if OTHER_PERIOD.search(text) or CONCENTRATION.search(text):
        return True
    return any(unit_of(text, kind) is not None for kind in UNITS)


def written_as(kind: str) -> list[str]:
    """The first way to write each unit of a kind."""
    return [names[0] for names in UNITS[kind]]
