"""Errors in the reader's words."""

from __future__ import annotations

from cleanpark.page.texts import ZH
from cleanpark.scenarios.errors import InputError, Message

HINT, HINT_END = "; did you mean '", "'?"
"""How :func:`cleanpark.scenarios.errors.nearest` wraps its suggestion."""


def told_error(problem: InputError, language: str) -> str:
    """An error in a language: by its template where the page knows it, else as the layers below
    put it into words."""
    if language != "zh":
        return str(problem)
    message = problem.message
    if message.template in ZH:
        return ZH[message.template].format(**_told_fields(message))
    from cleanpark.commands.errors_chinese import in_chinese

    return in_chinese(str(problem))


def _told_fields(message: Message) -> dict[str, object]:
    return {key: _told(value) for key, value in message.fields.items()}


def _told(value: object) -> object:
    if isinstance(value, Message) and value.template in ZH:
        return ZH[value.template].format(**_told_fields(value))
    text = str(value)
    if text.startswith(HINT):
        return f"；您是否想写 '{text.removeprefix(HINT).removesuffix(HINT_END)}'？"
    return value
