"""Texts of studies' figures and pages in English and Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from cleanpark.analysis.sensitivity.method import DUMMY
from cleanpark.analysis.sensitivity.methods import index_named
from cleanpark.analysis.studies.folder import PAIR as PAIR
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.studies.space import declared
from cleanpark.analysis.words import numbers
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.titles import in_language, inside
from cleanpark.scenarios.errors import N_, NN_, Counted
from cleanpark.scenarios.levers import behaviour_parameters, levers

SEPARATOR = N_(", ")
GROUP_TITLES: dict[str, str] = {
    "audit": N_("Audit regime"),
    "information": N_("Information and training"),
    "incentives": N_("Incentives"),
    "penalties": N_("Inspections and penalties"),
    "market": N_("Market"),
    "learning": N_("Learning and beliefs"),
    "investment": N_("Investment decisions"),
    "differences": N_("Differences between enterprises"),
    "treatment": N_("Treatment of discharges"),
    "growth": N_("Growth and exit"),
    "reporting": N_("Reporting"),
    "technology": N_("Technology"),
}
KINDS = (
    N_("linear"),
    N_("log"),
    N_("integer"),
    N_("choice"),
    N_("uniform"),
    N_("triangular"),
)
"""Scales and distributions, said as they are in English; certainties are named with values."""
TEXT: dict[str, str] = {
    "index": N_("index, with 95 % interval"),
    "dummy": N_("left of this line: no influence"),
    "dummy_title": N_("Dummy without influence"),
    "interval_95": N_("95 % interval"),
    "not_converged": N_("pale, hatched: not converged (interval too wide)"),
    "clipped": N_("What lies below {low:g} or above {high:g} is cut off."),
    "band": N_("Shaded: 95 % interval."),
    "noise": N_("hatched: not distinguishable from zero"),
    "sure_pair": N_("interval lies above zero"),
    "share_of_largest": N_("share of the largest effect (μ*)"),
    "root_scale": N_("square-root scale"),
    "even": N_("σ = μ*; above this line effects change sign or size with the other parameters"),
    "runs_axis": N_("runs"),
    "from_parameters": N_("parameters"),
    "from_chance": N_("chance (seeds)"),
    "share_of_variance": N_("share of the variance of single runs"),
    "sensitivity_bars": N_("Which parameters matter"),
    "convergence": N_("Have the indices converged?"),
    "over_time": N_("Importance over time"),
    "chance": N_("Parameters and chance"),
    "interactions": N_("Interactions of pairs"),
    "morris_plane": N_("Strength and unevenness of effects"),
    "waterfall": N_("What each instrument contributes"),
    "synergy": N_("Synergy of pairs"),
    "boxes": N_("Where the policy fails"),
    "peeling": N_("Coverage against density"),
    "regret": N_("Regret by policy"),
    "pareto": N_("The best mixes"),
    "budget": N_("The best mix by budget"),
    "coverage": N_("coverage: share of all failures inside"),
    "density": N_("density: share of failures inside"),
    "chosen": N_("chosen"),
    "range_studied": N_("share of the range studied"),
    "restricted": N_("parameters restricted"),
    "regret_mean": N_("Mean regret"),
    "regret_p90": N_("Regret in the worst tenth"),
    "satisficing": N_("Futures in which the target is met"),
    "share_of_futures": N_("share of futures"),
    "differences": N_("Differences to the first row"),
    "against_first": N_("difference to the first row"),
    "rows_same": N_(
        "{outcome}: no row is distinguishable from the first; the largest difference is that "
        "of row {row}, {change} (95 % interval {low} to {high})."
    ),
    "rows_unsure": N_(
        "{outcome}: with one seed a difference cannot be told from chance; row {row} differs "
        "most, by {change}."
    ),
    "rows_alike": N_(
        "{outcome}: row {row} differs most from the first, by {change}, the same in each of "
        "{runs} runs; no interval is defined."
    ),
    "row_alone": N_("{outcome}: {value} (95 % interval {low} to {high})."),
    "row_once": N_("{outcome}: {value}."),
    "rows_undefined": N_("{outcome}: undefined in every row, or in the first."),
    "sure_row": N_("filled: beyond chance"),
    "chance_row": N_("hollow: may be chance"),
    "design": N_("The design"),
    "design_note": N_("An empty cell keeps the scenario's value. Row 1 is sample 0 in the files."),
    "as_scenario": N_("as in the scenario"),
    "row_number": N_("Row {row}"),
    "undefined": N_("undefined"),
    "separator": N_(", "),
    "clauses": N_("; "),
    "last": N_("{names} and {last}"),
    "separator_last": N_("{names}, and {last}"),
    "clauses_last": N_("{names}; and {last}"),
    "said_of": N_("{what}: {text}"),
    "parted": N_("; "),
    "all": N_("All together"),
    "question": N_("The question"),
    "answer": N_("What was found"),
    "what_was_run": N_("What was run"),
    "tables": N_("Tables"),
    "law": N_("What holds by law over the horizon"),
    "figures": N_("Figures"),
    "reproduce": N_("How to reproduce"),
    "limits": N_("What this does not say"),
    "parameter": N_("Parameter"),
    "parameters": N_("Parameters"),
    "range": N_("Range"),
    "unit": N_("Unit"),
    "scale": N_("Scale"),
    "distribution": N_("Distribution"),
    "certainty": N_("Certainty"),
    "rows_shown": N_("{count} of {of} rows; all of them in {file}."),
    "horizon_shown": N_("Over the horizon; by quarter in {file}."),
    "yes": N_("yes"),
    "no": N_("no"),
    "nothing_undefined": N_("Every sample is defined for every outcome (undefined.csv)."),
    "nothing_chance": N_("With one seed the share of chance cannot be told (chance.csv)."),
    "nothing_convergence": N_(
        "There are too few samples to show how the indices converge (convergence.csv)."
    ),
    "limit_text": N_(
        "These are statements about the model under the ranges above, not about the world. "
        "Intervals of Sobol and Morris hold the sampling of the parameters and, from three seeds "
        "on, chance between seeds; those of the other methods, of futures and of robustness are "
        "for the seeds that were run. Errors of the model are in none."
    ),
    "measure_first": N_("To be measured first, since they are assumed and matter: {names}."),
    "scenario": N_("Scenario"),
    "examined": N_("Policy examined"),
    "compared": N_("Policy compared"),
    "reference": N_("Reference"),
    "changed": N_("Scenario that the mixes change"),
    "park": N_("Park"),
    "titled": N_("{title} ({name})"),
    "named": N_("{title} ({name}, sha256 {sha256})"),
    "place": N_("{title} ({name}), {enterprises}, {horizon}"),
    "many_runs": N_("{what} under {seeds}: {runs}, {failed}"),
    "none_failed": N_("none of which failed"),
    "some_failed": N_("{count} of which failed"),
    "futures": N_("{base} × {policies}"),
    "search_runs": N_(
        "Search: {mixes} in {generations}, each against the reference under {seeds}: {runs}"
    ),
    "recheck": N_("Recheck: {mixes} and the reference"),
    "history_line": N_("Every run goes on from a common history up to {until} (sha256 {sha256})."),
    "question_sensitivity": N_("Which of {what} drive {outcomes}?"),
    "question_attribute": N_("How much does each instrument of {scenario} contribute?"),
    "question_discover": N_("In which futures does {scenario} fail?"),
    "question_robustness": N_("Which policy holds up over uncertain behaviour?"),
    "question_optimize": N_("Which mixes of levers are best under the budget?"),
    "question_own": N_(
        "What do other values of {levers} change in {outcomes}, against the first row of the "
        "design?"
    ),
    "question_row": N_("What do {outcomes} come to in the one row of the design?"),
    "matter": N_(
        "{outcome}: the most important is {first} ({index} {value}, 95 % interval {low} to "
        "{high}){rest}."
    ),
    "none_matters": N_(
        "{outcome}: nothing stands out from no influence; the largest is {first} "
        "({index} {value}, 95 % interval {low} to {high})."
    ),
    "matter_rest": N_(", then {names}"),
    "matter_others": N_("; no other reaches {share:.0f} % of it"),
    "matter_alone": N_("; no other stands out from no influence"),
    "no_pair": N_(
        "{outcome}: no interaction of {count} pairs is distinguishable from zero at this "
        "number of samples."
    ),
    "no_index": N_(
        "{outcome}: no index is defined, since it does not vary or is mostly undefined."
    ),
    "chance_line": N_(
        "{outcome}: chance explains {share:.0f} % of the variance of single runs{span}; "
        "{common:.0f} % is common to all rows of a seed, which paired comparisons are rid of."
    ),
    "span": N_(" (95 % interval {low:.0f} to {high:.0f} %)"),
    "failed_reason": N_("{runs} of them: {reason}"),
    "change_against": N_("change against “{reference}”, {unit}"),
    "better_low": N_("(← better)"),
    "better_high": N_("(better →)"),
    "mix_held": N_("holds on fresh seeds"),
    "mix_beaten": N_("beaten by another mix on fresh seeds"),
    "mix_over": N_("exceeds the budget on fresh seeds"),
    "mix_best": N_("best: {title}"),
    "interval_bar": N_("95 % interval"),
    "mix_interval": N_("best mix, 95 % interval"),
    "mix_number": N_("mix {number}"),
    "no_change": N_("as in the reference"),
    "the_budget": N_("budget: {amount}"),
    "fails_inside": N_("grey: range studied; in colour: where runs fail"),
    "log_scale": N_("\n(log scale)"),
    "p_small": N_("p < 0.001"),
    "target": N_("target: {words}"),
    "median_of": N_(" (median of “{scenario}”)"),
    "step_less": N_("lowers the outcome"),
    "step_more": N_("raises the outcome"),
    "step_whole": N_("the whole mix"),
    "whiskers": N_("95 % interval of the step"),
    "synergy_note": N_(
        "What two instruments do together beyond what each does alone: positive reinforces "
        "the mix's whole effect, negative replaces part of it;\n*: distinguishable from zero "
        "(95 % interval)."
    ),
    "not_turned": N_(
        " (whole effect not distinguishable from zero: signs are those of the outcome)"
    ),
}
COUNTED: dict[str, tuple[str, str]] = {
    "rows_differ": NN_(
        "{outcome}: {count} of {of} rows differs from the first beyond chance: row {row}, by "
        "{change} (95 % interval {low} to {high}).",
        "{outcome}: {count} of {of} rows differ from the first beyond chance; row {row} differs "
        "most, by {change} (95 % interval {low} to {high}).",
    ),
    "seeds": NN_("{count} seed", "{count} seeds"),
    "runs": NN_("{count:,} run", "{count:,} runs"),
    "policies": NN_("{count} policy", "{count} policies"),
    "mixes": NN_("{count:,} mix", "{count:,} mixes"),
    "generations": NN_("{count} generation", "{count} generations"),
    "count_of_futures": NN_("{count:,} future", "{count:,} futures"),
    "fresh_seeds": NN_("{count} fresh seed", "{count} fresh seeds"),
    "samples": NN_("{count:,} sample", "{count:,} samples"),
    "base_samples": NN_(
        "{count:,} base sample makes {samples} rows", "{count:,} base samples make {samples} rows"
    ),
    "trajectories": NN_(
        "{count:,} trajectory makes {samples} rows", "{count:,} trajectories make {samples} rows"
    ),
    "subsets": NN_("{count:,} combination of instruments", "{count:,} combinations of instruments"),
    "design_rows": NN_("{count:,} row of a design", "{count:,} rows of a design"),
    "of_parameters": NN_("{count} parameter", "{count} parameters"),
    "of_groups": NN_("{count} group of parameters", "{count} groups of parameters"),
    "pairs": NN_(
        "{outcome}: of {of} pairs, {count} has an interaction distinguishable from zero "
        "({names}); by chance alone it would be about {chance:.2g}.",
        "{outcome}: of {of} pairs, {count} have an interaction distinguishable from zero "
        "(strongest: {names}); by chance alone it would be about {chance:.2g}.",
    ),
    "open": NN_(
        "{outcome}: {count} of {of} {indices} has not converged ({names}); about {times} times as "
        "many samples are needed.",
        "{outcome}: {count} of {of} {indices} have not converged ({names}); about {times} times as "
        "many samples are needed.",
    ),
    "open_undefined": NN_(
        "{outcome}: {count} of {of} {indices} is undefined.",
        "{outcome}: {count} of {of} {indices} are undefined.",
    ),
    "others": NN_("{count} other", "{count} others"),
    "left_out": NN_("{count} smaller one is not shown", "{count} smaller ones are not shown"),
    "others_together": NN_("{count} smaller one", "{count} smaller ones together"),
    "undefined_line": NN_(
        "{outcome}: of {samples} samples {count:,} is undefined, and {dropped} in all are left out "
        "with what belongs to them, never counted as zero.",
        "{outcome}: of {samples} samples {count:,} are undefined, and {dropped} in all are left "
        "out with what belongs to them, never counted as zero.",
    ),
    "failed_line": NN_(
        "{count:,} run failed and counts as undefined; see results/ for the reason.",
        "{count:,} runs failed and count as undefined; see results/ for the reasons.",
    ),
}
"""Texts that depend on a number of things."""


def say(key: str, language: str, **values: object) -> str:
    """A text in a language; a key that is unknown is its own text.

    Where the text depends on a number of things, that is ``count``.
    """
    text = TEXT.get(key, COUNTED.get(key))
    if text is None:
        return key
    if isinstance(text, str):
        return Language(language).say(text, **values)
    return Language(language).say(Counted(*text, int(str(values.pop("count"))), **values))


def index_words(index: str, language: str, many: bool = False) -> str:
    """Title of an index, or how sentences call several of them; the name where it has none."""
    told = index_named(index)
    if told is None:
        return say(index, language)
    return in_language(told.many if many else told.title, language)


def parameter_title(name: str, language: str) -> str:
    """Title of a declared parameter, of a group of parameters or of a pair; else the name."""
    if PAIR in name:
        return PAIR.join(parameter_title(part, language) for part in name.split(PAIR))
    if name == DUMMY:
        return say("dummy_title", language)
    if name in levers() or name in behaviour_parameters():
        return in_language(declared(name)[0].title, language)
    return Language(language).gettext(GROUP_TITLES.get(name, name))


def title_of(study: StudyFolder, name: str, language: str) -> str:
    """Title of a study's parameter, of a group or of a pair; the name where there is none."""
    if PAIR in name:
        return PAIR.join(title_of(study, part, language) for part in name.split(PAIR))
    for row in study.about["parameters"]:
        if row["name"] == name:
            return in_language(row["title"], language)
    return parameter_title(name, language)


