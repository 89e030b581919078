"""Results of a function are given back for that function alone, down to all that it uses."""

from __future__ import annotations

import functools
import os
import random
import re
import subprocess
import sys
import threading
import types
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from cleanpark.analysis.studies.fingerprint import Unfollowed, fingerprint
from cleanpark.analysis.studies.study import Study
from cleanpark.scenarios.errors import InputError

ROWS = [{"x": 1.0}]


def holding(value: Any) -> Any:
    """A function whose closure holds a value."""
    return lambda p, seed: {"z": float(np.sum(p["x"] * np.asarray(value, dtype=float)))}


class Scaled:
    """A model with state."""

    def __init__(self, factor: float) -> None:
        self.factor = factor

    def __call__(self, p: Any, seed: int) -> Any:
        return self.outcome(p, seed)

    def outcome(self, p: Any, seed: int) -> Any:
        """One run."""
        return {"z": p["x"] * self.factor}


@dataclass(frozen=True)
class Settings:
    """Frozen settings of a model."""

    factor: float


def summed(p: Any, seed: int, a: Any = None) -> Any:
    """A function with an array."""
    return {"z": float(p["x"] * np.sum(a))}


def ones(changed: float) -> Any:
    """An array too long to be printed whole, different in the middle."""
    found = np.ones(2_000)
    found[1_000] = changed
    return found


PAIRS = {
    "float": (holding(1.0), holding(2.0)),
    "NumPy number": (holding(np.int64(1)), holding(np.int64(2))),
    "dtype": (holding(np.float32(1)), holding(np.float64(1))),
    "tuple": (holding((1.0, 2.0)), holding((1.0, 3.0))),
    "array": (holding(np.ones(2)), holding(np.ones(2) * 3)),
    "a long array": (holding(ones(1.0)), holding(ones(500.0))),
    "frame": (holding(pd.DataFrame({"a": [1.0]})), holding(pd.DataFrame({"a": [2.0]}))),
    "index": (holding(pd.Series([1.0], ["a"])), holding(pd.Series([1.0], ["b"]))),
    "nested": (holding([[1.0], {"a": [2]}]), holding([[1.0], {"a": [3]}])),
    "text number": (holding("1"), holding(1)),
    "bound method": (Scaled(1.0).outcome, Scaled(3.0).outcome),
    "callable object": (Scaled(1.0), Scaled(3.0)),
    "frozen settings": (holding(Settings(1.0)), holding(Settings(2.0))),
    "partial": (functools.partial(summed, a=ones(1.0)), functools.partial(summed, a=ones(2.0))),
    "generator": (holding(np.random.default_rng(1)), holding(np.random.default_rng(2))),
    "random": (holding(random.Random(1)), holding(random.Random(2))),
    "pattern": (holding(re.compile("a")), holding(re.compile("b"))),
    "cached": (functools.lru_cache(Scaled(1.0).outcome), functools.lru_cache(Scaled(2.0).outcome)),
}


@pytest.mark.parametrize("name", PAIRS)
def test_what_a_function_holds_tells_it_from_another(name: str) -> None:
    one, other = PAIRS[name]
    assert fingerprint(one) == fingerprint(one)
    assert fingerprint(one) != fingerprint(other)


SOURCES = {
    "constant": ("def f(p, s): return {'z': 1}", "def f(p, s): return {'z': 2}"),
    "global": ("K = 1\ndef f(p, s): return {'z': K}", "K = 2\ndef f(p, s): return {'z': K}"),
    "default": ("def f(p, s, k=1): return {'z': k}", "def f(p, s, k=2): return {'z': k}"),
    "keyword": ("def f(p, s, *, k=1): return {'z': k}", "def f(p, s, *, k=2): return {'z': k}"),
    "helper": (
        "def g(x): return x\ndef f(p, s): return {'z': g(p['x'])}",
        "def g(x): return 9 * x\ndef f(p, s): return {'z': g(p['x'])}",
    ),
    "helper of a helper": (
        "K = 1\ndef h(): return K\ndef g(): return h()\ndef f(p, s): return {'z': g()}",
        "K = 2\ndef h(): return K\ndef g(): return h()\ndef f(p, s): return {'z': g()}",
    ),
    "within a comprehension": (
        "K = 1\ndef f(p, s): return {'z': sum([K for _ in range(2)])}",
        "K = 2\ndef f(p, s): return {'z': sum([K for _ in range(2)])}",
    ),
    "inner function": (
        "K = 1\ndef f(p, s):\n def g(): return K\n return {'z': g()}",
        "K = 2\ndef f(p, s):\n def g(): return K\n return {'z': g()}",
    ),
    "class": (
        "class C:\n k = 1\ndef f(p, s): return {'z': C.k}",
        "class C:\n k = 2\ndef f(p, s): return {'z': C.k}",
    ),
    "base class": (
        "class B:\n def k(self): return 1\nclass C(B): pass\ndef f(p, s): return {'z': C().k()}",
        "class B:\n def k(self): return 2\nclass C(B): pass\ndef f(p, s): return {'z': C().k()}",
    ),
    "which of two": ("def f(p, s): return {'z': p['x']}", "def f(p, s): return {'z': p['y']}"),
    "which function of a library": (
        "import math\ndef f(p, s): return {'z': math.sin(1)}",
        "import math\ndef f(p, s): return {'z': math.cos(1)}",
    ),
    "order of recursion": (
        "def f(p, s): return {'z': 0} if s < 1 else f(p, s - 1)",
        "def f(p, s): return {'z': 0} if s < 1 else f(p, s - 2)",
    ),
}


