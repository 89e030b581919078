"""Sections of a page that only some kinds of study have."""

from __future__ import annotations

from typing import Any

from cleanpark.analysis.pages.tables import COLUMNS, MOST_ROWS
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.words.rows import column_title, value_words
from cleanpark.analysis.words.studies import say
from cleanpark.analysis.words.titles import in_language


def design_table(study: StudyFolder, language: str) -> dict[str, Any]:
    """A design of one's own as it was given, with titles and units."""
    design = study.design().head(MOST_ROWS)
    columns = [str(one) for one in design.columns]
    rows = [
        [str(number + 1), *(value_words(one, row[one], language) for one in columns)]
        for number, row in enumerate(design.to_dict("records"))
    ]
    titles = [column_title(one, language) for one in columns]
    note = say("design_note", language)
    if len(rows) < study.about["samples"]:
        told = {"count": len(rows), "of": f"{study.about['samples']:,}", "file": "design.parquet"}
        note = f"{say('rows_shown', language, **told)} {note}"
    first = in_language(COLUMNS["sample"], language)
    return {"name": say("design", language), "columns": [first, *titles],
            "rows": rows, "note": note}  # fmt: skip
