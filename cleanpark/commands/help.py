"""Help in the language spoken: Typer's own layout, with every word from the catalogs.

Commands and options are copied before they are put into words, so that one process can help in
several languages.
"""

from __future__ import annotations

import copy
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from cleanpark.commands.console import say
from cleanpark.scenarios.errors import N_, InputError

TYPES = {"<int>": N_("NUMBER"), "<float>": N_("NUMBER"), "<str>": N_("TEXT")}
"""What a value is, where an option does not name it; switches have none."""
UNSAID = ("<bool>", "<list[str]>")
USAGE = (N_("[OPTIONS]"), N_("COMMAND [ARGS]..."))
"""What stands in a line of usage beside arguments."""


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each on one line, to be wrapped to the terminal's width."""
    return [" ".join(part.split()) for part in text.split("\n\n")]


def said(text: str | None) -> str:
    """A help text in the language spoken."""
    return "\n\n".join(map(say, paragraphs(text or "")))


def _parameter(parameter: Any, ctx: Any) -> Any:
    """A copy of an option or argument in the language spoken."""
    told = copy.copy(parameter)
    is_argument = isinstance(parameter, TyperArgument)
    told.rich_help_panel = say("Arguments") if is_argument else say("Options")
    kind = parameter.display_type_rich(ctx=ctx)
    shown = "" if is_argument or kind in UNSAID else say(TYPES.get(kind, kind))
    told.display_type_rich = lambda ctx: shown
    if is_argument and parameter.metavar:
        told.metavar = say(parameter.metavar)
    told.help = " ".join([said(parameter.help), *_notes(parameter, ctx)]).strip()
    told.show_default = told.show_envvar = told.required = False
    return told


def _notes(parameter: Any, ctx: Any) -> list[str]:
    """The variable that sets an option, its default, and whether it must be given."""
    notes = []
    if parameter.envvar and parameter.show_envvar:
        notes.append(say("[env var: {name}]", name=parameter.envvar))
    default = _default(parameter, ctx)
    if default:
        notes.append(say("[default: {value}]", value=default))
    if parameter.required:
        notes.append(say("[required]"))
    return [note.replace("[", r"\[") for note in notes]


def _default(parameter: Any, ctx: Any) -> str:
    """An option's default as Typer shows it; empty where it shows none."""
    value = parameter._extract_default_help_str(ctx=ctx)
    if value is None or not parameter.show_default:
        return ""
    return str(parameter._get_default_string(
        ctx=ctx, show_default_is_str=False, default_value=value
    ))  # fmt: skip


class _InWords:
    """What commands and groups share: usage and help in the language spoken."""

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        """Write the line of usage."""
        text = " ".join(self.collect_usage_pieces(ctx))
        names = [one.metavar for one in self.params if getattr(one, "metavar", None)]
        for name in (*USAGE, *names):
            text = text.replace(name, say(name))
        formatter.write_usage(ctx.command_path, text, say("Usage: "))

    def format_help(self: Any, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        told = copy.copy(self)
        told.help = said(self.help)
        parameters = [_parameter(one, ctx) for one in self.get_params(ctx)]
        told.get_params = lambda _ctx: parameters
        told.collect_usage_pieces = self.collect_usage_pieces
        if isinstance(self, TyperGroup):
            told.commands = {name: _listed(one) for name, one in self.commands.items()}
        typers: Any = super(_InWords, told)
        typers.format_help(ctx, formatter)


def _listed(command: Any) -> Any:
    """A copy of a command as it stands in its group's help."""
    told = copy.copy(command)
    told.help = said(command.help)
    told.short_help = said(command.short_help)
    told.rich_help_panel = say("Commands")
    return told


class Command(_InWords, TyperCommand):
    """A command whose help is in the language spoken."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the options; one that takes one value and is given again is refused, since the
        last would silently win."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        for option in order:
            repeated = order.count(option) > 1 and isinstance(option, TyperOption)
            if repeated and not option.multiple and not getattr(option, "is_flag", False):
                raise InputError("{option} is given twice: give it once", option=option.opts[0])
        return list(super().parse_args(ctx, args))


class Group(_InWords, TyperGroup):
    """A group of commands whose help is in the language spoken."""
