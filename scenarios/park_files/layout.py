"""What stands where in a file: its sheet and header chosen, its units known, nothing shifted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cleanpark.scenarios.errors import Listed, Message, ParkError, nearest
from cleanpark.scenarios.park_files.account import Account, LeftOut, shortened
from cleanpark.scenarios.park_files.cells import plain
from cleanpark.scenarios.park_files.dictionary import REQUIRED, column_names, dictionary, key_of
from cleanpark.scenarios.park_files.headers import NOT_AMOUNTS, Head, Header, find_head
from cleanpark.scenarios.park_files.named import column_named
from cleanpark.scenarios.park_files.periods import joined
from cleanpark.scenarios.park_files.sheet import Row, Sheet, sheets_of
from cleanpark.scenarios.park_files.units import AMOUNTS, unit_of, written_as

CARRIER = re.compile(
    r"用电|电力|电量|耗电|天然气|煤炭|原煤|燃煤|用煤|煤耗|蒸汽|热力|柴油|汽油|燃油"
    r"|electricity|natural gas|\bcoal|steam|diesel"
)
"""Columns of a single carrier of energy."""
MOST_NAMED = 40
"""Columns of the file that a message names."""


def best_sheet(path: Path) -> tuple[Sheet, Head]:
    """The sheet with the best header; other sheets are named in its notes."""
    found = [
        (sheet, find_head([row.cells for row in sheet.rows[:40]])) for sheet in sheets_of(path)
    ]
    sheet, head = max(found, key=lambda one: one[1].score)
    others = [other.name for other, _ in found if other is not sheet]
    if others:
        sheet.notes.append(
            Message(
                "read from sheet '{sheet}'; other sheets left out: {others}",
                sheet=sheet.name,
                others=Listed(others),
            )
        )
    if not sheet.rows:
        raise ParkError(
            "{path}: the file is empty; it needs the columns {columns}",
            path=path,
            columns=Listed(column_named(name) for name in REQUIRED),
        )
    return sheet, head


def checked_headers(head: Head, path: Path, units: Mapping[str, str]) -> dict[str, Header]:
    """The columns by name, each with a unit; what is missing or twice there is refused.

    Where no column has the output, the revenue stands for it, as it does the other way round.
    """
    headers: dict[str, Header] = {}
    for header in joined(head.headers).headers:
        earlier = headers.get(header.name)
        if earlier is not None and header.kind == "text":
            headers[header.name] = min(earlier, header, key=_rank)
            continue
        if earlier is not None:
            raise ParkError(
                "{path}, line {line}: columns '{first}' and '{second}' both say {name}; keep one",
                path=path,
                line=head.first + 1,
                first=earlier.written,
                second=header.written,
                name=column_named(header.name),
            )
        headers[header.name] = header
    if "output" not in headers and "revenue" in headers:
        headers["output"] = replace(headers["revenue"], name="output")
    _refuse_missing(headers, head, path)
    given = _given_units(units, headers, path)
    headers = {name: given.get(name, header) for name, header in headers.items()}
    _refuse_units(list(headers.values()), path)
    return headers


def _rank(header: Header) -> tuple[bool, bool, int]:
    """Order among columns of one meaning, as the ministry's form has a code beside each name.

    Of industries the code, of identifiers the credit code, else the one further left.
    """
    code = re.search("代码|code", header.written.casefold()) is not None
    credit = re.search("信用|credit", header.written.casefold()) is not None
    return not credit, header.name == "sector" and not code, header.place


def _refuse_missing(headers: Mapping[str, Header], head: Head, path: Path) -> None:
    missing = [
        name
        for name in REQUIRED
        if name not in headers and not (name == "id" and "name" in headers)
    ]
    if missing:
        titles = [
            Message("{name} ({title})", name=name, title=dictionary()[name].title["zh"])
            for name in missing
        ]
        raise ParkError(
            "{path}, line {line}: no column {missing}; found: {found} (cleanpark parks columns "
            "lists what is understood)",
            path=path,
            line=head.first + 1,
            missing=Listed(titles),
            found=_some(cell.strip() for cell in head.written if cell.strip()),
        )


def _some(names: Iterable[str]) -> Listed:
    """The first of many names, and how many more there are."""
    listed: list[str | Message] = list(names)
    more = len(listed) - MOST_NAMED
    if more > 0:
        listed[MOST_NAMED:] = [Message("and {count} more", count=more)]
    return Listed(listed)


def _given_units(
    units: Mapping[str, str], headers: Mapping[str, Header], path: Path
) -> dict[str, Header]:
    """Headers with the unit that the user states for them."""
    given = {}
    for key, written in units.items():
        name = key if key in headers else column_names().get(key_of(key), key)
        header = headers.get(name)
        if header is None:
            raise ParkError(
                "{path}: --units {key}={unit}: no such column in the file{hint}",
                path=path,
                key=key,
                unit=written,
                hint=nearest(key, headers),
            )
        unit = unit_of(written, header.kind)
        if unit is None:
            raise ParkError(
                "{path}: --units {key}={unit}: must be one of {allowed}",
                path=path,
                key=key,
                unit=written,
                allowed=Listed(written_as(header.kind) if header.kind in AMOUNTS else []),
            )
        given[name] = replace(header, unit=unit, told="")
    return given


def _refuse_units(headers: Sequence[Header], path: Path) -> None:
    """Refuse all columns at once whose unit is missing or unknown: units are never guessed."""
    wrong = [header for header in headers if header.told]
    if wrong:
        first = wrong[0]
        raise ParkError(
            "{path}, column '{column}': unit '{unit}' must be a yearly amount in one of {allowed}",
            path=path,
            column=first.written,
            unit=first.told,
            allowed=Listed(written_as(first.kind)),
        )
    missing = [header for header in headers if header.needs_unit]
    if missing:
        raise ParkError(
            "{path}: no unit in the header of {columns}; write it there, as in 'COD (t)', or say "
            "--units {example} with the units that hold",
            path=path,
            columns=Listed(f"'{header.written}'" for header in missing),
            example=",".join(f"{one.name}={written_as(one.kind)[0]}" for one in missing),
        )


def name_others(head: Head, headers: Mapping[str, Header], sheet: Sheet, account: Account) -> None:
    """Name in the account the columns and rows around the table that are not used."""
    places = {place for header in headers.values() for place in header.parts or (header.place,)}
    incomplete = {header.place for header in joined(head.headers).incomplete}
    meant = {header.place: header.name for header in head.headers}
    free = [key for key, name in column_names().items() if name not in headers]
    for place, written in enumerate(head.written):
        if place in places:
            continue
        if place in incomplete:
            told = Message(
                "'{column}' (a part of the year, and the other parts are missing)", column=written
            )
        elif place in meant:
            told = Message(
                "'{column}' ({name} is read from '{instead}')",
                column=written,
                name=column_named(meant[place]),
                instead=headers[meant[place]].written,
            )
        elif NOT_AMOUNTS.search(written.casefold()):
            told = Message(
                "'{column}' (not what was used or discharged in the year: permitted, planned, of "
                "another year, reused or removed)",
                column=written,
            )
        elif CARRIER.search(written.casefold()):
            told = Message(
                "'{column}' (one carrier of energy; what counts is the energy of all carriers, "
                "in tce)",
                column=written,
            )
        elif written.strip():
            told = Message("'{column}'{hint}", column=written, hint=nearest(key_of(written), free))
        else:
            continue
        account.ignored.append(told)
    say_how_read(headers, account)
    for row in sheet.rows[: head.first]:
        text = " ".join(dict.fromkeys(cell.strip() for cell in row.cells if cell.strip()))
        reason = Message("above the header")
        account.left_out.append(LeftOut(row.line, shortened(text), reason))


def say_how_read(headers: Mapping[str, Header], account: Account) -> None:
    """Say in the account what was added up of parts of the year, and what stands for output."""
    account.notes.extend(
        Message(
            "{column}: the parts of the year are added up: {written}",
            column=column_named(one.name),
            written=one.written,
        )
        for one in headers.values()
        if one.parts
    )
    revenue = headers.get("revenue")
    if revenue is not None and headers["output"].place == revenue.place:
        account.notes.append(
            Message("no column of yearly output: '{column}' stands for it", column=revenue.written)
        )


def refuse_split_numbers(body: Sequence[Row], sheet: Sheet, head: Head, path: Path) -> None:
    """Refuse thousands that a comma without quotes has split over two cells.

    Sure where the second part begins with 0; likely where each row has such a pair at the same
    place and as many empty cells at its end.
    """
    if not sheet.plain_commas:
        return
    pairs = [_pairs(row.cells) for row in body]
    sure = [
        (row, pair)
        for row, found in zip(body, pairs)
        for pair in found
        if row.cells[pair + 1].strip().startswith("0") and _shifted(row, head)
    ]
    always = set.intersection(*map(set, pairs)) if pairs else set()
    if not sure and always and all(_shifted(row, head) for row in body):
        sure = [(body[0], min(always))]
    if sure:
        row, pair = sure[0]
        raise ParkError(
            "{path}, line {line}: '{first},{second}' looks like one number whose comma parts two "
            "cells; put it in quotes, leave the comma out, or save as .xlsx",
            path=path,
            line=row.line,
            first=row.cells[pair].strip(),
            second=row.cells[pair + 1].strip(),
        )


CLEAR_COMMA = re.compile(r"[+-]?(\d+,(\d{1,2}|\d{4,})|\d{1,3}(\.\d{3})+,\d+|\d{4,},\d+) ?%?")
"""A number whose comma can only be a decimal mark."""
CLEAR_POINT = re.compile(
    r"[+-]?(\d+\.(\d{1,2}|\d{4,})|\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}) ?%?"
)
"""A number whose point can only be a decimal mark, or whose comma can only group."""
WITH_COMMA = re.compile(r"[+-]?(\d+|\d{1,3}([. ]\d{3})+)(,\d+)? ?%?")
"""A number where the comma is the decimal mark and points or blanks group."""


def read_decimal_commas(
    body: Sequence[Row], sheet: Sheet, headers: Mapping[str, Header], account: Account
) -> None:
    """Read the comma as decimal mark in a file whose cells are set apart by another mark, where a
    number shows it and none shows the contrary; said in the account."""
    if sheet.delimiter == ",":
        return
    amounts = [one for one in headers.values() if one.kind not in ("text", "date", "yes_no")]
    places = [place for one in amounts for place in one.parts or (one.place,)]
    cells = [(row, place) for row in body for place in places if place < len(row.cells)]
    shown = [text for row, place in cells if CLEAR_COMMA.fullmatch(text := plain(row.cells[place]))]
    if not shown or any(CLEAR_POINT.fullmatch(plain(row.cells[place])) for row, place in cells):
        return
    for row, place in cells:
        text = plain(row.cells[place])
        if WITH_COMMA.fullmatch(text):
            row.cells[place] = text.replace(".", "").replace(" ", "").replace(",", ".")
    account.notes.append(
        Message("numbers: the comma is read as decimal mark, as in '{text}'", text=shown[0])
    )


def _pairs(cells: Sequence[str]) -> list[int]:
    """Places where a number of one to three digits is followed by one of just three."""
    return [
        place
        for place in range(len(cells) - 1)
        if re.fullmatch(r"[1-9]\d{0,2}", cells[place].strip())
        and re.fullmatch(r"\d{3}(\.\d+)?", cells[place + 1].strip())
    ]


def _shifted(row: Row, head: Head) -> bool:
    """Whether a row is as wide as the header and ends in an empty cell, as one pushed right does
    in a table whose last column is empty."""
    return len(row.cells) == len(head.written) and not row.cells[-1].strip()
