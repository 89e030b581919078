"""`cleanpark report`: the report of saved results written again, in any language."""

from __future__ import annotations

from typing import Annotated

import typer

from cleanpark.commands.console import language as spoken
from cleanpark.commands.console import note, progress, say
from cleanpark.commands.options import Language
from cleanpark.scenarios.folders import user_path


def report(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="Folder of a comparison, a run or a study.")
    ],
    language: Language = None,
) -> None:
    """Write the report and figures of saved results again, in any language; numbers stay.

    Nothing is simulated. A run, which has no page, is printed again.
    """
    from cleanpark.analysis.pages.loading import SavedComparison, SavedRun, load
    from cleanpark.commands.compare import tell_where
    from cleanpark.commands.run import tell_run_again
    from cleanpark.commands.study import tell_results, write_pages
    from cleanpark.commands.summary import print_summary

    place = user_path(folder)
    found = load(place)
    if isinstance(found, SavedRun):
        tell_run_again(found)
        return
    if not isinstance(found, SavedComparison):
        write_pages(place)
        tell_results(place)
        return
    with progress(say("Drawing figures and report")):
        untold = found.report(str(spoken()))
    print_summary(found.comparison, ranked=False)
    for line in untold:
        note(line)
    tell_where(place)
