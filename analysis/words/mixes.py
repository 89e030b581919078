"""Mixes of levers in words: what each changes, and what a search found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.comparison.targets import Target
from cleanpark.analysis.policies.mixes import base_of, equals_in, qualified
from cleanpark.analysis.policies.mixes import best_row as best_row
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.studies.space import Factor, Space
from cleanpark.analysis.words.answer import goal_words
from cleanpark.analysis.words.changes import change, change_span, distance
from cleanpark.analysis.words.discovery import choice_name, short_title, spaced
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.numbers import amount, three_digits, whole_percent
from cleanpark.analysis.words.titles import in_language
from cleanpark.model.outcomes import outcome
from cleanpark.scenarios.errors import N_

if TYPE_CHECKING:
    import pandas as pd

Values = NDArray[np.float64]
MOST_LEVERS = 6
"""So many levers are all told; of more, those that moved most."""
MOVED_MOST = 4
FAR_BELOW = 0.5
"""A budget of which no mix uses a larger share limits nothing."""
TEXT: dict[str, str] = {
    "choice": N_("{title} {name}"),
    "between": N_("; "),
    "numbers": N_(", "),
    "others": N_("and {count} others"),
    "found": N_(
        "{count} mixes are told that no other mix of the search beats in every objective; on "
        "fresh seeds {held} of them are still not beaten by another of these."
    ),
    "over": N_(
        "On fresh seeds {count} of {all} mixes exceed the budget of {budget}, and none of "
        "these is recommended: {numbers}."
    ),
    "over_one": N_(
        "On fresh seeds one of {all} mixes exceeds the budget of {budget} and is not "
        "recommended: {numbers}."
    ),
    "all_gain": N_(
        "The budget of {budget} limits nothing: every mix brings the treasury more than the "
        "reference, at least {least}."
    ),
    "far_below": N_(
        "The budget of {budget} limits nothing: no mix costs the treasury more than {most}."
    ),
    "none_left": N_(
        "No mix both keeps within the budget of {budget} and holds on fresh seeds, so none "
        "is named as the best: search for longer, or with more seeds."
    ),
    "none_holds": N_(
        "No mix has every objective defined on fresh seeds, so none is named as the best."
    ),
    "within": N_(" within the budget"),
    "best": N_(
        "Best for {title}{within}: mix {number} ({changes}); {value} against the reference, "
        "95 % interval {span}."
    ),
    "whole": N_("{told}; the whole is in {file}"),
    "some": N_("among other changes: {told}; all {count} are in {file}"),
    "lucky": N_(
        "It was chosen on the same fresh seeds that its figures come from, so they flatter "
        "it a little"
    ),
    "as_good": N_(
        "; of the other mixes that qualify these cannot be distinguished from it: {numbers}."
    ),
    "alone": N_("; on these seeds every other mix that qualifies is distinguishably worse."),
    "single": N_("."),
    "target_all": N_(
        "All {all} mixes meet the target {goal} in at least {share} of the {seeds} fresh runs."
    ),
    "target_some": N_(
        "{count} of {all} mixes meet the target {goal} in at least {share} of the {seeds} fresh "
        "runs; mixes {numbers} do not and are not named as the best."
    ),
}


def say(key: str, language: str, **values: object) -> str:
    """A text in a language."""
    return Language(language).say(TEXT[key], **values)


def lever_words(factor: Factor, value: Any, language: str) -> str:
    """A lever and its value in short: 'Base fine for exceeding a limit CNY 120,000'."""
    title = short_title(factor.titled(language))
    if factor.scale == "choice":
        return say("choice", language, title=title, name=choice_name(str(value), language))
    return f"{title}{spaced(amount(three_digits(float(value)), factor.unit, language))}"


def places(factor: Factor, values: Sequence[Any]) -> Values:
    """Where values lie in a lever's range, from 0 to 1 on its own scale; choices by number."""
    if factor.scale == "choice":
        return factor.positions(values)
    scale = np.log if factor.scale == "log" else np.asarray
    low, high = scale(factor.low), scale(factor.high)
    inside = np.clip(np.asarray(values, dtype=float), factor.low, factor.high)
    return np.asarray((scale(inside) - low) / (high - low), dtype=float)


def moves(design: pd.DataFrame, chosen: Space, base: Mapping[str, Any]) -> Values:
    """How far each mix moved each lever, as a share of its range, shape (mixes, levers): from the
    scenario that mixes change, and from the middle of all mixes (of a choice, the most frequent).

    Another choice is the whole range.
    """
    columns = []
    for factor in chosen.factors:
        here = places(factor, design[factor.name].tolist())
        if factor.scale == "choice":
            there = [float(value != base[factor.name]) for value in design[factor.name]]
            names, often = np.unique(here, return_counts=True)
            columns.append(np.array(there) + (here != names[often.argmax()]))
            continue
        start = places(factor, [base[factor.name]])
        columns.append(np.abs(here - start) + np.abs(here - np.median(here)))
    return np.column_stack(columns)


def told_changes(
    design: pd.DataFrame, chosen: Space, base: Mapping[str, Any], language: str
) -> list[list[str]]:
    """What each mix sets: every lever where they are few, else those that moved most."""
    few = len(chosen.factors) <= MOST_LEVERS
    found = []
    for mix, row in zip(design.to_dict("records"), moves(design, chosen, base), strict=True):
        order = range(len(row)) if few else np.argsort(-row, kind="stable")[:MOVED_MOST]
        told = [chosen.factors[k] for k in order]
        found.append([lever_words(one, mix[one.name], language) for one in told])
    return found


