"""A history that somebody else sends is believed in nothing that compiled code relies on."""

from __future__ import annotations

import functools
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleanpark as cp
from cleanpark.agents.state import ENTERPRISE, PARK, TEAM
from cleanpark.model import history_file
from cleanpark.model.history import load_history, run_history

PARKS = [cp.park("mixed", enterprises=9), cp.park("heavy", enterprises=5)]
DONE = 3
FILE = Path("seed-4.npz")
Tables = dict[str, np.ndarray[Any, Any]]


@functools.cache
def kept() -> tuple[dict[str, Any], Tables]:
    history = run_history(cp.scenario("mandatory"), PARKS, DONE, 4)
    world = history.world
    about = {"seed": 4, "quarters": DONE, "parks": [park.digest for park in PARKS]}
    sums = history.cells, history.park_sums
    return about, history_file.tables_of(world, world.links, world.seen, *sums)


def forged(
    tables: Callable[[Tables], Any] = lambda tables: None,
    about: Callable[[dict[str, Any]], Any] = lambda about: None,
) -> bytes:
    """A file as a clever sender makes it: changed, and every digest made anew."""
    told, arrays = kept()
    told, arrays = dict(told), {name: table.copy() for name, table in arrays.items()}
    tables(arrays)
    about(told)
    stream = io.BytesIO()
    history_file.write_arrays(stream, told, arrays)
    return stream.getvalue()


def put(table: str, field: str | None, value: Any, row: Any = 0) -> Callable[[Tables], None]:
    def change(tables: Tables) -> None:
        (tables[table] if field is None else tables[table][field])[row] = value

    return change


def swap(table: str, other: Callable[[Any], Any]) -> Callable[[Tables], None]:
    def change(tables: Tables) -> None:
        tables[table] = other(tables[table])

    return change


def refused(content: bytes, match: str = "holds|damaged|other parks|differ") -> None:
    with pytest.raises(cp.InputError, match=match) as raised:
        load_history(FILE, PARKS, content)
    assert str(FILE) in str(raised.value)


def test_an_unchanged_file_is_read_and_equal_content_gives_equal_bytes() -> None:
    history = load_history(FILE, PARKS, forged())
    assert (history.seed, history.quarters) == (4, DONE)
    assert history.content() == forged()
    cp.ParkModel("mandatory", PARKS, rng=4, quarters=DONE + 1, history=history).run()


VALUES = {
    "sector": put("enterprises", "sector", 1_000_000, slice(None)),
    "sector2": put("enterprises", "sector", 2_000_000_000, slice(None)),
    "park": put("enterprises", "park", 100_000_000, slice(None)),
    "park of another": put("enterprises", "park", 1),
    "first_team": put("parks", "first_team", 1_000_000_000, slice(None)),
    "linked": put("linked", None, 2_000_000_000, slice(None)),
    "linked_small": put("linked", None, 1000, slice(None)),
    "linked across parks": put("linked", None, 13),
    "offsets_neg": put("offsets", None, -(10**9), slice(None)),
    "offsets in disorder": put("offsets", None, 12, 1),
    "seen sector": put("seen_sector", None, -1),
    "cells_nan": put("cells", None, np.nan, ...),
    "output": put("enterprises", "output", np.nan),
    "cash": put("enterprises", "cash", np.inf),
    "payment": put("enterprises", "paid", np.nan),
    "intensity": put("enterprises", "intensity", np.inf),
    "option that no sector has": put("enterprises", "implemented", 2**64 - 1),
    "archive": put("parks", "archive", np.nan),
}
SHAPES = {
    "seen short": swap("seen_caught", lambda a: a[:1]),
    "cells short": swap("cells", lambda a: a[:1]),
    "cells missing": lambda tables: tables.pop("cells"),
    "seen missing": lambda tables: tables.pop("seen_attitude"),
    "one more table": lambda tables: tables.update(more=np.zeros(3)),
    "enterprises more": swap("enterprises", lambda a: np.concatenate([a] * 3)),
    "enterprises of two axes": swap("enterprises", lambda a: a.reshape(2, -1)),
    "teams none": swap("teams", lambda a: a[:0]),
    "teams odd": swap("teams", lambda a: np.concatenate([a, a[:1]])),
    "teams many": swap("teams", lambda a: np.concatenate([a] * 40)),
    "other type": swap("linked", lambda a: a.astype("i8")),
    "other order of bytes": swap("offsets", lambda a: a.astype(">i8")),
    "record of other fields": swap("parks", lambda a: a[["kind", "count"]]),
}
ABOUT: dict[str, Callable[[dict[str, Any]], Any]] = {
    "no parks": lambda about: about.pop("parks"),
    "no seed": lambda about: about.pop("seed"),
    "quarters as text": lambda about: about.update(quarters="four"),
    "one quarter": lambda about: about.update(quarters=1),
    "no quarter": lambda about: about.update(quarters=0),
    "negative": lambda about: about.update(quarters=-1),
    "far": lambda about: about.update(quarters=10**9),
    "true": lambda about: about.update(seed=True),
    "large seed": lambda about: about.update(seed=10**30),
    "parks turned": lambda about: about["parks"].reverse(),
}


