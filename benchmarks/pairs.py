"""Time of this state of the sources over that of another worktree, in interleaved pairs.

Give the folder of the other worktree: ``python benchmarks/pairs.py ../before``. Each state runs in
a process of its own; they take turns, so what else the machine does weighs on both alike. Printed
is the mean ratio of the times with its 95 % interval, for each driver.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PAIRS = 20
T_975 = 2.093  # Student's t with 19 degrees of freedom

WORK = """
import sys, time
import cleanpark as cp
from cleanpark.model.simulate import simulate_seed
work = {
    "compiled": ("auto", 400, 60, [cp.scenario(n) for n in ("full-mix", "mandatory", "no-policy")]),
    "agents": ("agents", 30, 4, [cp.scenario("full-mix")]),
}
def run(name):
    engine, enterprises, quarters, scenarios = work[name]
    park = cp.park("mixed", enterprises=enterprises)
    start = time.process_time()
    simulate_seed(scenarios, [park], 1, quarters, engine)
    return time.process_time() - start
for name in work:
    run(name)
for line in sys.stdin:
    print(min(run(line.strip()) for _ in range(3)), flush=True)
"""


def worker(folder: Path) -> subprocess.Popen[str]:
    """A process that times the sources of a folder when asked to."""
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORK],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def ask(process: subprocess.Popen[str], name: str) -> float:
    """Seconds of one piece of work."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(name + "\n")
    process.stdin.flush()
    return float(process.stdout.readline())


def main() -> None:
    """Take turns and print the ratios."""
    workers = [worker(HERE), worker(Path(sys.argv[1]).resolve())]
    for name in ("compiled", "agents"):
        logs = []
        for pair in range(PAIRS):
            order = (0, 1) if pair % 2 else (1, 0)
            times = {number: ask(workers[number], name) for number in order}
            logs.append(math.log(times[0] / times[1]))
        mean = sum(logs) / PAIRS
        spread = math.sqrt(sum((one - mean) ** 2 for one in logs) / (PAIRS - 1))
        half = T_975 * spread / math.sqrt(PAIRS)
        low, middle, high = (math.exp(mean + step * half) for step in (-1, 0, 1))
        print(f"{name}: ratio {middle:.3f}, 95 % interval {low:.3f} to {high:.3f}")
    for process in workers:
        process.communicate()


if __name__ == "__main__":
    main()
