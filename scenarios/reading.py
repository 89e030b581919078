"""Data files read and checked: every error names the file, the key, the value, what is allowed."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from cleanpark.scenarios.errors import InputError, nearest


def read_text(path: Path, error: type[InputError]) -> str:
    """Text of a UTF-8 file, with or without a byte-order mark."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as cause:
        raise error(f"{path}: cannot be read ({cause.strerror})") from cause
    except UnicodeDecodeError as cause:
        line = path.read_bytes()[: cause.start].count(b"\n") + 1
        raise error(f"{path}, line {line}: not UTF-8 text; save the file as UTF-8") from cause


def read_toml(path: Path, error: type[InputError]) -> dict[str, Any]:
    """Content of a TOML file."""
    try:
        return tomllib.loads(read_text(path, error))
    except tomllib.TOMLDecodeError as cause:
        raise error(f"{path}: not valid TOML: {cause}") from cause


def checked[M: BaseModel](
    model: type[M], data: dict[str, Any], path: Path | str, error: type[InputError]
) -> M:
    """The data as a checked record; the first thing that is wrong as one message."""
    try:
        return model.model_validate(data)
    except ValidationError as cause:
        raise error(f"{path}, {problem(model, data, cause)}") from cause


def problem(model: type[BaseModel], data: dict[str, Any], cause: ValidationError) -> str:
    """Key, value and reason of the first error, with the nearest key where one is unknown.

    A misspelt key is also a missing one, so unknown keys come first.
    """
    first = min(cause.errors(), key=lambda error: error["type"] != "extra_forbidden")
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
    if first["type"] == "extra_forbidden":
        allowed = keys_allowed(model, data, first["loc"])
        return f"key '{key}': unknown key{nearest(first['loc'][-1], allowed)}"
    if first["type"] == "missing":
        return f"key '{key}': missing"
    reason = first["msg"].removeprefix("Value error, ").replace("Input should", "must")
    if not key:
        return reason
    shown = repr(first["input"])
    value = f" = {shown}" if len(shown) <= 60 else ""
    return f"key '{key}'{value}: {reason}"


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
