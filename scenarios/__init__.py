"""What could be: policies, parks, sectors and options as data, and the types that read them.

The package can also be called, ``cleanpark.scenarios()``: a frame of the packaged scenarios.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

from cleanpark.scenarios.imported import keep_state

if TYPE_CHECKING:
    import pandas as pd


keep_state(__file__)


class _Listing(ModuleType):
    """The package, which lists the packaged scenarios when called."""

    def __call__(self) -> pd.DataFrame:
        """The packaged scenarios: name, titles, what each extends, description, source."""
        from cleanpark.scenarios.scenario import scenarios

        return scenarios()


sys.modules[__name__].__class__ = _Listing
