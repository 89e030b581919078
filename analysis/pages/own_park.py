"""A user's own park in a folder of results and on its page: account, file, first year."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cleanpark.analysis.escaping import table_in_csv
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.own_park import (
    CORRECTION_NOTE,
    HEADS,
    OwnPark,
    first_year_rows,
    first_year_table,
    own_parks,
)
from cleanpark.scenarios.errors import N_
from cleanpark.scenarios.park import Park

FOLDER = "own-park"
TITLE = N_("Your park: {park}")
ACCOUNT = N_("What was read, converted, filled in and left out")
FIRST_YEAR = N_("Your file and the first year of the model")


def park_sections(parks: Sequence[Park], language: str) -> list[dict[str, Any]]:
    """Of each user's park the account's lines and the table of its first year, in a language."""
    spoken = Language(language)
    return [
        {
            "title": spoken.say(TITLE, park=spoken.of(told.titles)),
            "account": spoken.gettext(ACCOUNT),
            "lines": [spoken.say(line) for line in told.messages()],
            "first_year": spoken.gettext(FIRST_YEAR),
            "heads": [spoken.gettext(head) for head in HEADS],
            "rows": first_year_rows(told, spoken),
            "note": spoken.gettext(CORRECTION_NOTE),
        }
        for told in own_parks(parks)
    ]


def park_record(park: Park) -> dict[str, Any]:
    """A park for the record of a run: what it is, and of a user's own its file and its account."""
    record: dict[str, Any] = {
        "name": park.name,
        "enterprises": park.enterprises,
        "sha256": park.digest,
    }
    if park.own_sectors:
        record["sectors"] = [{"name": one.name, "sha256": one.digest} for one in park.own_sectors]
    for told in own_parks([park]):
        record |= _own_record(told)
    return record


def _own_record(told: OwnPark) -> dict[str, Any]:
    account = told.park.account
    record: dict[str, Any] = {"account": [str(line) for line in told.messages()]}
    if account is not None:
        record["file"] = {"name": Path(account.file).name, "sha256": account.sha256}
    if told.fit is not None:
        record["first_year"] = {
            "scenario": told.fit.reference,
            "seeds": told.fit.seeds,
            "columns": [{**vars(one), "ratio": one.ratio} for one in told.fit.fitted],
        }
    return record


def write_own_parks(parks: Sequence[Park], folder: Path, language: str) -> None:
    """Write of each user's park the account and the first year as CSV files that spreadsheets
    open, into a folder of the park's name; nothing where no park is a user's own."""
    for told in own_parks(parks):
        write_own_park(told, folder / FOLDER / told.park.name, Language(language))


def write_own_park(told: OwnPark, place: Path, language: Language) -> None:
    """Write the tables of one park."""
    place.mkdir(parents=True, exist_ok=True)
    account = told.park.account
    tables = account.tables(language) if account is not None else {}
    for name, frame in {**tables, "first_year": first_year_table(told, language)}.items():
        table_in_csv(frame).to_csv(place / f"{name}.csv", index=False, encoding="utf-8-sig")
