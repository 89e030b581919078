"""Scenarios whose levers are set, misset, misspelt and mutated.

The oracle reads the file with tomllib and the bounds from the data of the levers, without the
product's own reading: what a file says inside the bounds is what the scenario does; what it says
outside of them, or under a name that no lever has, is refused.
"""

from __future__ import annotations

import functools
import json
import math
import random
import tomllib
from pathlib import Path
from typing import Any

from tests.torture.case import Answer, Case, Oracle, must_refuse, same
from tests.torture.mutate import HOSTILE, mutated, write

ROOT = Path(__file__).resolve().parents[2]
TOP = {"name", "title", "description", "source", "sources", "extends", "levers", "behaviour",
       "parks"}  # fmt: skip


@functools.cache
def declared() -> dict[str, dict[str, Any]]:
    """The levers as their file declares them."""
    return tomllib.loads((ROOT / "scenarios" / "levers.toml").read_text(encoding="utf-8"))


def is_allowed(lever: dict[str, Any], value: Any) -> bool:
    """Whether a lever's declaration allows a value."""
    if "choices" in lever:
        return value in lever["choices"]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    whole = lever["scale"] != "integer" or value == math.floor(value)
    return lever["low"] <= value <= lever["high"] and whole


def some_value(lever: dict[str, Any], chance: random.Random) -> Any:
    """A value of a lever: mostly inside its bounds, else anything."""
    if chance.random() < 0.25:
        return chance.choice((-1, 1e9, True, "x", "", 0.123456, [], *HOSTILE[:6]))
    if "choices" in lever:
        return chance.choice(lever["choices"])
    value = chance.uniform(lever["low"], lever["high"])
    return float(round(value)) if lever["scale"] == "integer" else round(value, 4)


def some_setting(lever: dict[str, Any], chance: random.Random) -> Any:
    """One value, or values by quarter."""
    if chance.random() < 0.7:
        return some_value(lever, chance)
    quarters = chance.sample([f"{year}-Q{q}" for year in range(2026, 2041) for q in range(1, 5)], 2)
    return {quarter: some_value(lever, chance) for quarter in sorted(quarters)}


def in_toml(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{key}" = {in_toml(one)}' for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(in_toml(one) for one in value) + "]"
    return json.dumps(value)


def some_levers(chance: random.Random) -> dict[str, Any]:
    """A few levers by name, now and then a misspelt one."""
    names = chance.sample(sorted(declared()), chance.randint(1, 4))
    found = {name: some_setting(declared()[name], chance) for name in names}
    if chance.random() < 0.15:
        name = names[0]
        at = chance.randrange(len(name))
        found[name[:at] + name[at + 1 :]] = found.pop(name)
    return found


def text_of(levers: dict[str, Any], chance: random.Random) -> str:
    """A scenario file."""
    title = chance.choice(["Mine", *HOSTILE])
    lines = [
        'extends = "mandatory"', f"name = {json.dumps(chance.choice(['mine', 'mine', title]))}",
        f"title = {{ en = {json.dumps(title)}, zh = {json.dumps(title)} }}",
        f"source = {json.dumps(chance.choice(HOSTILE))}", "[levers]",
    ]  # fmt: skip
    return "\n".join([*lines, *(f"{name} = {in_toml(one)}" for name, one in levers.items()), ""])


def oracle_of(text: str) -> Oracle:
    """What an independent reading says of a scenario file."""
    try:
        read = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        return must_refuse("it is no TOML")
    unknown = sorted(set(read) - TOP)
    if unknown:
        return must_refuse(f"nothing is called {unknown[0]!r}")
    levers = read.get("levers", {})
    if not isinstance(levers, dict):
        return must_refuse("its levers are no table")
    for name, value in levers.items():
        values = list(value.values()) if isinstance(value, dict) else [value]
        if name not in declared() or not all(is_allowed(declared()[name], one) for one in values):
            return must_refuse(f"no lever is {name} = {value!r}")
    return lambda answer: _differs(answer, levers)


def _differs(answer: Answer, levers: dict[str, Any]) -> str:
    """The lever that is not what the file says."""
    if not answer.accepted:
        return ""
    done = json.loads(answer.output)["levers"]
    for name, value in levers.items():
        now = done.get(name)
        if isinstance(value, dict):
            ok = all(_at(now, quarter) == _plain(one) for quarter, one in value.items())
        else:
            ok = same(_plain(value), now)
        if not ok:
            return f"{name} = {value!r} was said, {now!r} is done"
    return ""


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _at(setting: Any, quarter: str) -> Any:
    """The value that holds in a quarter."""
    if not isinstance(setting, dict):
        return setting
    begun = [key for key in sorted(setting) if key <= quarter]
    return setting[begun[-1]] if begun else None


def shown(chance: random.Random, folder: Path, common: Path) -> Case:
    """A scenario file with levers of all kinds."""
    text = text_of(some_levers(chance), chance)
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    return Case(["scenarios", "show", str(folder / "mine.toml"), "--json"], oracle_of(text))


def mutated_file(chance: random.Random, folder: Path, common: Path) -> Case:
    """A scenario file whose text is mutated."""
    text = mutated(text_of(some_levers(chance), chance), chance)
    path = write(folder / "mine.toml", text, chance)
    try:
        read = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        read = "\x00"
    return Case(["scenarios", "show", str(path), "--json"], oracle_of(read))


def set_on_the_command_line(chance: random.Random, folder: Path, common: Path) -> Case:
    """Levers given with --set; what run.json says was done is what was said."""
    levers = {name: one for name, one in some_levers(chance).items() if one != ""}
    words = ["run", "mandatory", "--enterprises", "12", "--quarters", "60", "--output",
             str(folder / "out"), "--json"]  # fmt: skip
    for name, value in levers.items():
        said = in_toml(value) if not isinstance(value, str) else value
        words += ["--set", f"{name}={said}"]
    text = "[levers]\n" + "".join(f"{name} = {in_toml(one)}\n" for name, one in levers.items())
    judged = oracle_of(text)

    def oracle(answer: Answer) -> str:
        record = folder / "out" / "run.json"
        if answer.code and (folder / "out").exists():
            return "refused, and a folder was written"
        if not answer.accepted:
            return ""
        done = tomllib.loads(json.loads(record.read_text(encoding="utf-8"))["text"])
        return judged(Answer(0, json.dumps({"levers": _whole(done)}), ""))

    return Case(words, oracle)


def _whole(scenario: dict[str, Any]) -> dict[str, Any]:
    """The levers that a scenario's own text sets, the others at their defaults."""
    return {name: lever["default"] for name, lever in declared().items()} | scenario.get(
        "levers", {}
    )
