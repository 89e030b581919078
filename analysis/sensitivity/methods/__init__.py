"""The methods of sensitivity analysis, each declared in a file of its own.

To add one, write its file (:class:`~cleanpark.analysis.sensitivity.method.Method`) and name it in
``METHODS``.
"""

from __future__ import annotations

from cleanpark.analysis.sensitivity.method import Index, Method
from cleanpark.analysis.sensitivity.methods.delta import DELTA
from cleanpark.analysis.sensitivity.methods.distances import PAWN, REGIONAL
from cleanpark.analysis.sensitivity.methods.fast import FAST
from cleanpark.analysis.sensitivity.methods.morris import MORRIS
from cleanpark.analysis.sensitivity.methods.sobol import SOBOL
from cleanpark.scenarios.errors import InputError, Listed, nearest

METHODS: tuple[Method, ...] = (SOBOL, MORRIS, PAWN, DELTA, FAST, REGIONAL)


def all_methods() -> tuple[Method, ...]:
    """The methods that are declared."""
    return METHODS


def method_names() -> tuple[str, ...]:
    """Names of the methods that are declared."""
    return tuple(one.name for one in METHODS)


def method_named(name: str | Method, beside: tuple[str, ...] = ()) -> Method:
    """A method by its name; InputError where none has it, which tells those ``beside`` too."""
    for one in METHODS:
        if name in (one, one.name):
            return one
    raise InputError(
        "unknown method '{method}'{hint} (there are {methods})",
        method=name,
        hint=nearest(name, (*method_names(), *beside)),
        methods=Listed((*method_names(), *beside)),
    )


def index_named(name: str) -> Index | None:
    """The declaration of an index, of whichever method; None where it has none."""
    return next((one for method in METHODS for one in method.indices if one.name == name), None)
