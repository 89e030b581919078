"""Views of records for plain Python: what looks like an object is a row of an array.

Behaviours read and write ``enterprise.cash`` and ``enterprise.paid.fines``; compiled code reaches
the record itself, Python goes through these.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, Any]
"""Columns of an array of records by name: numbers as memoryviews, tables of several numbers a row
as arrays, a column of records as a dictionary of its own."""


def columns_of(records: NDArray[Any]) -> Columns:
    """The columns of an array of aligned records, as views."""
    found: Columns = {}
    for name in records.dtype.names or ():
        column = records[name]
        if column.dtype.names:
            found[name] = columns_of(column)
        else:  # a memoryview gives and takes plain numbers, faster than an array of one axis
            found[name] = memoryview(column) if column.ndim == 1 else column
    return found


class Field:
    """An attribute that lives in the park's records: reads and writes one value of a column."""

    def __init__(self, meaning: str) -> None:
        """Describe the field; its name follows from the class body."""
        self.__doc__ = meaning
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the attribute's name as the column's."""
        self.name = name

    def __get__(self, agent: Any, owner: type | None = None) -> Any:
        """The value as a Python number; a row of a table as an array that can be written."""
        if agent is None:
            return self
        return agent.columns[self.name][agent.row]

    def __set__(self, agent: Any, value: Any) -> None:
        """Write the value into the records."""
        agent.columns[self.name][agent.row] = value


class Part:
    """A record within the record, such as the payments of a quarter: a view, made once."""

    def __init__(self, meaning: str, view: type[View]) -> None:
        """Describe the part; its name follows from the class body."""
        self.__doc__ = meaning
        self.view = view
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the attribute's name as the column's."""
        self.name = name

    def __get__(self, agent: Any, owner: type | None = None) -> Any:
        """The part of the agent's row; from then on an attribute of the agent."""
        if agent is None:
            return self
        part = self.view(agent.columns[self.name], agent.row)
        agent.__dict__[self.name] = part
        return part


class View:
    """One row of an array of records."""

    def __init__(self, columns: Columns, row: Any) -> None:
        """View row ``row`` of the columns."""
        self.columns = columns
        self.row = row


def view_class(name: str, dtype: np.dtype[np.void]) -> type[View]:
    """A class of views of rows of this type."""
    fields: dict[str, Any] = {}
    for column in dtype.names or ():
        of = dtype[column]
        part = Part(column, view_class(f"{name}_{column}", of)) if of.names else Field(column)
        fields[column] = part
    return type(name, (View,), fields)


class Rows:
    """An array of records by number, each row a view that is made when first asked for."""

    def __init__(self, view: type[View], records: NDArray[Any]) -> None:
        """View the records, of any number of axes."""
        self.view = view
        self.shape = records.shape
        self.columns = columns_of(records.reshape(-1))
        self.made: dict[int, View] = {}

    def __len__(self) -> int:
        """Length of the first axis."""
        return self.shape[0]

    def __getitem__(self, place: Any) -> Any:
        """The row at a place, or a list of rows where the place names the first axis of two."""
        if not isinstance(place, tuple):
            if len(self.shape) == 2:
                return [self[place, cell] for cell in range(self.shape[1])]
            place = (place,)
        row = place[0] if len(place) == 1 else place[0] * self.shape[1] + place[1]
        if row not in self.made:
            self.made[row] = self.view(self.columns, row)
        return self.made[row]


@functools.cache
def _view_of(dtype: np.dtype[np.void]) -> type[View]:
    return view_class("Record", dtype)


def views(records: Any) -> list[Any]:
    """Each record as an object that reads and writes it."""
    view, columns = _view_of(records.dtype), columns_of(records)
    return [view(columns, row) for row in range(len(records))]


def rows(records: Any) -> Rows:
    """Records of one or two axes as objects, made when first asked for."""
    return Rows(_view_of(records.dtype), records)


def namespace(record: Any) -> Any:
    """A record as a plain object: numbers, lists of numbers, tables as arrays."""
    from types import SimpleNamespace

    values: dict[str, Any] = {}
    for name in record.dtype.names:
        value = record[name]
        if isinstance(value, np.void):
            values[name] = namespace(value)
        elif isinstance(value, np.ndarray):
            values[name] = value.tolist() if value.ndim == 1 else value
        else:
            values[name] = value.item()
    return SimpleNamespace(**values)