def made(source: str) -> Any:
    """The function f of a module of this text."""
    module: dict[str, Any] = {"__name__": "__main__"}
    exec(source, module)
    return module["f"]


@pytest.mark.parametrize("name", SOURCES)
def test_what_a_function_says_and_reads_tells_it_from_another(name: str) -> None:
    one, other = SOURCES[name]
    assert fingerprint(made(one)) == fingerprint(made("# a remark\n\n" + one))
    assert fingerprint(made(one)) != fingerprint(made(other))


def test_a_global_that_is_not_read_changes_nothing() -> None:
    one = "K = 1\nL = 1\ndef f(p, s): return {'z': K}"
    assert fingerprint(made(one)) == fingerprint(made(one.replace("L = 1", "L = 2")))


def test_what_is_read_of_a_module_of_ones_own_counts(monkeypatch: Any) -> None:
    helpers = types.ModuleType("my_helpers")
    helpers.rate, helpers.other = 1.0, 1.0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "my_helpers", helpers)
    outside = made("import my_helpers\ndef f(p, s): return {'z': my_helpers.rate}")
    inside = made("def f(p, s):\n import my_helpers\n return {'z': my_helpers.rate}")
    before = fingerprint(outside), fingerprint(inside)
    helpers.other = 2.0  # type: ignore[attr-defined]
    assert fingerprint(outside) == before[0]
    helpers.rate = 2.0  # type: ignore[attr-defined]
    assert fingerprint(outside) != before[0]
    assert fingerprint(inside) != before[1]


def test_the_digest_is_the_same_in_every_process() -> None:
    code = (
        "import numpy as np, functools\n"
        "from cleanpark.analysis.studies.fingerprint import fingerprint\n"
        "names = {'a', 'b', 'c', 'd'}\n"
        "class M:\n"
        "  def __init__(self): self.a, self.b, self.c = 1, {'x', 'y'}, np.ones(3)\n"
        "  def go(self, p, s): return {'z': 1 if p['x'] in {'u', 'v', 'w'} else names}\n"
        "print(fingerprint(functools.partial(M().go, s=1)))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1


def test_what_cannot_be_followed_is_told() -> None:
    with pytest.raises(Unfollowed, match="lock"):
        fingerprint(holding(threading.Lock()))


def test_results_of_what_cannot_be_followed_are_not_used_again(tmp_path: Path) -> None:
    lock = threading.Lock()

    def locked(p: Any, seed: int) -> Any:
        with lock:
            return {"z": p["x"]}

    study = Study(ROWS, locked, ["z"])
    study.run(tmp_path / "s")
    assert study.run(tmp_path / "s").frame()["z"].tolist() == [1.0]  # this very one
    with pytest.raises(InputError, match=r"cannot be told, since that uses _thread.lock"):
        Study(ROWS, locked, ["z"]).run(tmp_path / "s")
    Study(ROWS, locked, ["z"]).run(tmp_path / "s", replace=True)


@pytest.mark.parametrize("name", ["array", "bound method", "partial"])
def test_another_function_in_the_folder_is_refused(name: str, tmp_path: Path) -> None:
    one, other = PAIRS[name]
    Study(ROWS, one, ["z"]).run(tmp_path / "s")
    with pytest.raises(InputError, match="function's source or what it uses"):
        Study(ROWS, other, ["z"]).run(tmp_path / "s")
    Study(ROWS, one, ["z"]).run(tmp_path / "s")
