"""Why a mix works, in words: the share of each instrument, and the strongest synergy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.analysis.policies.shapley import ALL
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.words.changes import change, change_span
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.numbers import whole_percent
from cleanpark.analysis.words.studies import parameter_title
from cleanpark.analysis.words.titles import outcome_title
from cleanpark.model.outcomes import outcome
from cleanpark.scenarios.errors import N_

if TYPE_CHECKING:
    import pandas as pd

MOST_TOLD = 8
"""Instruments told in a sentence; the shares of the others are added."""
TEXT: dict[str, str] = {
    "sampled": N_(
        "The contributions of {count} instruments are estimated from {number} orders in "
        "which they could be added; intervals hold the chance of these orders as well as that of "
        "seeds. Synergies are left out: of so many instruments they take --by group."
    ),
    "no_effect": N_("{outcome}: the mix's whole effect is not distinguishable from zero."),
    "shares": N_("{outcome}: of the whole change of {change}, {shares}."),
    "share": N_("{instrument} {share}"),
    "others": N_("the {count} others together {share}"),
    "between": N_(", "),
    "quoted": N_("“{title}”"),
    "reinforce": N_(
        "{outcome}: {first} and {second} reinforce each other: on average over all "
        "combinations of the other instruments they do {value} together beyond what each does by "
        "itself (95 % interval {span})."
    ),
    "replace": N_(
        "{outcome}: {first} and {second} partly replace each other: on average over all "
        "combinations of the other instruments they do {value} together beyond what each does by "
        "itself (95 % interval {span})."
    ),
}


def say(key: str, language: str, **values: object) -> str:
    """A text in a language."""
    return Language(language).say(TEXT[key], **values)


def attribution_lines(study: StudyFolder, language: str) -> list[str]:
    """Contributions and the strongest synergy of each outcome of a finished study."""
    lines, number = [], study.settings.get("permutations")
    if number:
        count = len(study.settings["instruments"])
        lines.append(say("sampled", language, count=count, number=number))
    contributions, pairs = study.table("attribution"), study.table("synergy")
    for name in study.about["outcomes"]:
        rows = contributions[contributions["outcome"] == name]
        lines.append(share_sentence(name, rows, language))
        sure = pairs[(pairs["outcome"] == name) & pairs["distinguishable"].astype(bool)]
        if len(sure):
            lines.append(synergy_sentence(name, sure, whole_of(rows), language))
    return lines


def whole_of(rows: pd.DataFrame) -> Any:
    """The row of the whole mix."""
    return rows[rows["instrument"] == ALL].iloc[0]


def instrument_title(name: str, language: str) -> str:
    """Title of a group of levers or of a lever."""
    return parameter_title(name, language)


def quoted(name: str, language: str) -> str:
    """An instrument's title in a sentence: in quotes, since titles hold "and" and commas."""
    return say("quoted", language, title=instrument_title(name, language))


def share_sentence(name: str, rows: pd.DataFrame, language: str) -> str:
    """The whole change of an outcome and the share of each instrument, the largest first."""
    whole, title = whole_of(rows), outcome_title(name, language)
    if not np.isfinite(whole["share"]):
        return say("no_effect", language, outcome=title)
    parts = rows[rows["instrument"] != ALL]
    parts = parts.reindex(parts["share"].abs().sort_values(ascending=False).index)
    said = [
        say("share", language, instrument=quoted(one, language),
            share=whole_percent(share, language))
        for one, share in zip(parts["instrument"][:MOST_TOLD], parts["share"][:MOST_TOLD],
                              strict=True)
    ]  # fmt: skip
    left = parts["share"].iloc[MOST_TOLD:]
    if len(left):
        rest = whole_percent(sum(left), language)
        said.append(say("others", language, count=len(left), share=rest))
    told = change(float(whole["value"]), outcome(name).unit, language)
    shares = say("between", language).join(said)
    return say("shares", language, outcome=title, change=told, shares=shares)


def synergy_sentence(name: str, sure: pd.DataFrame, whole: Any, language: str) -> str:
    """What the two most synergetic instruments do together beyond each alone, and whether that
    helps the mix."""
    lead: Any = sure.iloc[int(sure["value"].abs().to_numpy().argmax())]
    unit, value = outcome(name).unit, float(lead["value"])
    key = "reinforce" if value * float(whole["value"]) > 0 else "replace"
    span = change_span(float(lead["low"]), float(lead["high"]), unit, language)
    return say(key, language, outcome=outcome_title(name, language),
               first=quoted(lead["first"], language), second=quoted(lead["second"], language),
               value=change(value, unit, language), span=span)  # fmt: skip
