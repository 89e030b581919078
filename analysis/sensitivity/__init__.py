"""Which parameters matter."""

from importlib import import_module
from typing import Any


def __getattr__(name: str) -> Any:
    """Names of the studies themselves, by the package's former path as a module."""
    if name.startswith("__"):
        raise AttributeError(name)
    home = import_module("cleanpark.analysis.sensitivity.sensitivity")
    return home if name == "sensitivity" else getattr(home, name)
