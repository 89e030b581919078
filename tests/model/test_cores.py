"""How many cores a run uses is the machine's or the user's to say."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cleanpark.model.cores import CORES, cores
from cleanpark.scenarios.errors import InputError


def test_cores_are_as_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CORES, "3")
    assert cores() == 3
    monkeypatch.delenv(CORES)
    assert cores() >= 1
    for wrong in ("0", "-1", "two", "1.5"):
        monkeypatch.setenv(CORES, wrong)
        with pytest.raises(InputError, match="CLEANPARK_CORES"):
            cores()


def test_help_is_shown_without_loading_the_model() -> None:
    """What the command line loads to show its help stays light."""
    code = (
        "import sys; sys.argv = ['cleanpark', '--help']\n"
        "from cleanpark.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'numba', 'numpy', 'pandas', 'pydantic', 'mesa'} & set(sys.modules)\n"
        "print('loaded:', sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert "loaded: []" in done.stdout
