"""The file of a history: how it is written, and what is checked before anything goes on from it.

Compiled code does not look whether an index lies within its table. A file that somebody else
sends is therefore believed in nothing: names, types, shapes, a digest of each table, the range of
every whole number and that every other number is finite are checked first.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from cleanpark.agents.state import (
    ATTITUDES,
    ENTERPRISE,
    N_LEVELS,
    NEVER,
    PARK,
    PARK_KINDS,
    QUEUE_LENGTH,
    SIZES,
    TEAM,
)  # fmt: skip
from cleanpark.model import measures as m
from cleanpark.model.network import DEGREE
from cleanpark.model.scene import Links, Seen
from cleanpark.model.sources import sources_digest
from cleanpark.scenarios.dates import MOST_QUARTERS
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.park import Park

Arrays = dict[str, NDArray[Any]]

STATE = {"enterprises": ENTERPRISE, "teams": TEAM, "parks": PARK}
"""Tables of records of a history's file, with their types."""
SEEN = {"sector": "i4", "implemented": "u8", "attitude": "f8", "inspected": "i4", "caught": "i4"}
"""Types of the columns that linked enterprises see of each other."""
ABOUT = "about"
LARGEST_ABOUT = 1_000_000
"""Bytes that the account of a file may have."""
FLAG = (0, 1)
LARGEST = 2**31 - 1


class Size(NamedTuple):
    """What the shapes and ranges of a history follow from."""

    parks: tuple[Park, ...]
    quarters: int
    sectors: int
    options: int
    """most options that a sector has"""

    @property
    def enterprises(self) -> int:
        """Enterprises of all parks."""
        return sum(park.enterprises for park in self.parks)

    @property
    def most_teams(self) -> int:
        """More audit teams than a park can have: one for each enterprise."""
        return max(park.enterprises for park in self.parks)


