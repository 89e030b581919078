"""Nothing counts places: payments, sums, draws and records in another order give the same run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleanpark.agents import payments as p
from cleanpark.model import measures as m

PERMUTED = '''
import ast, json, random, sys
from pathlib import Path
import importlib.util

shuffle = random.Random(int(sys.argv[1])).shuffle
engine, wanted = sys.argv[2], sys.argv[3].split()

def load_shuffled(name):
    """Import a module with the rows of some of its tables in another order."""
    spec = importlib.util.find_spec(name)
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    found = 0
    for node in tree.body:
        target = getattr(node, "target", None) or (getattr(node, "targets", None) or [None])[0]
        label = getattr(target, "id", "")
        if label not in wanted:
            continue
        table = node.value.args[0] if isinstance(node.value, ast.Call) else node.value
        shuffle(table.elts)
        found += 1
    if found:
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        exec(compile(tree, spec.origin, "exec"), module.__dict__)
    return found

names = ("agents.payments", "agents.state", "model.measures", "scenarios.sectors")
found = sum(load_shuffled("cleanpark." + name) for name in names)
assert found == len(wanted), (found, wanted)

import cleanpark as cp
if engine == "agents":
    park, quarters = cp.park("mixed", enterprises=12), 6
else:
    park, quarters = cp.park("mixed", enterprises=60), 16
model = cp.ParkModel("full-mix", park, rng=4, quarters=quarters, engine=engine).run()
frame = model.outcomes()
labels = frame["quarter"] + " " + frame["outcome"]
print(json.dumps(dict(zip(labels, frame["value"].map(float.hex)))))
'''


def outcomes(cache: Path, seed: int, engine: str, *tables: str) -> dict[str, float]:
    """Outcomes by quarter of a run for which these tables were declared in another order."""
    own = {"NUMBA_CACHE_DIR": str(cache)} if tables else {}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PERMUTED, str(seed), engine, " ".join(tables)],
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=True,
    )
    return {name: float.fromhex(value) for name, value in json.loads(done.stdout).items()}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_records_and_sums_changes_no_bit(tmp_path: Path, seed: int) -> None:
    ordered = outcomes(tmp_path, 0, "agents")
    tables = ("ENTERPRISE", "PARK", "TEAM", "SECTOR", "COUNTED")
    permuted = outcomes(tmp_path, seed, "agents", *tables)
    assert len(ordered) > 300
    assert [repr(value) for value in permuted.values()] == [repr(v) for v in ordered.values()]


@pytest.mark.parametrize("engine", ["agents", "compiled"])
def test_the_order_of_payments_changes_nothing_but_rounding(tmp_path: Path, engine: str) -> None:
    ordered = outcomes(tmp_path / "ordered", 0, engine)
    permuted = outcomes(tmp_path / "permuted", 3, engine, "PAYMENTS", "PARK_PAYMENTS")
    assert permuted == pytest.approx(ordered, rel=1e-9, abs=1e-6, nan_ok=True)


def test_every_sum_has_one_place() -> None:
    paid = [m.PAID_PLACE[one.name] for one in p.PAYMENTS]
    counted = [m.PLACE[name] for name in m.COUNTED]
    flows = range(m.PLACE["flow"], m.PLACE["paid"])
    assert sorted([*paid, *counted, *flows]) == list(range(m.N_MEASURES))
    parks = [m.PARK_PAID_PLACE[one.name] for one in p.PARK_PAYMENTS]
    assert sorted([*parks, m.PARK_PLACE["treasury"], m.PARK_PLACE["reference_scale"]]) == list(
        range(m.N_PARK_MEASURES)
    )
