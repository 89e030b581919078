"""Data files read and checked: every error names the file, the key, the value, what is allowed."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from cleanpark.scenarios.errors import InputError, Message, nearest, shown

MOST_BYTES = 10_000_000
"""Size of the largest text file that is read."""
MOST_FAULTS = 10
"""Faults of one file that are told; of more, the number."""


def read_bytes(path: Path, error: type[InputError], most: int = MOST_BYTES) -> bytes:
    """Content of a regular file of bounded size: no device, no pipe, nothing endless."""
    try:
        if path.exists() and not path.is_file():
            raise error("{file}: is not a file of data", file=path)
        with path.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError as cause:
        raise error(
            "{file}: cannot be read ({reason})", file=path, reason=cause.strerror
        ) from cause
    if len(content) > most:
        raise error(
            "{file}: is larger than {most} MB, more than such a file can need",
            file=path,
            most=most // 1_000_000,
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
            "{file}, line {line}: not UTF-8 text; save the file as UTF-8", file=path, line=line
        ) from cause


def read_toml(path: Path, error: type[InputError]) -> dict[str, Any]:
    """Content of a TOML file."""
    try:
        return tomllib.loads(read_text(path, error))
    except tomllib.TOMLDecodeError as cause:
        raise error("{file}: not valid TOML: {reason}", file=path, reason=cause) from cause
    except RecursionError as cause:
        raise error("{file}: brackets are nested too deeply", file=path) from cause
    except ValueError as cause:
        if isinstance(cause, InputError):
            raise
        raise error("{file}: a number has too many digits", file=path) from cause


def checked[M: BaseModel](
    model: type[M], data: dict[str, Any], path: Path | str, error: type[InputError]
) -> M:
    """The data as a checked record; what is wrong as one message, at most ten faults of it."""
    try:
        return model.model_validate(data)
    except ValidationError as cause:
        found = problems(model, data, cause)
        told = found[0]
        for one in found[1:MOST_FAULTS]:
            told = Message("{first}; {second}", first=told, second=one)
        if len(found) > MOST_FAULTS:
            more = len(found) - MOST_FAULTS
            told = Message("{faults}; and {count} more", faults=told, count=more)
        raise error("{file}, {faults}", file=path, faults=told) from cause


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
    own = first.get("ctx", {}).get("error")
    reason: object = first["msg"].removeprefix("Value error, ").replace("Input should", "must")
    if isinstance(own, InputError):
        reason = own.message
    if not key:
        return Message("{reason}", reason=reason)
    value = shown(first["input"])
    return Message("key '{key}' = {value}: {reason}", key=key, value=value, reason=reason)


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