def unit_words(unit: str, language: str) -> str:
    """A parameter's unit in a language."""
    return numbers.unit(unit, language)


def kind_words(kind: str, language: str) -> str:
    """A scale, a distribution or a certainty in a language."""
    return Language(language).gettext(kind)


def without_unit(text: str) -> str:
    """A title without the unit that follows its last comma.

    >>> without_unit("Moral cost at full attitude, share of quarterly output")
    'Moral cost at full attitude'
    >>> without_unit("Worth of doing it properly, over the fee")
    'Worth of doing it properly, over the fee'
    """
    told, comma, last = text.rpartition(", ")
    is_unit = last.startswith(("share of ", "per ", "CNY", "10,000 CNY", "in "))
    return told if comma and is_unit else text


def listed(titles: Sequence[str], language: str) -> str:
    """Titles in a row inside a sentence, without their units; semicolons where one has a comma.

    >>> listed(["Energy", "Fresh water", "CO2"], "en"), listed(["能源", "水"], "zh")
    ('energy, fresh water and CO2', '能源、水')
    >>> listed(["Fines", "Information and training"], "en")
    'fines, and information and training'
    """
    told = [inside(without_unit(one), language) for one in titles]
    if len(told) == 1:
        return told[0]
    comma = "clauses" if any("," in one for one in told) else "separator"
    apart = comma == "clauses" or any(" and " in one for one in told)
    key = f"{comma}_last" if apart else "last"
    return say(key, language, names=say(comma, language).join(told[:-1]), last=told[-1])
