"""Why a mix works: what each instrument contributes, by Shapley values over all its subsets.

Every subset of the instruments is run as a scenario of its own under the same seeds, so that
contributions are paired, sum to the whole, and synergy between instruments shows as a number. Of
more than 12 instruments the subsets are too many: contributions are estimated from sampled
permutations, and synergies are left out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.policies.permutations import (
    PERMUTATIONS,
    crossed_interval,
    gains,
    subset_name,
    subset_runs,
    subsets_needed,
)
from cleanpark.analysis.statistics.paired import paired
from cleanpark.analysis.studies.histories import Histories
from cleanpark.analysis.studies.model_runs import MAIN_OUTCOMES, about_model, model_runs
from cleanpark.analysis.studies.results import write_table
from cleanpark.analysis.studies.runner import Place
from cleanpark.analysis.studies.runs import SCENARIO, ModelRuns
from cleanpark.analysis.studies.study import Progress, Study
from cleanpark.analysis.words.discovery import change, change_span, whole_percent
from cleanpark.analysis.words.studies import parameter_title
from cleanpark.analysis.words.titles import outcome_title
from cleanpark.model.outcomes import outcome
from cleanpark.scenarios.errors import InputError, nearest
from cleanpark.scenarios.levers import levers

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.scenarios.park import Park
    from cleanpark.scenarios.scenario import Scenario

Values = NDArray[np.float64]
MOST_INSTRUMENTS = 12
MOST_TOLD = 8
"""Instruments told in a sentence; the shares of the others are added."""
ALL = "(all)"
SYNERGY = ["outcome", "first", "second", "value", "low", "high", "distinguishable"]
TITLE = {"en": "Contribution of each instrument (Shapley)", "zh": "各项措施的贡献（Shapley 值）"}


def instruments(
    scenario: Scenario, reference: Scenario, by: str = "group"
) -> dict[str, tuple[str, ...]]:
    """The levers in which two scenarios differ, by group of levers or one by one.

    Raises InputError where they do not differ.
    """
    if by not in ("group", "lever"):
        raise InputError(f"by = {by!r}: choose group or lever{nearest(by, ('group', 'lever'))}")
    here, there = scenario.values(), reference.values()
    found: dict[str, list[str]] = {}
    for name, lever in levers().items():
        if here[name] != there[name]:
            found.setdefault(lever.group if by == "group" else name, []).append(name)
    if not found:
        raise InputError(f"scenarios '{scenario.name}' and '{reference.name}' do not differ")
    return {name: tuple(one) for name, one in found.items()}


def subset_scenarios(
    scenario: Scenario, reference: Scenario, parts: Mapping[str, Sequence[str]]
) -> list[Scenario]:
    """The reference with each subset of the instruments: number k holds those of k's bits.

    Raises InputError of more than 12 instruments (4096 subsets).
    """
    names = list(parts)
    if len(names) > MOST_INSTRUMENTS:
        raise InputError(
            f"{len(names)} instruments make {2 ** len(names):,} subsets; at most "
            f"{MOST_INSTRUMENTS} can be run in full: group them (--by group)"
        )
    found = []
    for number in range(2 ** len(names)):
        inside = [name for place, name in enumerate(names) if number >> place & 1]
        taken = [lever for name in inside for lever in parts[name]]
        label = " + ".join(inside) or reference.name
        one = reference.with_levers_of(scenario, taken)
        found.append(one.renamed(label, {"en": label, "zh": label}))
    return found


def shapley_by_seed(values: Values) -> Values:
    """Shapley value of each instrument in each seed, from values (subset, seed): (k, seeds)."""
    count = round(math.log2(len(values)))
    found = np.zeros((count, values.shape[1]))
    for player in range(count):
        for subset in range(len(values)):
            if not subset >> player & 1:
                size = subset.bit_count()
                weight = math.factorial(size) * math.factorial(count - size - 1)
                gain = values[subset | 1 << player] - values[subset]
                found[player] += weight / math.factorial(count) * gain
    return found


def interaction_by_seed(values: Values, first: int, second: int) -> Values:
    """Shapley interaction index of two instruments (Grabisch and Roubens 1999), by seed."""
    count = round(math.log2(len(values)))
    both = 1 << first | 1 << second
    found = np.zeros(values.shape[1])
    for subset in range(len(values)):
        if not subset & both:
            size = subset.bit_count()
            weight = math.factorial(size) * math.factorial(count - size - 2)
            more = values[subset | both] - values[subset | 1 << first]
            found += (
                weight
                / math.factorial(count - 1)
                * (more - values[subset | 1 << second] + values[subset])
            )
    return found


def defined_seeds(values: Values) -> Values:
    """The seeds in which every subset is defined; the others are left out, never zero."""
    return values[:, np.isfinite(values).all(axis=0)]


def interval(by_seed: Values) -> tuple[float, float, float]:
    """Mean over seeds with its 95 % interval."""
    found = paired(by_seed[:, None], np.zeros((len(by_seed), 1)))
    return float(found.difference[0]), float(found.low[0]), float(found.high[0])


def shapley(values: Values, names: Sequence[str], outcome: str = "y") -> pd.DataFrame:
    """attribution.csv of one outcome: contributions that sum to the last row, ``(all)``.

    ``values`` (2^k subsets, seeds); ``alone`` is the instrument added to the reference, ``last``
    added to all others; ``share`` of the whole is undefined where the whole is not
    distinguishable from zero.
    """
    import pandas as pd

    used = defined_seeds(values)
    full = len(values) - 1
    whole = interval(used[full] - used[0])
    clear = whole[1] > 0 or whole[2] < 0
    rows = []
    for place, (name, gain) in enumerate(zip(names, shapley_by_seed(used), strict=True)):
        mean, low, high = interval(gain)
        rows.append(
            {
                "outcome": outcome,
                "instrument": name,
                "value": mean,
                "low": low,
                "high": high,
                "alone": float(np.mean(used[1 << place] - used[0])) if used.size else np.nan,
                "last": float(np.mean(used[full] - used[full ^ 1 << place]))
                if used.size else np.nan,
                "share": mean / whole[0] if clear else np.nan,
                "seeds": used.shape[1],
            }
        )  # fmt: skip
    rows.append({"outcome": outcome, "instrument": ALL, "value": whole[0], "low": whole[1],
                 "high": whole[2], "alone": whole[0], "last": whole[0],
                 "share": 1.0 if clear else np.nan, "seeds": used.shape[1]})  # fmt: skip
    return pd.DataFrame(rows)


def synergy(values: Values, names: Sequence[str], outcome: str = "y") -> pd.DataFrame:
    """synergy.csv of one outcome: what two instruments do together beyond what each does."""
    import pandas as pd

    used = defined_seeds(values)
    rows = []
    for j in range(len(names)):
        for k in range(j + 1, len(names)):
            mean, low, high = interval(interaction_by_seed(used, j, k))
            rows.append({"outcome": outcome, "first": names[j], "second": names[k], "value": mean,
                         "low": low, "high": high,
                         "distinguishable": bool(low > 0 or high < 0)})  # fmt: skip
    return pd.DataFrame(rows, columns=SYNERGY)


def no_synergy() -> pd.DataFrame:
    """The same table where synergies are left out."""
    import pandas as pd

    return pd.DataFrame(columns=SYNERGY)


def sampled_shapley(
    values: Values, names: Sequence[str], number: int, outcome: str = "y"
) -> pd.DataFrame:
    """The same table estimated from ``number`` permutations; ``values`` (subsets needed, seeds).

    Intervals of contributions hold the chance of seeds and that of permutations; the last row has
    no chance of permutations, and what each instrument does alone and last is not sampled.
    """
    import pandas as pd

    used, count = defined_seeds(values), len(names)
    whole = interval(used[1] - used[0])
    clear = whole[1] > 0 or whole[2] < 0
    rows = []
    for place, (name, gain) in enumerate(zip(names, gains(used, count, number), strict=True)):
        mean, low, high = crossed_interval(gain)
        alone, last = used[2 + place] - used[0], used[1] - used[2 + count + place]
        rows.append({"outcome": outcome, "instrument": name, "value": mean, "low": low,
                     "high": high, "alone": float(np.mean(alone)) if used.size else np.nan,
                     "last": float(np.mean(last)) if used.size else np.nan,
                     "share": mean / whole[0] if clear else np.nan,
                     "seeds": used.shape[1]})  # fmt: skip
    rows.append({"outcome": outcome, "instrument": ALL, "value": whole[0], "low": whole[1],
                 "high": whole[2], "alone": whole[0], "last": whole[0],
                 "share": 1.0 if clear else np.nan, "seeds": used.shape[1]})  # fmt: skip
    return pd.DataFrame(rows)


@dataclass
class Attribution:
    """A finished attribution: contributions, synergies, and the runs behind them."""

    study: Study
    contributions: pd.DataFrame
    synergies: pd.DataFrame

    def save(self) -> None:
        """Write the tables beside the results."""
        assert self.study.folder is not None
        write_table(self.contributions, self.study.folder / "attribution.csv")
        write_table(self.synergies, self.study.folder / "synergy.csv")


def instrument_title(name: str, language: str) -> str:
    """Title of a group of levers or of a lever."""
    return parameter_title(name, language)


def attribution_study(
    runs: ModelRuns, seeds: int | Sequence[int], scenario: Scenario, reference: Scenario, by: str,
    permutations: int = PERMUTATIONS,
) -> Study:  # fmt: skip
    """The subsets as a design; ``runs`` holds horizon, park and outcomes.

    All subsets of up to 12 instruments; of more, those that ``permutations`` pass through.
    """
    parts = instruments(scenario, reference, by)
    settings: dict[str, Any] = {"instruments": {name: list(one) for name, one in parts.items()},
                                "by": by, "reference": reference.name}  # fmt: skip
    if len(parts) > MOST_INSTRUMENTS:
        settings["permutations"] = permutations + permutations % 2
        every: ModelRuns = subset_runs(runs, scenario, reference, parts)
        rows = [subset_name(one, list(parts), reference.name)
                for one in subsets_needed(len(parts), permutations)]  # fmt: skip
    else:
        chosen = subset_scenarios(scenario, reference, parts)
        every = replace(runs, scenarios=tuple(chosen))
        rows = [one.name for one in chosen]
    design = [{SCENARIO: one} for one in rows]
    study = Study(design, every, seeds=seeds, kind="attribute", settings=settings)
    study.about = about_model(replace(runs, scenarios=(scenario, reference)), TITLE)
    return study


def attributed(study: Study) -> Attribution:
    """Tables of an attribution whose runs are there; sentences go into its record."""
    import pandas as pd

    names = list(study.settings["instruments"])
    number = study.settings.get("permutations")
    parts, pairs = [], []
    for one in study.runs.outcomes:
        values = study.results.values(one)
        sampled = sampled_shapley(values, names, number, one) if number else None
        parts.append(shapley(values, names, one) if sampled is None else sampled)
        pairs.append(synergy(values, names, one) if sampled is None else no_synergy())
    found = Attribution(study, pd.concat(parts, ignore_index=True),
                        pd.concat(pairs, ignore_index=True))  # fmt: skip
    study.settings["sentences"] = {tongue: sentences(found, tongue) for tongue in ("en", "zh")}
    study.write_record()
    return found


def sentences(found: Attribution, language: str) -> list[str]:
    """Contributions and the strongest synergy of each outcome in words."""
    lines = sampling_lines(found, language)
    for name in found.study.runs.outcomes:
        rows = found.contributions[found.contributions["outcome"] == name]
        lines.append(_sentence(name, rows, language))
        pairs = found.synergies
        pairs = pairs[(pairs["outcome"] == name) & pairs["distinguishable"].astype(bool)]
        if len(pairs):
            lead: Any = pairs.iloc[int(pairs["value"].abs().to_numpy().argmax())]
            one, two = (_quoted(lead[key], language) for key in ("first", "second"))
            lines.append(_synergy_sentence(name, lead, rows, one, two, language))
    return lines


def sampling_lines(found: Attribution, language: str) -> list[str]:
    """That contributions are estimates, where they are."""
    number = found.study.settings.get("permutations")
    if not number:
        return []
    count = len(found.study.settings["instruments"])
    return [{
        "en": f"The contributions of {count} instruments are estimated from {number} orders in "
        "which they could be added; intervals hold the chance of these orders as well as that of "
        "seeds. Synergies are left out: of so many instruments they take --by group.",
        "zh": f"{count} 项措施的贡献由 {number} 种抽样的加入次序估计；区间同时包含次序抽样与随机"
        "种子的偶然性。措施过多，未计算协同；如需协同请用 --by group。",
    }[language]]  # fmt: skip


def _synergy_sentence(name: str, lead: Any, rows: Any, one: str, two: str, language: str) -> str:
    """What two instruments do together beyond each alone, and whether that helps the mix."""
    whole = float(rows[rows["instrument"] == ALL].iloc[0]["value"])
    unit = outcome(name).unit
    title = outcome_title(name, language)
    value = change(float(lead["value"]), unit, language)
    span = change_span(float(lead["low"]), float(lead["high"]), unit, language)
    reinforce = float(lead["value"]) * whole > 0
    if language == "zh":
        how = "相互增强" if reinforce else "部分相互替代"
        return (
            f"{title}：{one}与{two}{how}：在其余措施的各种组合上平均，协同为 {value}"
            f"（95%区间 {span}）。"
        )
    how = "reinforce each other" if reinforce else "partly replace each other"
    return (
        f"{title}: {one} and {two} {how}: on average over all combinations of the other "
        f"instruments they do {value} together beyond what each does by itself (95 % interval "
        f"{span})."
    )


def _quoted(name: str, language: str) -> str:
    """An instrument's title in a sentence: in quotes, since titles hold "and" and commas."""
    return f"“{instrument_title(name, language)}”"


