"""Print sectors and flows beside published totals and write `docs/data.md` and `docs/data.zh.md`.

    python tools/data.py

Ends with status 1 where a ratio leaves its band and `scenarios/published.toml` has no reason.
"""

import sys
from pathlib import Path

from cleanpark.analysis.pages.totals import page, write_pages
from cleanpark.analysis.validation.totals import compare_totals
from cleanpark.analysis.words.language import ENGLISH

DOCS = Path(__file__).resolve().parent.parent / "docs"


def main() -> int:
    """Run the reference year, print and write."""
    compared = compare_totals()
    print(page(compared, ENGLISH))
    write_pages(compared, DOCS)
    return int(not all(one.explained for one in compared))


if __name__ == "__main__":
    sys.exit(main())
