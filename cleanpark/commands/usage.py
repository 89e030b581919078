"""What Typer does not understand of what was typed, as messages."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import ValidationError

from cleanpark.scenarios.errors import Listed, Message, nearest
from cleanpark.scenarios.reading import reason


def usage_problem(problem: Any) -> Message:
    """What is wrong with the words typed, from what the error carries."""
    told = _BY_KIND.get(type(problem).__name__, _other)(problem)
    return told if told is not None else Message(problem.format_message())


def _options(problem: Any) -> list[str]:
    """The options that the command has."""
    if problem.ctx is None:
        return []
    known = problem.ctx.command.get_params(problem.ctx)
    return [name for one in known for name in (*one.opts, *one.secondary_opts) if name[:1] == "-"]


def _no_such_option(problem: Any) -> Message:
    name = problem.option_name
    hint = nearest(name, _options(problem))
    return Message("there is no option {name}{hint}", name=name, hint=hint)


def _bad_option(problem: Any) -> Message:
    """An option without its value, or a switch with one."""
    name = problem.option_name
    if "does not take" in problem.message:
        return Message("option {name} takes no value", name=name)
    return Message("option {name} needs a value", name=name)


def _missing(problem: Any) -> Message:
    name = problem.param.get_error_hint().replace("'", "")
    if problem.param.param_type_name == "argument":
        return Message("argument {name} is missing", name=name)
    return Message("option {name} is missing", name=name)


def _bad_value(problem: Any) -> Message | None:
    """A value of the wrong type, or none of the choices."""
    cause = problem.__cause__
    if problem.param is None or not isinstance(cause, ValidationError):
        return None
    name = problem.param.get_error_hint().replace("'", "")
    refused = cause.errors()[0]
    value = refused["input"]
    choices = get_args(problem.param.type_descriptor.annotation)
    if choices and refused["type"] == "value_error":
        return Message(
            "{name}: there is no '{value}'{hint} (choose one of {choices})",
            name=name,
            value=value,
            hint=nearest(value, choices),
            choices=Listed(choices),
        )
    return Message("{name}, '{value}': {reason}", name=name, value=value, reason=reason(refused))


def _other(problem: Any) -> Message | None:
    """A command that is not there, words too many, or no command at all."""
    text = problem.message
    if text.startswith("Missing command"):
        return Message("a command is missing")
    if text.startswith("Got unexpected"):
        return Message("too many words: {words}", words=text.rpartition(" (")[2].rstrip(")."))
    if text.startswith("No such command "):
        name = text.removeprefix("No such command ")[1:].partition("'")[0]
        known = getattr(problem.ctx.command, "commands", ())
        return Message("there is no command '{name}'{hint}", name=name, hint=nearest(name, known))
    return None


_BY_KIND = {
    "NoSuchOption": _no_such_option,
    "BadOptionUsage": _bad_option,
    "MissingParameter": _missing,
    "BadParameter": _bad_value,
}
