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
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from cleanpark.commands.console import choose_language, language, say

BAD_INPUT = 2
INTERRUPTED = 130
_FULL = (errno.ENOSPC, errno.EDQUOT)
OUTPUT = "<stdout>"
"""What an error of standard output names as its file."""
GO_ON = ("study", "discover", "attribute", "optimize")
"""Commands that keep each finished task, and go on when they are given again."""
_USAGE_ERROR: Any = typer.BadParameter.__base__
"""What Typer raises for words it does not understand; it has no public name of its own there."""


def refuse(message: str) -> typer.Exit:
    """Say on standard error what is wrong; the exit to raise."""
    if language() == "zh":
        from cleanpark.commands.errors_chinese import in_chinese

        message = in_chinese(message)
    sys.stderr.write(f"{say('Error')}: {message}\n")
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
    """In Chinese, say in one line what Typer would frame in English."""
    try:
        yield
    except _USAGE_ERROR as problem:
        if language() != "zh" or type(problem).__name__ == "NoArgsIsHelpError":
            raise
        from cleanpark.commands.errors_chinese import in_chinese

        command = problem.ctx.command_path if problem.ctx else "cleanpark"
        told = problem.format_message().replace("Input should", "must")
        raise refuse(f"{in_chinese(told)}；用法见 {command} --help") from problem


def _silence_output() -> None:
    """Drop what is still to be written, since nobody reads it any more."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        return


def _full(place: str | None, goes_on: bool) -> str:
    """What a full disk means: for the output alone, for a study, or for results kept whole."""
    if place == OUTPUT:
        _silence_output()
        return say("the output could not be printed: the disk is full")
    if goes_on:
        return say(
            "the disk is full; what was finished is kept: make room and give the same command again"
        )
    if place is None:
        return say("the disk is full; nothing was kept")
    return say("the disk is full; nothing was kept ({place})", place=place)


def _in_words(problem: OSError, goes_on: bool) -> str:
    """A file's or folder's problem as one line."""
    if problem.errno in _FULL:
        return _full(problem.filename, goes_on)
    reason = problem.strerror or str(problem)
    return f"{problem.filename}: {reason}" if problem.filename else reason


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
    from cleanpark.scenarios.errors import InputError

    try:
        yield
        sys.stdout.flush()
    except InputError as problem:
        raise refuse(str(problem)) from problem
    except BrokenPipeError as problem:
        _silence_output()
        raise typer.Exit(1) from problem
    except MemoryError as problem:
        raise refuse(
            say("there is not enough memory; ask for fewer enterprises, seeds or workers")
        ) from problem
    except KeyboardInterrupt as problem:
        raise _interrupted(ctx.invoked_subcommand in GO_ON) from problem
    except OSError as problem:
        raise refuse(_in_words(problem, ctx.invoked_subcommand in GO_ON)) from problem


def _paragraphs(text: str) -> str:
    """The text with each paragraph on one line, to be wrapped to the terminal's width."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def _translate(command: Any) -> None:
    """Put a command's help, and that of its options, into the language spoken."""
    for name in ("help", "short_help"):
        text = getattr(command, name, None)
        if text:
            setattr(command, name, say(_paragraphs(text)))
    _translate_parameters(command.params)


def _translate_parameters(parameters: Sequence[Any]) -> None:
    for parameter in parameters:
        if getattr(parameter, "help", None):
            parameter.help = say(parameter.help)


class Command(TyperCommand):
    """A command whose help is in the language spoken."""

    def get_params(self, ctx: Any) -> Any:
        """The parameters, their own help option among them, translated."""
        found = super().get_params(ctx)
        _translate_parameters(found)
        return found

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        _translate(self)
        super().format_help(ctx, formatter)


class Group(TyperGroup):
    """A group of commands whose help is in the language spoken."""

    def get_params(self, ctx: Any) -> Any:
        """The parameters, their own help option among them, translated."""
        found = super().get_params(ctx)
        _translate_parameters(found)
        return found

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        _translate(self)
        for command in self.commands.values():
            _translate(command)
        super().format_help(ctx, formatter)


def _language_in(words: Sequence[str]) -> str | None:
    """The language asked for anywhere among the words, else the environment's."""
    for place, word in enumerate(words):
        if word == "--language" and place + 1 < len(words):
            return words[place + 1]
        if word.startswith("--language="):
            return word.partition("=")[2]
    return os.environ.get("CLEANPARK_LANGUAGE")


class Front(Group):
    """The outermost group: what goes wrong in any command is reported here."""

    def main(self, args: Sequence[str] | None = None, *others: Any, **more: Any) -> Any:
        """Run what was typed; help is in the language asked for wherever that stands."""
        _have_streams()
        choose_language(_language_in(sys.argv[1:] if args is None else args))
        return super().main(args, *others, **more)

    def make_context(self, *others: Any, **more: Any) -> Any:
        """Read the words before the command."""
        with _usage_in_words():
            return super().make_context(*others, **more)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was typed."""
        with problems_in_words(ctx), _usage_in_words():
            return super().invoke(ctx)
