"""`cleanpark again`: saved results run again, and whether every number is the same."""

from __future__ import annotations

from typing import Annotated

import typer

from cleanpark.commands.console import progress, say, tell
from cleanpark.commands.options import Language
from cleanpark.scenarios.folders import user_path


def again(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Folder of results, of any kind.")],
    workers: Annotated[
        int, typer.Option("--workers", help="Processes; -1 for all cores. Results are the same.")
    ] = 1,
    language: Language = None,
) -> None:
    """Run saved results again from what their folder holds, and compare every number."""
    from cleanpark.analysis.comparison.comparison import Comparison
    from cleanpark.analysis.pages.again import again as run_again
    from cleanpark.analysis.pages.again import differing
    from cleanpark.commands.summary import print_summary

    with progress(say("Simulating")):
        found = run_again(folder, workers)
    if isinstance(found, Comparison):
        print_summary(found, ranked=False)
    other, of = differing(user_path(folder), found)
    if not other:
        tell(say("All {of} numbers are the same as in {folder}.", of=f"{of:,}", folder=folder))
        return
    tell(say("{other} of {of} numbers differ from those in {folder}.", other=f"{other:,}",
             of=f"{of:,}", folder=folder))  # fmt: skip
    raise typer.Exit(1)
