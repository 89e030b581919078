"""Kept figures of the packaged scenarios; ``make figures`` renews them on purpose."""

from __future__ import annotations

from pathlib import Path

import cleanpark as cp
from cleanpark.model.outcomes import OUTCOMES
from cleanpark.model.simulate import simulate_seed
from cleanpark.scenarios.scenario import packaged_names

FILE = Path(__file__).with_name("figures.txt")
SEED = 1
QUARTERS = 40


def text_of(name: str) -> str:
    """One scenario's outcomes over the horizon, a readable line each."""
    values = simulate_seed([cp.scenario(name)], [cp.park("mixed")], SEED, QUARTERS).horizon[0, 0]
    lines = [f"[{name}]"]
    for declared, value in zip(OUTCOMES, values, strict=True):
        lines.append(f"{declared.name:24s} {value:14.6g} {declared.unit}")
    return "\n".join(lines) + "\n"


def text() -> str:
    """All packaged scenarios."""
    head = f"mixed park, seed {SEED}, {QUARTERS} quarters; renew with: make figures\n"
    return "\n".join([head, *(text_of(name) for name in packaged_names())])


def main() -> None:
    """Write the file anew and say what moved."""
    before = FILE.read_text().splitlines() if FILE.exists() else []
    after = text()
    FILE.write_text(after)
    moved = sum(one not in before for one in after.splitlines())
    print(f"{FILE.name}: {moved} lines changed")


if __name__ == "__main__":
    main()
