"""Runs cases one after the other in one process; its parent looks after time and crashes.

    python -m tests.torture.worker SEED FIRST FOLDER COMMON

A line `ready` comes first. For every case a line `begin NUMBER KIND` and
one `end {...}` go to standard output.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import shutil
import sys
import traceback
import warnings
from pathlib import Path

from tests.torture import others, saved, scenarios
from tests.torture.case import Answer, Maker

KINDS: tuple[Maker, ...] = (
    scenarios.shown, scenarios.mutated_file, scenarios.mutated_file, scenarios.shown, others.names,
    scenarios.set_on_the_command_line, others.park, others.park_checked, others.names,
    others.ranges, others.design, others.study_folder, others.history, others.odd_titles,
    saved.saved, saved.saved, saved.saved,
)  # fmt: skip
"""Case n is of kind n modulo their number."""


class Written(io.TextIOWrapper):
    """A stream that keeps what is written, as bytes first: what cannot be encoded shows."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", errors="replace", write_through=True)

    def text(self) -> str:
        """All that was written."""
        self.flush()
        return self.buffer.getvalue().decode("utf-8", errors="replace")  # type: ignore[attr-defined]


def call(words: list[str]) -> tuple[Answer, str]:
    """Run a command in this process; its answer, and the traceback of what it did not catch."""
    from cleanpark.cli import app
    from cleanpark.scenarios.errors import InputError

    output, errors, problem = Written(), Written(), ""
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        try:
            if words[0] == saved.LOAD:
                print(saved.contents(words[1]), end="")
                code = 0
            else:
                code = app(words, prog_name="cleanpark", standalone_mode=True) or 0
        except InputError as refused:
            print(refused, file=errors)
            code = 2
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1 if stop.code else 0
        except BaseException:  # noqa: BLE001 - what gets here is what is looked for
            code, problem = 1, traceback.format_exc()
    return Answer(code, output.text(), errors.text()), problem


def verdict(answer: Answer, problem: str, said: str) -> tuple[str, str]:
    """What a case came to, and what is wrong where something is."""
    if problem or "Traceback (most recent call last)" in answer.errors:
        return "traceback", problem or answer.errors
    if answer.code not in (0, 2):
        return "traceback", f"exit code {answer.code}: {answer.errors}"
    if answer.code == 2 and not answer.errors.strip():
        return "traceback", "refused without a word"
    if said:
        return "silent", said
    return ("accepted" if answer.accepted else "refused"), ""


def run_case(seed: int, number: int, folder: Path, common: Path) -> dict[str, object]:
    """Make and run one case."""
    chance = random.Random(f"{seed}/{number}")
    kind = KINDS[number % len(KINDS)]
    place = folder / f"{number:06d}"
    place.mkdir()
    case = kind(chance, place, common)
    (place / "command.json").write_text(json.dumps(case.words), encoding="utf-8")
    os.chdir(place)
    answer, problem = call(case.words)
    said = "" if problem else case.oracle(answer)
    came_to, wrong = verdict(answer, problem, said)
    os.chdir(folder)
    if not wrong:
        shutil.rmtree(place)
    return {"number": number, "kind": kind.__name__, "came_to": came_to, "wrong": wrong[-3000:],
            "words": case.words}  # fmt: skip


def main() -> None:
    """Run cases until the parent ends this process."""
    seed, first = int(sys.argv[1]), int(sys.argv[2])
    folder, common = Path(sys.argv[3]), Path(sys.argv[4])
    warnings.simplefilter("ignore")
    call(["run", "mandatory", "--enterprises", "12", "--quarters", "2"])
    others.prepare(common)
    print("ready", flush=True)
    number = first
    while True:
        print(f"begin {number} {KINDS[number % len(KINDS)].__name__}", flush=True)
        print("end " + json.dumps(run_case(seed, number, folder, common)), flush=True)
        number += 1


if __name__ == "__main__":
    main()
