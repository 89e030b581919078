"""Kinds of study: what each is called, what a finished one has, and how its report tells it.

To add one, compute it in a file of its own (``Study(kind=NAME)`` and ``write_tables``), write its
sentences in ``analysis/words/``, and declare it in ``KINDS``: the page, the Markdown report, the
figures and the terminal follow from the declaration.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.figures import mixes as mix_plots
from cleanpark.analysis.figures import policies as policy_plots
from cleanpark.analysis.figures import studies as study_plots
from cleanpark.analysis.figures.drawing import StudyFigure, draw_each
from cleanpark.analysis.figures.rows import DIFFERENCES
from cleanpark.analysis.pages.sections import design_table
from cleanpark.analysis.pages.study_again import (
    Studied,
    attribution_again,
    discovery_again,
    rows_again,
    search_again,
    sensitivity_again,
)
from cleanpark.analysis.pages.study_calls import (
    Call,
    attribution_call,
    discovery_call,
    no_call,
    rows_call,
    search_call,
    sensitivity_call,
)
from cleanpark.analysis.pages.tables import Table
from cleanpark.analysis.sensitivity.method import Method
from cleanpark.analysis.sensitivity.methods import all_methods
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.studies.runner import Place
from cleanpark.analysis.studies.runs import ModelRuns
from cleanpark.analysis.words import what_was_run as ran
from cleanpark.analysis.words.attribution import attribution_lines
from cleanpark.analysis.words.failures import discovery_lines
from cleanpark.analysis.words.mixes import search_lines
from cleanpark.analysis.words.rows import row_lines
from cleanpark.analysis.words.study_cautions import cautions
from cleanpark.analysis.words.study_findings import (
    policy_question,
    rows_question,
    sensitivity_findings,
    sensitivity_question,
)
from cleanpark.analysis.words.titles import Title, in_language
from cleanpark.scenarios.errors import N_, InputError, nearest

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_SCENARIOS = 20
"""Scenarios that a report names."""
Text = Callable[[StudyFolder, str], str]
Lines = Callable[[StudyFolder, str], list[str]]


def no_lines(study: StudyFolder, language: str) -> list[str]:
    """Nothing to say."""
    return []


def no_section(study: StudyFolder, language: str) -> None:
    """Nothing to show."""


@dataclass(frozen=True)
class Kind:
    """A kind of study. All functions take a finished study's folder and a language.

    ``name`` stands in the study's record, ``title`` above its report. A finished one has at least
    these ``tables``, ``settings`` and ``least_rows`` of its design, and may have the ``figures``.
    ``question``, ``findings`` and ``ran`` (the rows that were run) are told of it; ``before`` tells
    what was run before these rows, ``roles`` what the first and the other scenarios are to it,
    ``seeds`` how its seeds are counted, and ``design`` shows its rows where they are the user's.
    ``call`` is how Python makes it again, and ``again`` makes it from the folder alone.
    """

    name: str
    title: Title
    tables: tuple[Table, ...]
    question: Text
    findings: Lines
    ran: Text = ran.sample_rows
    figures: tuple[StudyFigure, ...] = ()
    settings: tuple[str, ...] = ()
    least_rows: int = 1
    before: Lines = no_lines
    roles: tuple[str, str] = ("scenario", "scenario")
    seeds: str = "seeds"
    design: Callable[[StudyFolder, str], dict[str, Any] | None] = no_section
    call: Call = no_call
    again: Callable[[StudyFolder, ModelRuns, Place], Studied] = rows_again

    def titled(self, study: StudyFolder, language: str) -> str:
        """The report's title: the study's own where its record has one, else the kind's.

        Records of earlier versions hold the kind's, in the languages there were.
        """
        own = study.about.get("title")
        if own and own.get("en") != in_language(self.title, "en"):
            return in_language(own, language)
        return in_language(self.title, language)

    def roles_of(self, count: int) -> list[str]:
        """What each of so many scenarios is to the study."""
        first, others = self.roles
        return [first, *[others] * (count - 1)][: min(count, MOST_SCENARIOS)]

    def check(self, study: StudyFolder) -> None:
        """Refuse a folder that lacks what a finished study of this kind has."""
        for table in self.tables:
            study.table(table.name)
        for key in self.settings:
            if key not in study.settings:
                raise InputError(
                    "{folder}: study.json has no setting '{key}'; run the study again",
                    folder=study.folder,
                    key=key,
                )
        if int(study.about["samples"]) < self.least_rows:
            raise InputError(
                "{folder}: has {about} rows, fewer than the {least_rows} of a "
                "finished study of this kind; run the study again",
                folder=study.folder,
                about=study.about["samples"],
                least_rows=self.least_rows,
            )


def varies(column: str) -> Callable[[Any], bool]:
    """Whether a table says nothing since a column of it has one value at most."""
    return lambda table: bool(table[column].nunique() <= 1)


def nothing_undefined(table: Any) -> bool:
    """Whether every sample is defined for every outcome."""
    return not table[["undefined", "dropped", "runs_undefined"]].to_numpy().any()


SENSITIVITY = (
    Table("indices", N_("Sensitivity indices")),
    Table(
        "convergence",
        N_("Indices by number of samples"),
        says_nothing=varies("runs"),
        instead="nothing_convergence",
    ),
    Table(
        "chance",
        N_("Parameters and chance"),
        says_nothing=lambda table: not table["chance"].notna().any(),
        instead="nothing_chance",
    ),
    Table(
        "undefined",
        N_("Undefined samples"),
        says_nothing=nothing_undefined,
        instead="nothing_undefined",
    ),
)
"""Tables of every method."""


@functools.cache
def method_kind(method: Method) -> Kind:
    """The kind of study that a method of sensitivity analysis makes."""
    return Kind(
        method.name,
        method.title,
        SENSITIVITY,
        sensitivity_question,
        sensitivity_findings,
        functools.partial(ran.block_rows, method.rows_told),
        tuple(study_plots.OF_METHODS[name] for name in method.figures),
        settings=("method", "base_samples", "second_order", "design_seed"),
        call=sensitivity_call,
        again=sensitivity_again,
    )


OWN = Kind(
    "own",
    N_("A design of one's own"),
    (
        Table(
            "rows",
            N_("Rows of the design"),
            ("value", "low", "high", "difference", "difference_low", "difference_high"),
            note="design_note",
        ),
    ),
    rows_question,
    row_lines,
    ran.design_rows,
    (DIFFERENCES,),
    design=design_table,
    call=rows_call,
)
DISCOVER = Kind(
    "discover",
    N_("In which futures a policy fails"),
    (
        Table("boxes", N_("Boxes of failures")),
        Table(
            "limits",
            N_("Limits of the box"),
            columns={
                "low": N_("Lower limit"),
                "high": N_("Upper limit"),
            },
        ),
        Table("robustness", N_("Robustness by policy")),
        Table("trajectory", N_("Peeling step by step")),
        Table("tree", N_("Leaves of the tree")),
    ),
    policy_question("question_discover"),
    discovery_lines,
    ran.future_rows,
    (policy_plots.BOXES, policy_plots.PEELING, policy_plots.REGRET),
    settings=("futures", "policies", "criterion"),
    roles=("examined", "compared"),
    call=discovery_call,
    again=discovery_again,
)
ATTRIBUTE = Kind(
    "attribute",
    N_("Contribution of each instrument (Shapley)"),
    (
        Table(
            "attribution",
            N_("Contributions"),
            ("value", "low", "high", "alone", "last"),
        ),
        Table("synergy", N_("Synergy of pairs"), ("value", "low", "high")),
    ),
    policy_question("question_attribute"),
    attribution_lines,
    ran.subset_rows,
    (policy_plots.WATERFALL, policy_plots.SYNERGY),
    settings=("instruments", "by", "reference"),
    least_rows=2,
    roles=("examined", "reference"),
    call=attribution_call,
    again=attribution_again,
)
OPTIMIZE = Kind(
    "optimize",
    N_("The best mixes under a budget"),
    (
        Table("pareto", N_("The best mixes")),
        Table("budget", N_("The best mix by budget")),
    ),
    policy_question("question_optimize"),
    search_lines,
    ran.rechecked_rows,
    (mix_plots.PARETO, mix_plots.BUDGET),
    settings=("objectives", "budget"),
    least_rows=2,
    before=ran.searched_lines,
    roles=("changed", "reference"),
    seeds="fresh_seeds",
    call=search_call,
    again=search_again,
)
KINDS = (OWN, DISCOVER, ATTRIBUTE, OPTIMIZE)
"""Kinds of study beside those that a method of sensitivity analysis makes."""


def all_kinds() -> tuple[Kind, ...]:
    """Every kind of study: one for each method that is declared, and the others."""
    return (*map(method_kind, all_methods()), *KINDS)


def kind_of(study: StudyFolder) -> Kind:
    """The kind of a study; InputError where it is none that is declared."""
    found = {kind.name: kind for kind in all_kinds()}
    if study.kind not in found:
        raise InputError(
            "{folder}: kind of study '{kind}' is not known{hint}",
            folder=study.folder,
            kind=study.kind,
            hint=nearest(study.kind, found),
        )
    return found[study.kind]


def findings(study: StudyFolder, language: str) -> list[str]:
    """What a study found, sentence by sentence, with what a reader must beware of."""
    return [*told(study, language), *cautions(study.about, language)]


def told(study: StudyFolder, language: str) -> list[str]:
    """The sentences of a study's kind; of an earlier version's folder whose runs are gone, those
    that it stored."""
    try:
        return kind_of(study).findings(study, language)
    except InputError:
        stored = study.settings.get("sentences", {}).get(language)
        if not stored:
            raise
        return list(stored)


def draw(study: StudyFolder, name: str, language: str) -> Figure:
    """One figure of a study by its name."""
    known = {one.name: one for one in kind_of(study).figures}
    if name not in known:
        raise InputError(
            "figure '{name}': a study of kind '{kind}' has none of this name{hint}",
            name=name,
            kind=study.kind,
            hint=nearest(name, known),
        )
    return known[name].drawn(study, language)


def draw_all(study: StudyFolder, language: str = "en") -> dict[str, Figure]:
    """Every figure of a study by name."""
    return draw_each(kind_of(study).figures, study, language)