class _Hashed:
    """A stream that takes the digest of what passes through it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.digest = stream, hashlib.sha256()

    def write(self, content: Any) -> int:
        self.digest.update(content)
        return self.stream.write(content)

    def read(self, size: int = -1) -> bytes:
        content = self.stream.read(size)
        self.digest.update(content)
        return content


def write_arrays(stream: IO[bytes], about: dict[str, Any], arrays: Arrays) -> None:
    """Write tables and the account of them, with a digest of each; equal content, equal bytes."""
    digests = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, table in arrays.items():
            with file.open(_member(name), "w", force_zip64=True) as raw:
                hashed = _Hashed(raw)
                npy.write_array(hashed, _without_gaps(table), allow_pickle=False)
                digests[name] = hashed.digest.hexdigest()
        told = {**about, **made_by(), "tables": digests}
        text = np.frombuffer(json.dumps(told).encode(), dtype=np.uint8)
        with file.open(_member(ABOUT), "w") as raw:
            npy.write_array(raw, text, allow_pickle=False)


def _without_gaps(table: NDArray[Any]) -> NDArray[Any]:
    """A table whose bytes between the fields of a record are zero, not what memory held there."""
    if table.dtype.names is None:
        return table
    plain = np.zeros_like(table)
    for name in table.dtype.names:
        plain[name] = table[name]
    return plain


def _member(name: str) -> zipfile.ZipInfo:
    """A file within the file, of no date."""
    member = zipfile.ZipInfo(f"{name}.npy")
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def made_by() -> dict[str, str]:
    """The version and the digest of code and data that a history is made by."""
    return {"version": version("cleanpark"), "sources": sources_digest()}


def check_maker(about: dict[str, Any], path: Path) -> None:
    """Refuse what other code or data has made: going on from it would mix the two."""
    if any(about.get(key) != value for key, value in made_by().items()):
        raise InputError(
            "{path}: made by cleanpark {about}, whose code or data differ from those of this "
            "{version}; run the history again",
            path=path,
            about=str(about.get("version")),
            version=version("cleanpark"),
        )


def read_arrays(
    stream: IO[bytes], path: Path, parks: Sequence[Park], sectors: int, options: int
) -> tuple[dict[str, Any], Arrays]:
    """The account and the checked tables of a file; InputError where anything is not as it must
    be. ``path`` is for messages alone."""
    with zipfile.ZipFile(stream) as file:
        about = _account(file)
        check_maker(about, path)
        if about["parks"] != [park.digest for park in parks]:
            raise InputError("{path}: is a history of other parks than the one given", path=path)
        size = Size(tuple(parks), about["quarters"], sectors, options)
        forms = {name: _form(file, name) for name in layout(size, 0)}
        expected = layout(size, _teams(forms["teams"], size))
        if forms != expected or sorted(file.namelist()) != sorted(
            f"{name}.npy" for name in (*expected, ABOUT)
        ):
            raise ValueError("tables of another form")
        arrays = {
            # a file does not tell that records are aligned, and other code would be compiled
            name: _table(file, name, about["tables"][name]).view(dtype)
            for name, (dtype, _) in expected.items()
        }
    check_values(arrays, size, path)
    return about, arrays


def _account(file: zipfile.ZipFile) -> dict[str, Any]:
    """What a file says of itself, its types checked."""
    if file.getinfo(f"{ABOUT}.npy").file_size > LARGEST_ABOUT:
        raise ValueError("no account")
    with file.open(f"{ABOUT}.npy") as raw:
        about: dict[str, Any] = json.loads(npy.read_array(raw, allow_pickle=False).tobytes())
    for key, most in (("seed", 2**63 - 1), ("quarters", MOST_QUARTERS)):
        if type(about[key]) is not int or not 0 <= about[key] <= most:
            raise ValueError(key)
    if about["quarters"] < 1:
        raise ValueError("quarters")
    return about


Form = tuple[np.dtype[Any], tuple[int, ...]]


def layout(size: Size, teams: int) -> dict[str, Form]:
    """Type and shape of every table of a file."""
    n, places, quarters = size.enterprises, len(size.parks), size.quarters
    sums = (quarters, places, m.n_cells(size.sectors), m.N_MEASURES)
    lengths = {"enterprises": n, "teams": teams, "parks": places}
    return {
        **{name: (dtype, (lengths[name],)) for name, dtype in STATE.items()},
        "offsets": (np.dtype("i8"), (n + 1,)),
        "linked": (np.dtype("i4"), (n * DEGREE,)),
        **{f"seen_{name}": (np.dtype(code), (n,)) for name, code in SEEN.items()},
        "cells": (np.dtype("f8"), sums),
        "park_sums": (np.dtype("f8"), (quarters, places, m.N_PARK_MEASURES)),
    }


def _form(file: zipfile.ZipFile, name: str) -> Form:
    """Type and shape of a table from its head; its content is not read."""
    with file.open(f"{name}.npy") as raw:
        if npy.read_magic(raw) != (1, 0):
            raise ValueError(name)
        shape, _, dtype = npy.read_array_header_1_0(raw)
    return dtype, shape


def _teams(form: Form, size: Size) -> int:
    """How many teams a file has: as many in each park, of those there can be."""
    (count,) = form[1]
    if count % len(size.parks) or not 1 <= count // len(size.parks) <= size.most_teams:
        raise ValueError("teams")
    return int(count)


def _table(file: zipfile.ZipFile, name: str, digest: str) -> NDArray[Any]:
    """A table whose content has the digest that the file tells."""
    with file.open(f"{name}.npy") as raw:
        hashed = _Hashed(raw)
        table: NDArray[Any] = npy.read_array(hashed, allow_pickle=False)
        if hashed.read(1) or hashed.digest.hexdigest() != digest:
            raise ValueError(name)
    return np.ascontiguousarray(table)


def check_values(arrays: Arrays, size: Size, path: Path) -> None:
    """Refuse a number that compiled code could not go on from."""
    for table, field, found in _outside(arrays, size):
        raise InputError(
            "{path}: holds {table} with {field} = {found}, which no run gives; the file is "
            "damaged or was changed",
            path=path,
            table=table,
            field=field,
            found=found,
        )


def _outside(arrays: Arrays, size: Size) -> Iterator[tuple[str, str, object]]:
    """Table, field and value of what is out of its range."""
    teams = len(arrays["teams"]) // len(size.parks)
    for table, ranges in ranges_of(size, teams).items():
        for field, values in _numbers(arrays[table], table):
            if values.dtype.kind == "f":
                wrong = ~np.isfinite(values)
            elif field in ranges:
                low, high = ranges[field]
                wrong = (values < low) | (values > high)
            else:
                continue
            if wrong.any():
                yield table, field, values[wrong][0].item()
    yield from _misplaced(arrays, size, teams)


def _numbers(table: NDArray[Any], name: str) -> Iterator[tuple[str, NDArray[Any]]]:
    """The columns of a table by name, those of records within records too."""
    if table.dtype.names is None:
        yield name, table
        return
    for column in table.dtype.names:
        yield from _numbers(table[column], column)


def ranges_of(size: Size, teams: int) -> dict[str, dict[str, tuple[int, int]]]:
    """Lowest and highest value of every whole number of each table.

    ``suitability`` takes every value that its type has.
    """
    last, options = size.quarters - 1, (0, 2**size.options - 1)
    n, sector = size.enterprises, (0, size.sectors - 1)
    enterprise = {
        **{name: FLAG for name in ENTERPRISE.names or () if ENTERPRISE[name] == np.int8},
        **dict.fromkeys(("hard_times", "waiting", "found", "record"), (0, LARGEST)),
        **dict.fromkeys(("implemented", "identified", "told_by_peers", "recommended"), options),
        **dict.fromkeys(("last_audit", "rated"), (NEVER, last)),
        "until_result": (0, LARGEST),
        **dict.fromkeys(("level", "true_level"), (0, N_LEVELS - 1)),
        "sector": sector,
        "park": (0, len(size.parks) - 1),
        "regime": (0, LARGEST),  # whoever goes on is put under its own scenario's levers
        "founded": (0, last),
        "size_class": (0, len(SIZES) - 1),
        "attitude_group": (0, len(ATTITUDES) - 1),
        "team": (0, teams * len(size.parks) - 1),
    }
    park = {
        "kind": (0, len(PARK_KINDS) - 1),
        "count": (1, n),
        "first_team": (0, teams * (len(size.parks) - 1)),
        "teams": (1, teams),
        "compares_teams": FLAG,
        "quarter": (last, last),
        "serve_from": (0, QUEUE_LENGTH),
    }
    seen = {"sector": sector, "implemented": options, "inspected": FLAG, "caught": FLAG}
    return {
        "enterprises": enterprise,
        "teams": {"park": (0, len(size.parks) - 1), "audits": (0, LARGEST)},
        "parks": park,
        "offsets": {"offsets": (0, n * DEGREE)},
        "linked": {"linked": (0, n - 1)},
        **{f"seen_{name}": {f"seen_{name}": seen.get(name, FLAG)} for name in SEEN},
        "cells": {},
        "park_sums": {},
    }


def _misplaced(arrays: Arrays, size: Size, teams: int) -> Iterator[tuple[str, str, object]]:
    """What stands in another place than the parks and the number of teams say."""
    counts = [park.enterprises for park in size.parks]
    places = np.arange(len(counts))
    of_enterprises = np.repeat(places, counts)
    linked = arrays["linked"]
    if (linked < 0).any() or (linked >= size.enterprises).any():
        return  # said already
    told = {
        ("enterprises", "park"): (arrays["enterprises"]["park"], of_enterprises),
        ("teams", "park"): (arrays["teams"]["park"], np.repeat(places, teams)),
        ("parks", "count"): (arrays["parks"]["count"], np.array(counts)),
        ("parks", "first_team"): (arrays["parks"]["first_team"], places * teams),
        ("offsets", "offsets"): (arrays["offsets"], np.arange(size.enterprises + 1) * DEGREE),
        ("linked", "park"): (of_enterprises[linked], np.repeat(of_enterprises, DEGREE)),
    }
    for (table, field), (found, right) in told.items():
        wrong = found != right
        if wrong.any():
            yield table, field, found[wrong][0].item()


def tables_of(
    state: Any, links: Links, seen: Seen, cells: NDArray[Any], sums: NDArray[Any]
) -> Arrays:
    """The tables of a file by name."""
    arrays: Arrays = {name: getattr(state, name) for name in STATE}
    arrays |= links._asdict()
    arrays |= {f"seen_{name}": column for name, column in seen._asdict().items()}
    return {**arrays, "cells": cells, "park_sums": sums}
