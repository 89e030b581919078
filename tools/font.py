"""Make the font that figures are drawn with: of Noto Sans SC what simplified Chinese texts need.

    python tools/font.py NotoSansSC-Regular.ttf [analysis/figures/font/NotoSansSC-subset.ttf]

The source is the file of version 2.004 with all 30,890 characters, 10.6 MB, as Google Fonts has it
and as the package zhplot 1.0.0 of the Python package index holds it (`zhplot/fonts/`; the package
need not be imported). What is kept: the 6,763 characters and 682 signs of GB 2312 (levels 1 and 2),
Latin, Greek, punctuation, numerals, units, arrows and signs of mathematics. The licence, the SIL
Open Font License 1.1, allows this; it is shipped beside the font, and the file bears a name of its
own, so that a Noto Sans SC that a machine has is never taken for it.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE_SHA256 = "5cf8b2a0576d5680284ab03a7a8219499d59bbe981a79bb3dc0031f251c39736"
FAMILY = "cleanpark Noto Sans SC"
TARGET = Path(__file__).parents[1] / "analysis" / "figures" / "font" / "NotoSansSC-subset.ttf"
RANGES = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin with accents
    (0x0370, 0x03FF),  # Greek
    (0x2010, 0x205E),  # punctuation
    (0x2070, 0x209F),  # raised and lowered numerals
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x218F),  # units, numerals
    (0x2190, 0x22FF),  # arrows, mathematics
    (0x2460, 0x24FF),  # encircled numerals
    (0x25A0, 0x25FF),  # shapes
    (0x3000, 0x303F),  # Chinese punctuation
    (0x3220, 0x33FF),  # units in one character
    (0xFF01, 0xFFE6),  # full width
)
DROPPED = ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "vhea", "vmtx"]
"""What sets type beyond a line of letters, which matplotlib does not."""


def gb2312() -> set[int]:
    """The characters and signs of GB 2312."""
    pairs = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(one) for pair in pairs for one in pair.decode("gb2312", "ignore")}


def kept() -> set[int]:
    """All characters of the subset."""
    return gb2312().union(*(range(low, high + 1) for low, high in RANGES))


def made(source: Path, target: Path) -> None:
    """Write the subset; the same source and fonttools give the same bytes."""
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    if digest != SOURCE_SHA256:
        sys.exit("%s has SHA-256 %s, not %s: another version" % (source, digest, SOURCE_SHA256))
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True,
                             name_IDs=["*"], recalc_timestamp=False)  # fmt: skip
    options.drop_tables += DROPPED
    narrowed = subset.Subsetter(options)
    narrowed.populate(unicodes=kept())
    narrowed.subset(font)
    for entry in font["name"].names:
        if entry.nameID in (1, 16):
            entry.string = FAMILY
        elif entry.nameID in (4, 6):
            entry.string = FAMILY.replace(" ", "-") if entry.nameID == 6 else FAMILY
    target.parent.mkdir(exist_ok=True)
    font.save(target)
    size = target.stat().st_size / 1e6
    print("%s: %d characters, %.1f MB" % (target, len(font.getBestCmap()), size))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python tools/font.py NotoSansSC-Regular.ttf [target.ttf]")
    made(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else TARGET)