def _sentence(name: str, rows: Any, language: str) -> str:
    """The whole change of an outcome and the share of each instrument, the largest first."""
    whole = rows[rows["instrument"] == ALL].iloc[0]
    title = outcome_title(name, language)
    if not np.isfinite(whole["share"]):
        return {
            "en": f"{title}: the mix's whole effect is not distinguishable from zero.",
            "zh": f"{title}：组合的总效应无法与零区分。",
        }[language]
    told = change(float(whole["value"]), outcome(name).unit, language)
    parts = rows[rows["instrument"] != ALL]
    parts = parts.reindex(parts["share"].abs().sort_values(ascending=False).index)
    shares = list(zip(parts["instrument"], parts["share"], strict=True))
    said = [f"{_quoted(one, language)} {whole_percent(share, language)}"
            for one, share in shares[:MOST_TOLD]]  # fmt: skip
    if len(shares) > MOST_TOLD:
        rest = whole_percent(sum(share for _, share in shares[MOST_TOLD:]), language)
        left = len(shares) - MOST_TOLD
        said.append({"en": f"the {left} others together {rest}",
                     "zh": f"其余 {left} 项合计 {rest}"}[language])  # fmt: skip
    return {
        "en": f"{title}: of the whole change of {told}, {', '.join(said)}.",
        "zh": f"{title}：总变化为 {told}，其中{'，'.join(said)}。",
    }[language]