def labels(
    design: pd.DataFrame, chosen: Space, base: Mapping[str, Any], language: str
) -> list[str]:
    """Each mix by number: what it sets, and how many levers are not told."""
    found = []
    for number, told in enumerate(told_changes(design, chosen, base, language), start=1):
        left = len(chosen.factors) - len(told)
        more = [say("others", language, count=left)] if left else []
        found.append(f"{number}. {say('between', language).join([*told, *more])}")
    return found


def numbers_of(rows: Sequence[int], language: str) -> str:
    """Numbers of mixes from their rows."""
    return say("numbers", language).join(str(one + 1) for one in rows)


def budget_lines(table: pd.DataFrame, budget: float, language: str) -> list[str]:
    """Which mixes exceed the budget (CNY) on fresh seeds, or that it limits none of them."""
    net = table["treasury_net"].to_numpy(dtype=float)
    told = distance(budget, "CNY", language)
    over = np.flatnonzero(~table["within_budget"].to_numpy(dtype=bool))
    if len(over):
        key = "over" if len(over) > 1 else "over_one"
        return [say(key, language, count=len(over), all=len(net), budget=told,
                    numbers=numbers_of(over.tolist(), language))]  # fmt: skip
    if budget < 0:
        return []  # a gain that is asked for always binds
    if net.min() > 0:
        least = distance(float(net.min()), "CNY", language)
        return [say("all_gain", language, budget=told, least=least)]
    if -net.min() <= FAR_BELOW * budget:
        most = distance(float(-net.min()), "CNY", language)
        return [say("far_below", language, budget=told, most=most)]
    return []


def best_line(
    table: pd.DataFrame, row: int, objective: str, told: list[str], levers: int, budget: bool,
    language: str,
) -> str:  # fmt: skip
    """The best mix with what it sets, its scenario file, and its figures."""
    best: Any = table.iloc[row]
    unit = outcome(objective).unit
    file = f"scenarios/{best['mix']}.toml"
    key = "whole" if len(told) == levers else "some"
    changes = say(key, language, told=say("between", language).join(told), count=levers, file=file)
    low, high = float(best[f"{objective}_low"]), float(best[f"{objective}_high"])
    return say(
        "best", language, title=in_language(outcome(objective).title, language), number=row + 1,
        within=say("within", language) if budget else "", changes=changes,
        value=change(float(best[objective]), unit, language),
        span=change_span(low, high, unit, language),
    )  # fmt: skip


def runners_up(same: Sequence[int], others: int, language: str) -> str:
    """That the best was chosen on the seeds it is told of, and which mixes are ``same``, as good;
    ``others`` counts all others that qualify."""
    key = "as_good" if same else "alone" if others else "single"
    return say("lucky", language) + say(key, language, numbers=numbers_of(same, language))


def search_sentences(
    table: pd.DataFrame, same: Sequence[int], chosen: Space, base: Mapping[str, Any],
    objective: str, budget: float, language: str,
) -> list[str]:  # fmt: skip
    """How many mixes held on fresh seeds, what the budget does, and the best within it.

    ``same`` are the rows that are as good as the best; ``budget`` in CNY may be infinite.
    """
    limited = bool(np.isfinite(budget))
    held = int(table["efficient"].sum())
    lines = [say("found", language, count=len(table), held=held)]
    lines += budget_lines(table, budget, language) if limited else []
    row = best_row(table, objective)
    if row is None:
        key = "none_left" if limited else "none_holds"
        return [*lines, say(key, language, budget=distance(budget, "CNY", language))]
    told = told_changes(table, chosen, base, language)[row]
    lines.append(best_line(table, row, objective, told, len(chosen.factors), limited, language))
    others = int(qualified(table).sum()) - 1
    return [*lines, runners_up(same, others, language)]


def target_lines(study: StudyFolder, table: pd.DataFrame, language: str) -> list[str]:
    """How many mixes meet the target on fresh seeds; nothing where there was none."""
    if "target" not in study.settings:
        return []
    missed = np.flatnonzero(~table["meets_target"].to_numpy(dtype=bool)).tolist()
    return [
        say(
            "target_some" if missed else "target_all", language,
            count=len(table) - len(missed), all=len(table),
            goal=goal_words(Target(**study.settings["target"]), language),
            share=whole_percent(study.settings["target_share"], language),
            seeds=len(study.about["seeds"]), numbers=numbers_of(missed, language),
        )
    ]  # fmt: skip


def search_lines(study: StudyFolder, language: str) -> list[str]:
    """The same of a finished search's folder."""
    chosen, budget = Space.read(study.about["parameters"]), study.settings["budget"]
    table = study.table("pareto")
    lines = search_sentences(
        table, equals_in(study), chosen, base_of(study, chosen),
        study.settings["objectives"][0], np.inf if budget is None else budget, language,
    )  # fmt: skip
    return [*lines[:1], *target_lines(study, table, language), *lines[1:]]


def mix_labels(study: StudyFolder, language: str) -> list[str]:
    """What each mix of a finished search sets."""
    chosen = Space.read(study.about["parameters"])
    return labels(study.table("pareto"), chosen, base_of(study, chosen), language)
