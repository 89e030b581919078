"""Compile what most tests run and keep it on disk, once for all processes of the tests."""

from __future__ import annotations

import pandas as pd

import cleanpark as cp


def main() -> None:
    """A quarter of a run, and of a batch of two."""
    park = cp.park("mixed", enterprises=4)
    cp.compare(["voluntary", "mandatory"], park, seeds=1, quarters=1, workers=1)
    runs = cp.sensitivity.model_runs(["voluntary"], park, 1)
    runs.run(pd.DataFrame({"fine": [10.0, 20.0]}), 1)


if __name__ == "__main__":
    main()
