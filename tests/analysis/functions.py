"""Functions whose sensitivity indices are known, in the model's place."""

import math

from cleanpark.analysis.studies.space import Factor, Space

ISHIGAMI = Space(tuple(Factor(name, -math.pi, math.pi) for name in ("x1", "x2", "x3")))
ISHIGAMI_FIRST = (0.3139, 0.4424, 0.0)
ISHIGAMI_TOTAL = (0.5576, 0.4424, 0.2437)
G_WEIGHTS = (0.0, 1.0, 4.5, 9.0)
G_SPACE = Space(tuple(Factor(f"x{k + 1}") for k in range(len(G_WEIGHTS))))
LINEAR = Space(tuple(Factor(name) for name in "abc"))


def ishigami(p, seed):
    return {"y": math.sin(p["x1"]) + 7 * math.sin(p["x2"]) ** 2
            + 0.1 * p["x3"] ** 4 * math.sin(p["x1"])}  # fmt: skip


def sobol_g(p, seed):
    y = 1.0
    for k, weight in enumerate(G_WEIGHTS):
        y *= (abs(4 * p[f"x{k + 1}"] - 2) + weight) / (1 + weight)
    return {"y": y}


def g_indices():
    parts = [1 / (3 * (1 + weight) ** 2) for weight in G_WEIGHTS]
    whole = math.prod(1 + part for part in parts) - 1
    first = [part / whole for part in parts]
    total = [part * math.prod(1 + o for k, o in enumerate(parts) if k != j) / whole
             for j, part in enumerate(parts)]  # fmt: skip
    return first, total


def noisy(p, seed):
    """Additive: variance 1/12 of the parameter, and chance of as much again per run."""
    import random

    chance = random.Random(f"{p['a']}-{seed}").uniform(0, 1)
    return {"y": p["a"] + chance}


def fails_sometimes(p, seed):
    if p["a"] > 0.97:
        raise ValueError("beyond what is known")
    return {"y": p["a"] + 2 * p["b"]}
