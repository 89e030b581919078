"""What holds in every test: errors of floating point raise, no screen, fresh catalogs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import settings

mpl.use("Agg")
settings.register_profile("untimed", deadline=None)  # the machine may be busy
settings.load_profile("untimed")
sys.path.append(str(Path(__file__).resolve().parent.parent / "tools"))


def pytest_configure() -> None:
    """Compile the catalogs, which may have changed since they were installed."""
    from messages import compile_all

    compile_all()


@pytest.fixture(autouse=True)
def floating_point_errors_raise() -> Iterator[None]:
    with np.errstate(divide="raise", over="raise", invalid="raise"):
        yield