@pytest.mark.parametrize("change", VALUES.values(), ids=VALUES)
def test_values_out_of_range(change: Any) -> None:
    refused(forged(change), "which no run gives")


@pytest.mark.parametrize("change", SHAPES.values(), ids=SHAPES)
def test_tables_of_another_form(change: Any) -> None:
    refused(forged(change), "damaged")


@pytest.mark.parametrize("change", ABOUT.values(), ids=ABOUT)
def test_accounts_that_are_none(change: Any) -> None:
    told = dict(kept()[0], parks=list(kept()[0]["parks"]))
    change(told)
    refused(forged(about=lambda about: (about.clear(), about.update(told))), "damaged|other parks")


def rewritten(change: Callable[[dict[str, Any]], Any]) -> bytes:
    """A file whose account alone is rewritten."""
    content = io.BytesIO(forged())
    with np.load(content) as read:
        arrays = {name: read[name] for name in read.files}
    told = json.loads(arrays["about"].tobytes())
    told = change(told) or told
    arrays["about"] = np.frombuffer(json.dumps(told).encode(), dtype=np.uint8)
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays)
    return out.getvalue()


def test_other_code_or_data_is_refused() -> None:
    refused(rewritten(lambda about: about.update(version="99.0")), "made by cleanpark 99.0")
    refused(rewritten(lambda about: about.update(sources="0" * 64)), "code or data differ")
    refused(rewritten(lambda about: about.pop("sources") and None), "code or data differ")
    refused(rewritten(lambda about: [1]), "damaged")
    refused(rewritten(lambda about: about.pop("tables") and None), "damaged")
    refused(rewritten(lambda about: about["tables"].update(cells="0" * 64)), "damaged")


def test_a_table_changed_without_its_digest_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(forged())) as file:
        members = {name: file.read(name) for name in file.namelist()}
    one = bytearray(members["cells.npy"])
    one[-3] ^= 1
    for changed in ({"cells.npy": bytes(one)}, {"cells.npy": members["cells.npy"] + b"\0"}):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            for name, content in {**members, **changed}.items():
                file.writestr(name, content)
        refused(out.getvalue(), "damaged")


TYPES = {"enterprises": ENTERPRISE, "teams": TEAM, "parks": PARK}
WHOLE = [
    (table, field)
    for table, dtype in TYPES.items()
    for field in dtype.names or ()
    if dtype[field].kind in "iu" and field != "suitability"
]


def test_every_whole_number_has_a_range() -> None:
    """A new field is given one in ``ranges_of``: compiled code may take it as an index."""
    size = history_file.Size(tuple(PARKS), DONE, 10, 40)
    ranges = history_file.ranges_of(size, 2)
    assert [f"{table}.{field}" for table, field in WHOLE if field not in ranges[table]] == []
    _, tables = kept()
    history_file.check_values(tables, history_file.Size(tuple(PARKS), DONE, 10, 64), FILE)


@given(
    place=st.sampled_from([*WHOLE, ("linked", None), ("offsets", None), ("seen_sector", None)]),
    row=st.integers(0, 10**6),
    data=st.data(),
)
def test_any_index_out_of_range_is_refused(
    place: tuple[str, str | None], row: int, data: st.DataObject
) -> None:
    table, field = place
    _, arrays = kept()
    whole = arrays[table] if field is None else arrays[table][field]
    size = history_file.Size(tuple(PARKS), DONE, 10, 40)
    low, high = history_file.ranges_of(size, len(arrays["teams"]) // 2)[table][field or table]
    limits = np.iinfo(whole.dtype)
    outside = []
    if low > limits.min:
        outside.append(st.integers(int(limits.min), low - 1))
    if high < limits.max:
        outside.append(st.integers(high + 1, int(limits.max)))
    if not outside:
        return
    value = data.draw(st.one_of(outside))
    refused(forged(put(table, field, value, row % len(whole))), "which no run gives|damaged")


@given(at=st.integers(0, 10**7), bit=st.integers(0, 7))
def test_a_flipped_bit_is_refused_or_changes_nothing(at: int, bit: int) -> None:
    content = bytearray(forged())
    content[at % len(content)] ^= 1 << bit
    try:
        found = load_history(FILE, PARKS, bytes(content))
    except cp.InputError:
        return
    assert found.content() == forged()


def test_a_zip_that_grows_without_end_is_not_unpacked() -> None:
    def many(tables: Tables) -> None:
        tables["cells"] = np.zeros((1000, *tables["cells"].shape[1:]))

    refused(forged(many), "damaged")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("about.npy", b"\0" * 50_000_000)
    refused(out.getvalue(), "damaged")
