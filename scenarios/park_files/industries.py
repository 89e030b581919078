"""Industries of the national classification GB/T 4754, and the sector of the model for each."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleanpark.scenarios.errors import Message, ParkError, nearest
from cleanpark.scenarios.park_files.cells import plain
from cleanpark.scenarios.reading import checked, read_toml
from cleanpark.scenarios.sectors import Sector
from cleanpark.scenarios.value import Certainty, Record

INDUSTRIES = Path(__file__).with_name("industries.csv")
MAPPING = Path(__file__).with_name("sectors.toml")
OTHER = "other"
"""Sector of the industries that the model has no sector for."""
CODE = re.compile(r"[B-D]?(\d{2,4})(?:\.0)?", re.IGNORECASE)
CODE_AND_NAME = re.compile(r"[B-D]?(\d{2,4})[\s\-:：、.]*([^\d\s].*)", re.IGNORECASE)
NAME_AND_CODE = re.compile(r"(.*?\D)[\s(\[:：-]*[B-D]?(\d{2,4})[)\]]?", re.IGNORECASE)


class Mapping4754(Record):
    """Which codes of the classification each sector of the model takes, and everyday words."""

    source: str
    certainty: Certainty
    codes: dict[str, tuple[str, ...]]
    words: dict[str, str]


@dataclass(frozen=True)
class Industry:
    """What a file's industry was taken for: sector, code and name of the classification."""

    sector: str
    code: str = ""
    name: str = ""


@functools.cache
def mapping() -> Mapping4754:
    """The packaged mapping from codes to sectors."""
    return checked(Mapping4754, read_toml(MAPPING, ParkError), MAPPING, ParkError)


@functools.cache
def names_of_codes() -> Mapping[str, str]:
    """Name of every code of two to four digits in mining, manufacturing and utilities."""
    with INDUSTRIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {row["code"]: row["name"] for row in rows if row["edition"] == "2017"}
    return {**{row["code"]: row["name"] for row in rows if row["code"] not in found}, **found}


@functools.cache
def codes_of_names() -> Mapping[str, str]:
    """Code of every name, by its key; of a class named like its group, the group's."""
    found: dict[str, str] = {}
    with INDUSTRIES.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: (len(row["code"]), row["code"]))
    for row in rows:
        found.setdefault(_key(row["name"]), row["code"])
    for word, code in mapping().words.items():
        found.setdefault(_key(word), code)
    for name, code in list(found.items()):
        for stem in _stems(name):
            found.setdefault(stem, code)
    return found


def _key(name: str) -> str:
    """A name of an industry without marks, plurals, and the words that differ between editions."""
    text = plain(name).casefold()
    if re.search("[a-z]", text):
        text = re.sub(r"\band\b|&", "", re.sub(r"(?<=[a-rt-z])s\b", "", text))
    text = re.sub(r"[\s、,，。()\[\]/;；\-_]", "", text)
    return re.sub(r"[和及与]", "", text)


SUFFIXES = ("行业", "工业", "制造业", "加工业", "制品业", "产业", "企业", "制造", "业", "类")
"""What may be left away behind a name."""


def _stems(key: str) -> list[str]:
    """The key without each of the endings that may be left away."""
    return [stem for ending in SUFFIXES if (stem := key.removesuffix(ending)) and stem != key]


@functools.cache
def _sector_of_prefix() -> Mapping[str, str]:
    return {code: sector for sector, codes in mapping().codes.items() for code in codes}


def sector_of_code(code: str) -> str:
    """The sector of a code: that of the longest code that begins it, else `other`."""
    prefixes = _sector_of_prefix()
    for length in range(len(code), 1, -1):
        if code[:length] in prefixes:
            return prefixes[code[:length]]
    return OTHER


