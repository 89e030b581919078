"""A question as Python code and as a command line that give the same numbers.

Both begin with the address's query as a comment, so that either opens the page again.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from cleanpark.page import asked, engine
from cleanpark.page.address import from_query, literal, to_query
from cleanpark.page.question import LANGUAGES, Policy, Question, settings_of
from cleanpark.page.uploads import FILE, file_of, uploads
from cleanpark.scenarios.errors import InputError

MARK = "# cleanpark serve, address: ?"


def to_python(question: Question) -> str:
    """Python code that makes the same comparison."""
    lines = [MARK + to_query(question), f"# Made with cleanpark {engine.version()}.",
             "import cleanpark as cp", "", "policies = ["]  # fmt: skip
    for policy, name, titles in _named(question):
        lines.append(f"    {_scenario(policy, name, titles)},")
    lines += ["]"]
    park = _park(question)
    lines += [
        "found = cp.compare(",
        "    policies,",
        f"    park={park},",
        f"    seeds={question.seeds},",
        f"    quarters={question.quarters},",
        "    reference=policies[0],",
        ")",
        "print(found.table)",
    ]
    return "\n".join(lines) + "\n"


def _named(question: Question) -> Iterator[tuple[Policy, str, dict[str, str]]]:
    """Each policy with its name and its titles by language."""
    told = {tongue: asked.titles(question, tongue) for tongue in LANGUAGES}
    for place, policy in enumerate(question.policies):
        titles = {tongue: all_of_them[place] for tongue, all_of_them in told.items()}
        yield policy, question.names[place], titles


def _scenario(policy: Policy, name: str, titles: dict[str, str]) -> str:
    settings = settings_of(policy)
    call = f"cp.scenario({policy.base!r}"
    call += f", **{settings!r})" if settings else ")"
    if name == policy.base:
        return call
    return f"{call}.renamed({name!r}, {titles!r})"


def _park(question: Question) -> str:
    if not question.park.startswith(FILE):
        return f"cp.park({question.park!r}, {question.enterprises})"
    file = file_of(question.park)
    if uploads.get(question.park).table is None:
        return f"cp.park({file!r}, {question.enterprises})"
    said = uploads.said(question.park)
    given = f", units={dict(said.units)!r}" if said.units else ""
    given += f", accept={list(said.accept)!r}" if said.accept else ""
    return f"cp.park({file!r}{given})"


def to_command(question: Question) -> str:
    """Shell commands that make the same comparison; changed policies are written to files."""
    lines = [MARK + to_query(question), f"# Made with cleanpark {engine.version()}."]
    given = []
    for number, (policy, name, titles) in enumerate(_named(question), start=1):
        if name == policy.base:
            given.append(policy.base)
            continue
        file = f"policy-{number}.toml"
        given.append(file)
        lines += [f"cat > {file} <<'END'", *_scenario_file(policy, name, titles), "END"]
    command = ["cleanpark", "compare", *given, "--reference", given[0]]
    if question.park.startswith(FILE):
        command += ["--park", file_of(question.park)]
        if uploads.get(question.park).table is None:
            command += ["--enterprises", str(question.enterprises)]
        command += _said(question.park)
    else:
        command += ["--park", question.park, "--enterprises", str(question.enterprises)]
    command += ["--quarters", str(question.quarters), "--seeds", str(question.seeds)]
    return "\n".join([*lines, shlex.join(command)]) + "\n"


def _said(park: str) -> Iterator[str]:
    """Units and amounts that came with a file, as options of a command."""
    said = uploads.said(park)
    for column, unit in said.units.items():
        yield from ("--units", f"{column}={unit}")
    for name in said.accept:
        yield from ("--accept", name)


def _scenario_file(policy: Policy, name: str, titles: dict[str, str]) -> list[str]:
    lines = [
        f"name = {literal(name)}",
        f"title = {literal(titles)}",
        f"extends = {literal(policy.base)}",
        'source = "set on the page of cleanpark"',
        "",
        "[levers]",
    ]
    return lines + [f"{key} = {literal(value)}" for key, value in settings_of(policy).items()]


def from_text(text: str) -> Question:
    """The question that Python code or a command of this module was made from."""
    found = re.search(rf"^{re.escape(MARK)}(\S+)", text, re.MULTILINE)
    if found is None:
        raise InputError("no line '{mark}...' in this text", mark=MARK)
    return from_query(found[1])
