"""Where in a scenario's file an entry stands, for messages."""

from __future__ import annotations

import re
from pathlib import Path

from cleanpark.scenarios.errors import Message, ScenarioError
from cleanpark.scenarios.reading import read_text


class Place:
    """Where in a file an entry stands, for messages."""

    def __init__(self, path: Path) -> None:
        """Read the file's lines."""
        self.path = path
        self.lines = read_text(path, ScenarioError).splitlines()

    def of(self, table: str, key: str) -> Message:
        """File, line and key of an entry."""
        inside = ""
        pattern = re.compile(rf'^\s*"?{re.escape(key)}"?\s*[=.]')
        for number, line in enumerate(self.lines, start=1):
            header = re.match(r"^\s*\[([^\[\]]+)\]", line)
            if header:
                inside = header[1].strip().replace('"', "")
            elif inside == table and pattern.match(line):
                return Message(
                    "{path}, line {line}, key '{key}'", path=self.path, line=number, key=key
                )
        return Message("{path}, key '{key}'", path=self.path, key=key)


def spot(place: Place | None, where: Message, table: str, key: str) -> Message:
    """File, line and key where there is a file; otherwise where and which lever."""
    if place is not None:
        return place.of(table, key)
    if table == "behaviour":
        return Message("{where}, behaviour '{key}'", where=where, key=key)
    return Message("{where}, lever '{key}'", where=where, key=key)
