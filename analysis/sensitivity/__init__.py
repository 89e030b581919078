"""Which parameters matter."""

from typing import Any


def __getattr__(name: str) -> Any:
    """Names of the studies themselves, by the package's former path as a module."""
    from cleanpark.analysis.sensitivity import sensitivity

    return getattr(sensitivity, name)
