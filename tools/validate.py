"""Run the published patterns and write `docs/validation.md` from what the model gives.

    python tools/validate.py            run all, keep the results, write pages and figures
    python tools/validate.py pages      pages and figures alone, from what is kept

An interrupted run goes on where it stopped (folder `validation/`, as long as code and data stay).
"""

import sys
from pathlib import Path

from cleanpark import __version__
from cleanpark.analysis.pages.validation import write_pages
from cleanpark.analysis.studies.results import write_text
from cleanpark.analysis.studies.runner import Place
from cleanpark.analysis.validation.kept import KEPT_FILE, read_kept, text_of
from cleanpark.analysis.validation.patterns import all_patterns
from cleanpark.analysis.validation.reasons import reason_for
from cleanpark.analysis.validation.validate import validate
from cleanpark.analysis.words.language import ENGLISH
from cleanpark.analysis.words.validation import summed_up

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
FOLDER = ROOT / "validation"


def say_progress(done: int, total: int) -> None:
    """One line on the terminal, written over."""
    print("\rpattern %d of %d" % (done + 1, total), end="", file=sys.stderr, flush=True)


def main(what: list[str]) -> None:
    """Run, or make the pages alone."""
    if what != ["pages"]:
        results = validate(place=Place(-1), folder=FOLDER, progress=say_progress)
        write_text(KEPT_FILE, text_of(results, __version__))
        print(file=sys.stderr)
    kept = read_kept(KEPT_FILE, all_patterns())
    for path in write_pages(kept, DOCS):
        print(path.relative_to(ROOT))
    print(summed_up(kept.results, ENGLISH))
    for result in kept.results:
        for one in result.parts:
            told = reason_for(result.pattern.name, one.part.name)
            if one.inside == (told is not None):
                state = "passes and has a reason" if one.inside else "fails without a reason"
                print("%s, %s: %s (reasons.py)" % (result.pattern.name, one.part.name, state))


if __name__ == "__main__":
    main(sys.argv[1:])