class Classifier:
    """Finds the industry of a cell; each distinct text is looked up once."""

    def __init__(self, catalogue: Sequence[Sector]) -> None:
        """Know the sectors of a catalogue by name, titles and aliases."""
        self.sectors = {sector.name for sector in catalogue}
        self.own: dict[str, str] = {}
        self.written: dict[str, str] = {}
        for sector in catalogue:
            for name in (sector.name, *sector.title.values(), *sector.aliases):
                self.own.setdefault(_key(name), sector.name)
                self.written.setdefault(_key(name), name)
        self.found: dict[str, Industry | None] = {}

    def industry(self, text: str) -> Industry | None:
        """The industry that a cell names; None where it names none."""
        if text not in self.found:
            self.found[text] = self._look_up(plain(text))
        return self.found[text]

    def hint(self, text: str) -> Message:
        """The known name nearest to a text, as the model writes its own."""
        found = nearest(_key(text), [*self.own, *codes_of_names()])
        key = str(found.fields.get("name", ""))
        return Message(found.template, name=self.written.get(key, key)) if key else found

    def _look_up(self, text: str) -> Industry | None:
        for key in (_key(text), *_stems(_key(text))):
            if key in self.own:
                return Industry(self.own[key])
            code = _code(text) or codes_of_names().get(key)
            if code is not None:
                return self._of_code(code)
        code = _code_beside_name(text)
        return self._of_code(code) if code is not None else None

    def _of_code(self, code: str) -> Industry | None:
        sector = sector_of_code(code)
        if sector not in self.sectors:
            return None
        return Industry(sector, code, names_of_codes()[code])


def _code(text: str) -> str | None:
    """The code that a cell holds; a leading zero that a spreadsheet dropped is put back."""
    found = CODE.fullmatch(text)
    if found is None:
        return None
    digits = found[1]
    # A class of the edition of 2011 that has no code of its own any more is of its group's.
    tried = (digits, f"0{digits}", digits[:3], digits[:2])
    return next((code for code in tried if code in names_of_codes()), None)


OUTSIDE = re.compile(
    "农业|种植|林业|畜牧|养殖|渔业|农林牧渔|建筑业|建筑工程|施工|房屋建筑业|批发|零售|商贸|贸易|商业|运输|物流|仓储|邮政|快递|住宿"
    "|餐饮|酒店|软件|信息技术服务|信息服务|金融|银行|保险|房地产|物业|租赁|商务服务|科研|研发|科学研究|技术服务|环境治理|环保服务|公共设施"
    "|教育|学校|医院|卫生|文化|体育|娱乐|公共管理|办公|服务业"
    r"|\b(agricultur\w*|forestry|fish\w*|construction( industry)?|wholesale|retail|trade"
    r"|transport\w*|logistics|warehous\w*|storage|hotels?|catering|restaurants?|software|bank\w*"
    r"|finance|insurance|real estate|property|leasing|research|r&d|education|schools?|hospitals?"
    r"|offices?|services?)\b",
    re.IGNORECASE,
)
"""Words for what is no industry: sections A and E to T of GB/T 4754."""
MAKING = re.compile(
    "制造|生产|加工|用品|材料|设备|器材|产品|manufactur|making|product|equipment", re.IGNORECASE
)
"""Words for making something, whatever branch it serves."""


def is_outside(text: str) -> bool:
    """Whether a cell names what is no industry, or begins with such a code of GB/T 4754: 01 to 05,
    47 to 97. To be asked of what is no known industry."""
    if OUTSIDE.search(plain(text)) and not MAKING.search(plain(text)):
        return True
    found = re.match(r"[A-T]?(\d\d)\d{0,2}(?!\d)", plain(text), re.IGNORECASE)
    return found is not None and (1 <= int(found[1]) <= 5 or 47 <= int(found[1]) <= 97)


def _code_beside_name(text: str) -> str | None:
    """The code in a cell that has both, such as `2614 有机化学原料制造` or `造纸(22)`."""
    first, last = CODE_AND_NAME.fullmatch(text), NAME_AND_CODE.fullmatch(text)
    for written in (first[1] if first else "", last[2] if last else ""):
        code = _code(written)
        if code is not None:
            return code
    for part in re.split(r"[,，;；/|]", text)[:1]:
        if part != text:
            return _code(part) or codes_of_names().get(_key(part))
    return None
