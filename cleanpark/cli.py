"""The command line: one command per question.

Heavy parts are imported inside the commands, so that help is immediate.
"""

from __future__ import annotations

import signal
import sys
import threading
from typing import Annotated, Any

import typer

from cleanpark.analysis.words.language import languages
from cleanpark.commands import (
    again,
    compare,
    history,
    law,
    parameters,
    parks,
    policy,
    report,
    run,
    scenarios,
    study,
    tax,
    validate,
)
from cleanpark.commands.options import listen
from cleanpark.commands.shell import Command, Front
from cleanpark.page import command as page

app = typer.Typer(
    cls=Front,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from cleanpark import __version__

        typer.echo(f"cleanpark {__version__}")
        raise typer.Exit


@app.callback()
def front(
    language: Annotated[
        str | None,
        typer.Option(
            "--language",
            metavar="|".join(languages()),
            envvar="CLEANPARK_LANGUAGE",
            help="Language of texts and tables.",
            callback=listen,
            is_eager=True,
            show_default=False,
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """What audits, tax incentives and penalties do to an industrial park."""


app.command("compare", cls=Command)(compare.compare)
app.command("run", cls=Command)(run.run)
app.command("history", cls=Command)(history.history)
app.add_typer(scenarios.app, name="scenarios")
app.add_typer(parks.app, name="parks")
app.command("parameters", cls=Command)(parameters.parameters)
app.command("tax", cls=Command)(tax.tax)
app.command("law", cls=Command)(law.law)
app.command("validate", cls=Command)(validate.validate)
app.command("study", cls=study.StudyCommand)(study.study)
app.command("discover", cls=Command)(policy.discover)
app.command("optimize", cls=Command)(policy.optimize)
app.command("attribute", cls=Command)(policy.attribute)
app.command("report", cls=Command)(report.report)
app.command("again", cls=Command)(again.again)
app.command("demo", cls=Command)(compare.demo)
app.command("serve", cls=Command)(page.serve)


def _stop(number: int, frame: Any) -> None:
    """Leave as after Ctrl-C, so that partial files are removed."""
    raise SystemExit(128 + number)


def main() -> None:
    """Run what was typed."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _stop)
    app(prog_name="cleanpark")


if __name__ == "__main__":
    main()
