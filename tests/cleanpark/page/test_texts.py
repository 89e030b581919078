"""Every text of the page is a message of the catalogs."""

import ast
import re
from pathlib import Path

import messages
import pytest

from cleanpark.page import charts, command, explore, levers, results, texts
from cleanpark.page.wording import told_error
from cleanpark.scenarios.errors import InputError, nearest

FOLDER = Path(command.__file__).parent
SPEAKING = {"say", "InputError", "_button", "_key_of"}
KNOWN = messages.template()


def said():
    """Texts given to what speaks, and texts of names that a call of it looks up."""
    for path in sorted(FOLDER.glob("*.py")):
        if path.name in ("texts.py", "command.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "") or getattr(
                getattr(node, "func", None), "attr", ""
            )
            if name in SPEAKING and node.args:
                yield from spoken(node.args[1 if name == "_key_of" else 0])
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in (
                "template", "text", "role", "more", "less", "gains", "loses", "title_text",
            ):  # fmt: skip
                yield from spoken(node.value)
    yield from results.HOW.values()
    yield from (title for _, title in results.TABS)
    yield from (f"group {group}" for group, _ in levers.ordered())
    yield from (explore.SUMMARY, *explore.COLOURS.values())
    yield from (text for _, text in (*explore.LEVEL_KEYS, *explore.COMPLIANCE_KEYS))
    yield from (*charts.measures.SIZES, *charts.measures.ATTITUDES)


def spoken(node):
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


KEYS = r"[a-z_.{}:-]+|[/.]\S+|TOML|English|utf-8|group "
"""What stands beside texts in such calls and is none: names, paths, ends of files."""
WORDS = {one for one in said() if re.search(r"[a-z]{3}", one)}
SAID = sorted(one for one in WORDS if not re.fullmatch(KEYS, one))


@pytest.mark.parametrize("english", SAID)
def test_each_text_is_in_the_catalogs(english):
    assert KNOWN.get(texts.NAMES.get(english, english)) is not None


def test_refusals_are_told_in_chinese_with_their_suggestion():
    hint = nearest("fines", ["fine"])
    problem = InputError("unknown policy '{base}'{hint}", base="x", hint=hint)
    assert told_error(problem, "zh") == "未知的政策“x”；是否想写“fine”？"
    assert told_error(problem, "en") == str(problem)


def test_where_a_lever_comes_from_is_told_in_the_readers_language():
    english = re.compile(r"[a-z]{3,} [a-z]{2,}")
    for name in levers.engine.lever_table():
        assert not english.search(levers.facts(name, "zh")), name
