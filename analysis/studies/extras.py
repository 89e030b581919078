"""Libraries of the optional extra ``studies``, imported quietly and with a clear error."""

from __future__ import annotations

import importlib
import warnings
from typing import Any

from cleanpark.scenarios.errors import InputError


def load(name: str) -> Any:
    """A module of ema_workbench or pymoo; InputError says how to install what is missing.

    ema_workbench warns of optional evaluators that nobody asked for; that is kept quiet.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(name)
    except ImportError as cause:
        package = name.partition(".")[0]
        raise InputError(
            '{package} is not installed: pip install "cleanpark[studies]"', package=package
        ) from cause
