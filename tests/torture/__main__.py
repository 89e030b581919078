"""Torture cleanpark: mutated scenarios, parks, designs, ranges, folders and names, counts printed.

    python -m tests.torture [--minutes 10] [--seed 1] [--only NUMBER] [--folder FOLDER]

A case is made from the seed and its number alone: `--only NUMBER` does one again. Cases that went
wrong keep their files in the folder, each with its command. Exit code 1 if there are any.
"""

from __future__ import annotations

import argparse
import collections
import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

LIMIT = 90.0
"""Seconds that one case may take, also on a machine that does other work."""
FIRST = 600.0
"""Seconds until a process is ready: it may have to compile."""
WRONG = ("traceback", "hang", "crash", "silent")


class Tally:
    """What cases came to."""

    def __init__(self) -> None:
        self.counts: collections.Counter[str] = collections.Counter()
        self.by_kind: dict[str, collections.Counter[str]] = {}
        self.wrong: dict[str, list[dict[str, Any]]] = {}

    def add(self, found: dict[str, Any]) -> None:
        """Count one case; what is wrong in the same way is kept together."""
        self.counts[found["came_to"]] += 1
        self.by_kind.setdefault(found["kind"], collections.Counter())[found["came_to"]] += 1
        if found["came_to"] in WRONG:
            last = found["wrong"].strip().splitlines() or [""]
            where = [line.strip() for line in last if line.strip().startswith("File ")
                     and "site-packages" not in line and "/tests/" not in line]  # fmt: skip
            key = f"{found['kind']}: {where[-1] if where else ''} {last[-1][:120]}"
            self.wrong.setdefault(key, []).append(found)

    def told(self) -> str:
        """The counts, and what went wrong."""
        order = ("accepted", "refused", *WRONG)
        lines = [f"{'calls':18}{sum(self.counts.values()):6}"]
        lines += [f"{name:18}{self.counts[name]:6}" for name in order]
        for kind, counts in sorted(self.by_kind.items()):
            lines.append(f"  {kind}: " + ", ".join(f"{counts[name]} {name}" for name in order
                                                   if counts[name]))  # fmt: skip
        for key, cases in self.wrong.items():
            numbers = ", ".join(str(one["number"]) for one in cases[:8])
            lines.append(f"WRONG x{len(cases)} {cases[0]['came_to']} {key} (cases {numbers})")
        return "\n".join(lines)


class Worker:
    """A process that runs cases, and the lines that it writes."""

    def __init__(self, seed: int, first: int, folder: Path, common: Path) -> None:
        words = [sys.executable, "-m", "tests.torture.worker", str(seed), str(first), str(folder),
                 str(common)]  # fmt: skip
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put("")

    def end(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()


def torture(seed: int, until: float, first: int, last: int | None, folder: Path) -> Tally:
    """Run cases until a time, or up to a number; a worker that hangs or crashes is replaced."""
    common = folder / "common"
    common.mkdir(parents=True, exist_ok=True)
    tally, number, kind = Tally(), first, ""
    worker = Worker(seed, number, folder, common)
    limit = FIRST
    try:
        while time.monotonic() < until and (last is None or number <= last):
            try:
                line = worker.lines.get(timeout=limit)
            except queue.Empty:
                line = None
            limit = LIMIT
            if line is not None and line.startswith("begin "):
                kind = line.split()[2]
            elif line == "ready\n":
                continue
            elif line is not None and line.startswith("end "):
                tally.add(json.loads(line.removeprefix("end ")))
                number += 1
            else:
                worker.end()
                came_to = "hang" if line is None else "crash"
                wrong = f"{came_to}, exit code {worker.process.returncode}"
                tally.add({"number": number, "kind": kind, "came_to": came_to, "wrong": wrong})
                number += 1
                worker, limit = Worker(seed, number, folder, common), FIRST
    finally:
        worker.end()
    return tally


def main() -> None:
    """Read the options, torture, tell."""
    reader = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    reader.add_argument("--minutes", type=float, default=10.0)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--only", type=int, help="the number of one case")
    reader.add_argument("--folder", type=Path, help="where cases that went wrong are kept")
    asked = reader.parse_args()
    folder = (asked.folder or Path(tempfile.mkdtemp(prefix="torture-"))).resolve()
    until = time.monotonic() + 60.0 * asked.minutes
    tally = torture(asked.seed, until, asked.only or 0, asked.only, folder)
    print(tally.told())
    for cases in tally.wrong.values():
        print(f"\n{folder / format(cases[0]['number'], '06d')}\n{cases[0]['wrong']}")
    print(f"\nseed {asked.seed}; files in {folder}")
    sys.exit(1 if tally.wrong else 0)


if __name__ == "__main__":
    main()
