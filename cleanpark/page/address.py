"""A question as the query of an address, and as a TOML file; both ways."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

from cleanpark.page.question import Change, Policy, Question, Value
from cleanpark.scenarios.errors import N_, InputError, Message, nearest, shown

SHORT = {
    "park": "park",
    "enterprises": "n",
    "quarters": "q",
    "outcome": "show",
    "year": "year",
    "target": "target",
    "seeds": "seeds",
    "language": "lang",
}
"""Keys of the address; ``p`` stands for a policy and may be repeated."""
WHOLE = ("enterprises", "quarters", "year", "seeds")


def to_query(question: Question) -> str:
    """The address's query, without the question mark."""
    pairs = [
        (short, f"{getattr(question, key)}")
        for key, short in SHORT.items()
        if getattr(question, key) is not None
    ]
    pairs += [("p", _policy_text(policy)) for policy in question.policies]
    return urlencode(pairs, safe="|;=,@:", quote_via=quote)


def from_query(query: str) -> Question:
    """The question that an address asks; what it leaves out is as in a new one.

    Raises InputError that names the key and what is allowed.
    """
    long = {short: key for key, short in SHORT.items()}
    found: dict[str, Any] = {}
    policies = []
    for key, text in parse_qsl(query.removeprefix("?"), keep_blank_values=True):
        if key == "p":
            policies.append(_policy_of(text))
        elif key in long:
            found[long[key]] = text
        elif key != "token":
            raise InputError(
                "address, key '{key}': unknown{hint}", key=key, hint=nearest(key, [*long, "p"])
            )
    for key in WHOLE:
        if key in found:
            found[key] = _whole(key, found[key])
    if "target" in found:
        found["target"] = _number("target", found["target"])
    if policies:
        found["policies"] = tuple(policies)
    return Question(**found).checked()


def _policy_text(policy: Policy) -> str:
    parts = [quote(policy.base, safe="")]
    parts += [_change_text(change) for change in policy.changes]
    named = f"|{quote(policy.name, safe='')}" if policy.name else ""
    return ";".join(parts) + named


def _change_text(change: Change) -> str:
    values = ",".join(
        f"{_value_text(value)}@{date}" if date else _value_text(value)
        for date, value in change.values
    )
    return f"{change.lever}={values}"


def _value_text(value: Value) -> str:
    return quote(value, safe="") if isinstance(value, str) else repr(float(value))


def _policy_of(text: str) -> Policy:
    body, _, name = text.partition("|")
    base, *changes = body.split(";")
    return Policy(unquote(base), tuple(_change_of(one) for one in changes), unquote(name))


def _change_of(text: str) -> Change:
    lever, equals, values = text.partition("=")
    if not equals or not values:
        raise InputError("address, key 'p': '{text}' is no change LEVER=VALUE@DATE", text=text)
    pairs = (one.partition("@") for one in values.split(","))
    return Change(lever, tuple((date, _value_of(value)) for value, _, date in pairs))


def _value_of(text: str) -> Value:
    try:
        return float(text)
    except ValueError:
        return unquote(text)


def _whole(key: str, text: str) -> int:
    try:
        return int(text)
    except ValueError as cause:
        raise InputError(
            "address, key '{key}' = {text}: a whole number", key=key, text=repr(text)
        ) from cause


def _number(key: str, text: str) -> float:
    try:
        return float(text)
    except ValueError as cause:
        raise InputError(
            "address, key '{key}' = {text}: a number", key=key, text=repr(text)
        ) from cause


def to_toml(question: Question) -> str:
    """The question as a TOML file."""
    return "\n".join(_toml_lines(question)) + "\n"


def _toml_lines(question: Question) -> Iterator[str]:
    yield "# A comparison of cleanpark; drop it into the page to open it again."
    for key in SHORT:
        if getattr(question, key) is not None:
            yield f"{key} = {literal(getattr(question, key))}"
    for policy in question.policies:
        yield ""
        yield "[[policies]]"
        yield f"base = {literal(policy.base)}"
        if policy.name:
            yield f"name = {literal(policy.name)}"
        for change in policy.changes:
            yield ""
            yield "[[policies.changes]]"
            yield f"lever = {literal(change.lever)}"
            yield f"values = {literal([list(pair) for pair in change.values])}"


def literal(value: Any) -> str:
    """A value as TOML writes it; numbers with all their digits."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{literal(k)} = {literal(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(literal(one) for one in value) + "]"
    if isinstance(value, str):
        return '"' + "".join(_escaped(letter) for letter in value) + '"'
    return repr(value)


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    return f"\\u{ord(letter):04x}" if ord(letter) < 32 or ord(letter) == 127 else letter


def from_toml(text: str) -> Question:
    """The question that a TOML file asks; InputError that says what is wrong with it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as cause:
        raise InputError("the file is no TOML: {cause}", cause=cause) from cause
    for key in data:
        if key not in SHORT and key != "policies":
            hint = nearest(key, [*SHORT, "policies"])
            raise InputError("key '{key}': unknown{hint}", key=key, hint=hint)
    for key, value in data.items():
        if key != "policies":
            _check_kind(key, value)
    given = data.pop("policies", [])
    if not isinstance(given, list):
        raise _unfit("policies", given, N_("tables [[policies]]"))
    policies = tuple(_toml_policy(one) for one in given)
    return Question(**(dict(data, policies=policies) if policies else data)).checked()


def _check_kind(key: str, value: Any) -> None:
    """Refuse a value of another kind than a question has under a key."""
    if key in WHOLE:
        if type(value) is not int:
            raise _unfit(key, value, N_("a whole number"))
    elif key == "target":
        if type(value) not in (int, float):
            raise _unfit(key, value, N_("a number"))
    elif not isinstance(value, str):
        raise _unfit(key, value, N_("a text in quotation marks"))


def _unfit(key: str, value: Any, allowed: str) -> InputError:
    return InputError(
        "key '{key}' = {value}: {allowed}", key=key, value=shown(value), allowed=Message(allowed)
    )


def _toml_policy(data: Any) -> Policy:
    if not isinstance(data, dict):
        raise _unfit("policies", data, N_("tables [[policies]]"))
    for key in ("base", "name"):
        if not isinstance(data.get(key, ""), str):
            raise _unfit(f"policies.{key}", data[key], N_("a text in quotation marks"))
    given = data.get("changes", [])
    if not isinstance(given, list):
        raise _unfit("policies.changes", given, N_("tables [[policies.changes]]"))
    changes = tuple(_toml_change(one) for one in given)
    return Policy(data.get("base", ""), changes, data.get("name", ""))


def _toml_change(data: Any) -> Change:
    """A change; its values are pairs of a date and a value."""
    if not isinstance(data, dict) or not isinstance(data.get("lever"), str):
        raise _unfit("policies.changes", data, N_("a table with lever and values"))
    pairs = data.get("values")
    if not isinstance(pairs, list) or not pairs or not all(map(_is_pair, pairs)):
        raise _unfit("policies.changes.values", pairs, N_("pairs of a date and a value"))
    return Change(data["lever"], tuple((date, value) for date, value in pairs))


def _is_pair(one: Any) -> bool:
    return (
        isinstance(one, list) and len(one) == 2 and isinstance(one[0], str)
        and isinstance(one[1], int | float | str) and not isinstance(one[1], bool)
    )  # fmt: skip