def attribute(
    scenario: Scenario | str | Path,
    reference: Scenario | str | Path = "voluntary",
    outcomes: str | Sequence[str] = MAIN_OUTCOMES,
    seeds: int | Sequence[int] = 20,
    park: Park | str | Path | Sequence[Park | str | Path] = "mixed",
    quarters: int = 60,
    *,
    by: str = "group",
    permutations: int = PERMUTATIONS,
    history: Histories | str | Path | None = None,
    workers: int = 1,
    cluster: str | None = None,
    folder: str | Path | None = None,
    replace: bool = False,
    progress: Progress | None = None,
) -> Attribution:
    """What each instrument of a mix contributes against a reference, with intervals.

    More than 12 instruments are estimated from ``permutations``; with a larger number a study goes
    on. With a ``history`` every subset goes on from its date.

    >>> found = attribute("penalty-only", seeds=2, quarters=2, by="group")
    >>> found.contributions["instrument"].iloc[-1]
    '(all)'
    """
    runs = model_runs([scenario, reference], park, quarters, outcomes, history=history)
    study = attribution_study(runs, seeds, runs.scenarios[0], runs.scenarios[1], by, permutations)
    study.run(folder, Place(workers, cluster), progress, replace)
    found = attributed(study)
    found.save()
    return found
