"""How every command behaves: help in the language spoken, and one way to report what is wrong.

Exit codes: 0 done; 2 what was typed, or a file it names, cannot be used; 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import typer

from cleanpark.analysis.words.language import preferred
from cleanpark.commands.console import choose_language, say
from cleanpark.commands.files import letting_go
from cleanpark.commands.help import Command, Group
from cleanpark.scenarios.errors import InputError, Message
from cleanpark.scenarios.foreign import reason_of

__all__ = ["BAD_INPUT", "Command", "Front", "Group", "refuse"]

BAD_INPUT = 2
INTERRUPTED = 130
_FULL = (errno.ENOSPC, errno.EDQUOT)
OUTPUT = "<stdout>"
"""What an error of standard output names as its file."""
GO_ON = ("study", "discover", "attribute", "optimize")
"""Commands that keep each finished task, and go on when they are given again."""
_USAGE_ERROR: Any = typer.BadParameter.__base__
"""What Typer raises for words it does not understand; it has no public name of its own there."""


def refuse(problem: str | Message | BaseException) -> typer.Exit:
    """Say on standard error what is wrong; the exit to raise."""
    sys.stderr.write(say("Error: {problem}", problem=say(problem)) + "\n")
    return typer.Exit(BAD_INPUT)


def _have_streams() -> None:
    """Where the shell closed standard output or error (>&-), what is written there is dropped;
    errors of standard output say that they are its own."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    if "write" not in vars(sys.stdout):
        for name in ("write", "flush"):
            setattr(sys.stdout, name, _naming_output(getattr(sys.stdout, name)))


def _naming_output(method: Callable[..., Any]) -> Callable[..., Any]:
    """The method of standard output, whose errors name it: those of files look the same else."""

    def named(*told: Any) -> Any:
        try:
            return method(*told)
        except OSError as problem:
            problem.filename = OUTPUT
            raise

    return named


@contextmanager
def _usage_in_words() -> Iterator[None]:
    """Say in one line, in the language spoken, what Typer did not understand."""
    try:
        yield
    except _USAGE_ERROR as problem:
        if type(problem).__name__ == "NoArgsIsHelpError":
            raise
        from cleanpark.commands.usage import usage_problem

        command = problem.ctx.command_path if problem.ctx else "cleanpark"
        told = Message("{problem} (see {command} --help)", problem=usage_problem(problem),
                       command=command)  # fmt: skip
        raise refuse(told) from problem


def _silence_output() -> None:
    """Drop what is still to be written, since nobody reads it any more."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        return


def _full(place: str | None, goes_on: bool) -> Message:
    """What a full disk means: for the output alone, for a study, or for results kept whole."""
    if place == OUTPUT:
        _silence_output()
        return Message("the output could not be printed: the disk is full")
    if goes_on:
        return Message(
            "the disk is full; what was finished is kept: make room and give the same command again"
        )
    if place is None:
        return Message("the disk is full; nothing was kept")
    return Message("the disk is full; nothing was kept ({place})", place=place)


def _in_words(problem: OSError, goes_on: bool) -> Message:
    """A file's or folder's problem as one line."""
    if problem.errno in _FULL:
        return _full(problem.filename, goes_on)
    reason = reason_of(problem)
    if not problem.filename:
        return reason
    return Message("{file}: {reason}", file=problem.filename, reason=reason)


def _interrupted(goes_on: bool) -> typer.Exit:
    """Say what Ctrl-C left, end the processes that were started; the exit to raise.

    A second Ctrl-C must not break into that.
    """
    from cleanpark.analysis.studies.runner import stop_workers

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    stop_workers()
    kept = say("Interrupted; what was finished is kept: give the same command again to go on.")
    sys.stderr.write(
        (kept if goes_on else say("Interrupted; no partial results were kept.")) + "\n"
    )
    return typer.Exit(INTERRUPTED)


@contextmanager
def problems_in_words(ctx: Any) -> Iterator[None]:
    """Turn what a user can cause into one clear message and an exit code."""
    try:
        yield
        sys.stdout.flush()
    except InputError as problem:
        raise refuse(problem) from problem
    except BrokenPipeError as problem:
        _silence_output()
        raise typer.Exit(1) from problem
    except MemoryError as problem:
        raise refuse(
            Message("there is not enough memory; ask for fewer enterprises, seeds or workers")
        ) from problem
    except KeyboardInterrupt as problem:
        raise _interrupted(ctx.invoked_subcommand in GO_ON) from problem
    except OSError as problem:
        raise refuse(_in_words(problem, ctx.invoked_subcommand in GO_ON)) from problem


def _language_in(words: Sequence[str]) -> str:
    """The language asked for: anywhere among the words, else by the environment."""
    for place, word in enumerate(words):
        if word == "--language" and place + 1 < len(words):
            return words[place + 1]
        if word.startswith("--language="):
            return word.partition("=")[2]
    return os.environ.get("CLEANPARK_LANGUAGE") or preferred(os.environ)


def _without_language(words: list[str]) -> list[str]:
    """The words without ``--language`` where the front page's help alone is asked for.

    The language is chosen by then, and Typer loads pydantic to read any option's value: that is a
    fifth of the time the help takes.
    """
    if len(words) == 3 and words[0] == "--language" and words[2] == "--help":
        return words[2:]
    return words


class Front(Group):
    """The outermost group: what goes wrong in any command is reported here."""

    def main(self, args: Sequence[str] | None = None, *others: Any, **more: Any) -> Any:
        """Run what was typed; help is in the language asked for wherever that stands."""
        _have_streams()
        choose_language(preferred(os.environ))
        words = list(sys.argv[1:] if args is None else args)
        with suppress(InputError):  # said when the option is read, in the language of the place
            choose_language(_language_in(words))
            words = _without_language(words)
        return super().main(words, *others, **more)

    def make_context(self, *others: Any, **more: Any) -> Any:
        """Read the words before the command."""
        try:
            with _usage_in_words():
                return super().make_context(*others, **more)
        except InputError as problem:
            raise refuse(problem) from problem

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was typed."""
        with letting_go(), problems_in_words(ctx), _usage_in_words():
            return super().invoke(ctx)
