"""Data files read and checked: every error names the file, the key, the value, what is allowed."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from cleanpark.scenarios.errors import (
    N_,
    InputError,
    Listed,
    Message,
    message_of,
    nearest,
    shown,
)
from cleanpark.scenarios.foreign import reason_of, toml_problem

MOST_BYTES = 10_000_000
"""Size of the largest text file that is read."""
MOST_FAULTS = 10
"""Faults of one file that are told; of more, the number."""


def refuse_pipe(path: Path, error: type[InputError]) -> None:
    """Refuse what exists and is no regular file: reading a pipe or a device may never end."""
    if path.exists() and not path.is_file():
        raise error(Message("{path}: is not a file of data", path=path))


def read_bytes(path: Path, error: type[InputError], most: int = MOST_BYTES) -> bytes:
    """Content of a regular file of bounded size: no device, no pipe, nothing endless."""
    refuse_pipe(path, error)
    try:
        with path.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError as cause:
        raise error(
            Message("{path}: cannot be read ({reason})", path=path, reason=reason_of(cause))
        ) from cause
    if len(content) > most:
        raise error(
            Message(
                "{path}: is larger than {most} MB, more than such a file can need",
                path=path,
                most=most // 1_000_000,
            )
        )
    return content


def read_text(path: Path, error: type[InputError]) -> str:
    """Text of a UTF-8 file, with or without a byte-order mark."""
    content = read_bytes(path, error)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        line = content[: cause.start].count(b"\n") + 1
        raise error(
            Message(
                "{path}, line {line}: not UTF-8 text; save the file as UTF-8", path=path, line=line
            )
        ) from cause


def read_toml(path: Path, error: type[InputError]) -> dict[str, Any]:
    """Content of a TOML file."""
    try:
        return tomllib.loads(read_text(path, error))
    except tomllib.TOMLDecodeError as cause:
        raise error(
            Message("{path}: not valid TOML: {cause}", path=path, cause=toml_problem(cause))
        ) from cause
    except RecursionError as cause:
        raise error(Message("{path}: brackets are nested too deeply", path=path)) from cause
    except ValueError as cause:
        if isinstance(cause, InputError):
            raise
        raise error(Message("{path}: a number has too many digits", path=path)) from cause


def checked[M: BaseModel](
    model: type[M], data: dict[str, Any], path: Path | str | Message, error: type[InputError]
) -> M:
    """The data as a checked record; what is wrong as one message, at most ten faults of it."""
    try:
        return model.model_validate(data)
    except ValidationError as cause:
        raise error(
            Message("{path}, {problem}", path=path, problem=told(model, data, cause))
        ) from cause


def told(model: type[BaseModel], data: dict[str, Any], cause: ValidationError) -> Message:
    """The first faults of a file as one message, and how many more there are."""
    found = problems(model, data, cause)
    message: Message = Listed(found[:MOST_FAULTS], "; ")
    if len(found) > MOST_FAULTS:
        more = len(found) - MOST_FAULTS
        return Message("{faults}; and {count} more", faults=message, count=more)
    return message


def problems(model: type[BaseModel], data: dict[str, Any], cause: ValidationError) -> list[Message]:
    """Key, value and reason of each error, with the nearest key where one is unknown.

    A misspelt key is also a missing one, so unknown keys come first.
    """
    ordered = sorted(cause.errors(), key=lambda error: error["type"] != "extra_forbidden")
    return [_problem(model, data, one) for one in ordered]


def _problem(model: type[BaseModel], data: dict[str, Any], first: Mapping[str, Any]) -> Message:
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
    if first["type"] == "extra_forbidden":
        hint = nearest(first["loc"][-1], keys_allowed(model, data, first["loc"]))
        return Message("key '{key}': unknown key{hint}", key=key, hint=hint)
    if first["type"] == "missing":
        return Message("key '{key}': missing", key=key)
    why = reason(first)
    if not key:
        return why
    value = shown(first["input"])
    return Message("key '{key}'{value}: {reason}", key=key, value=f" = {value}", reason=why)


REASONS: Mapping[str, str] = {
    "string_type": N_("must be text"),
    "float_type": N_("must be a number"),
    "float_parsing": N_("must be a number"),
    "int_type": N_("must be a whole number"),
    "int_parsing": N_("must be a whole number"),
    "int_from_float": N_("must be a whole number"),
    "int_parsing_size": N_("must be a whole number of fewer digits"),
    "bool_type": N_("must be true or false"),
    "bool_parsing": N_("must be true or false"),
    "dict_type": N_("must be a table, { key = value }"),
    "model_type": N_("must be a table, { key = value }"),
    "list_type": N_("must be a list, [ ... ]"),
    "tuple_type": N_("must be a list, [ ... ]"),
    "greater_than": N_("must be greater than {gt}"),
    "greater_than_equal": N_("must be greater than or equal to {ge}"),
    "less_than": N_("must be less than {lt}"),
    "less_than_equal": N_("must be less than or equal to {le}"),
    "string_pattern_mismatch": N_("must fit the pattern {pattern}"),
    "string_too_short": N_("must not be empty"),
    "too_short": N_("must have at least {min_length} items, not {actual_length}"),
    "too_long": N_("must have at most {max_length} items, not {actual_length}"),
}
"""What pydantic refuses, by its type of error; the fields are those of its context."""


def reason(problem: Any) -> Message:
    """Why a value was refused."""
    given = problem.get("ctx", {})
    if isinstance(given.get("error"), Exception):
        return message_of(given["error"])
    if problem["type"] == "literal_error":
        choices = given["expected"].replace(" or ", ", ").split(", ")
        return Message("must be {choices}", choices=Listed(choices, " or "))
    if problem["type"] not in REASONS:
        return Message(problem["msg"])
    template = REASONS[problem["type"]]
    told = {name: value for name, value in given.items() if f"{{{name}}}" in template}
    return Message(template, **told)


def keys_allowed(
    model: type[BaseModel], data: dict[str, Any], place: tuple[int | str, ...]
) -> Iterable[str]:
    """Keys that the record at `place` declares."""
    current: Any = model
    for part in place[:-1]:
        if isinstance(part, str) and part in getattr(current, "model_fields", {}):
            current = _record_in(current.model_fields[part].annotation)
    return list(getattr(current, "model_fields", {}))


def _record_in(annotation: Any) -> Any:
    """The record type inside an annotation such as `tuple[Option, ...]` or `dict[str, Value]`."""
    for part in getattr(annotation, "__args__", ()):
        if hasattr(part, "model_fields"):
            return part
    return annotation
