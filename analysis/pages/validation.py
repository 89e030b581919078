"""The page on validation: what published patterns say, and what the model gives.

``make validate`` runs the patterns and writes the page in each language, its figures, and the
results as CSV, from which page and figures are made again without a run.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cleanpark.analysis.figures.validation import forest
from cleanpark.analysis.pages.markdown import head, row
from cleanpark.analysis.studies.results import write_text
from cleanpark.analysis.validation.kept import Kept
from cleanpark.analysis.validation.pattern import SUBJECTS
from cleanpark.analysis.validation.reasons import WRITTEN_FOR
from cleanpark.analysis.validation.verdict import PatternResult
from cleanpark.analysis.words import validation as words
from cleanpark.analysis.words.language import Language

PAGES = {"en": "validation.md", "zh": "validation.zh.md"}
"""Names of the pages by language."""
DPI = 110


def figure_name(subject: str, language: str) -> str:
    """File of a subject's figure, from the folder of the pages."""
    return f"figures/validation-{subject}.{language}.png"


def write_pages(kept: Kept, folder: Path) -> list[Path]:
    """Write pages and figures in every language; returns their paths."""
    written = []
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    for code, name in PAGES.items():
        for subject, drawn in _subjects(kept).items():
            if not drawn:
                continue
            written.append(folder / figure_name(subject, code))
            picture = forest(kept.results, subject, code)
            picture.savefig(written[-1], dpi=DPI, metadata={"Software": None})
        written.append(write_text(folder / name, page(kept, Language(code))))
    return written


def _subjects(kept: Kept) -> dict[str, bool]:
    """Subjects of the results that there are, and whether any of their patterns has parts."""
    return {
        subject: any(one.parts for one in kept.results if one.pattern.subject == subject)
        for subject in SUBJECTS
        if any(one.pattern.subject == subject for one in kept.results)
    }


def page(kept: Kept, language: Language) -> str:
    """The whole page as Markdown."""
    return "\n".join(_lines(kept, language)) + "\n"


def _lines(kept: Kept, language: Language) -> Iterator[str]:
    yield "# " + language.say("What published evidence says, and what the model gives") + "\n"
    yield language.say(
        "Each pattern is a finding that others published. It is set up in the model as its source "
        "set it up, and each of its figures is compared with the published range (the band). "
        "Nothing is fitted to single patterns. This page is made by `make validate`, never by "
        "hand; `cleanpark validate NAME` runs one pattern. Results of version {version}.",
        version=kept.version,
    ) + "\n"  # fmt: skip
    yield words.summed_up(kept.results, language) + "\n"
    yield language.say(
        "Intervals are 95 % over seeds, that is of chance alone and not of what is unknown about "
        "behaviour. “Straddles” marks an interval that lies on both sides of a bound. What fails "
        "stays on the page; the reasons were written for version {version}.",
        version=WRITTEN_FOR,
    ) + "\n"  # fmt: skip
    yield from _summary(kept, language)
    for subject, drawn in _subjects(kept).items():
        title = language.say(SUBJECTS[subject])
        yield f"\n## {title}\n"
        if drawn:
            yield f"![{title}]({figure_name(subject, str(language))})"
        for result in kept.results:
            if result.pattern.subject == subject:
                yield from _pattern(result, language)


def _summary(kept: Kept, language: Language) -> Iterator[str]:
    yield from head(
        language.say("Pattern"),
        language.say("Name"),
        language.say("Parts in the band"),
        language.say("Verdict"),
    )
    for result in kept.results:
        yield row(
            language.say(result.pattern.title),
            f"`{result.pattern.name}`",
            words.parts_inside(result, language),
            words.verdict_of(result, language),
        )


def _pattern(result: PatternResult, language: Language) -> Iterator[str]:
    pattern = result.pattern
    yield f"\n### {language.say(pattern.title)}\n"
    yield f"`{pattern.name}` · **{words.verdict_of(result, language)}**\n"
    for topic, text in (
        (language.say("Source"), words.cited(pattern, language)),
        (language.say("Set-up"), language.say(pattern.setting)),
        (language.say("Band"), language.say(pattern.reason)),
    ):
        yield f"- **{topic}**{language.say(': ')}{text}"
    for missing in pattern.missing:
        yield f"- **{language.say('Cannot be set up')}**{language.say(': ')}{language.say(missing)}"
    if result.parts:
        yield ""
        yield from _parts(result, language)


def _parts(result: PatternResult, language: Language) -> Iterator[str]:
    yield from head(
        language.say("Part"),
        language.say("Unit"),
        language.say("Model"),
        language.say("95 % interval"),
        language.say("Published"),
        language.say("Lies"),
        language.say("Why"),
    )
    for one in result.parts:
        part = one.part
        why = words.why_out(result, one, language)
        note = "" if part.reason is None else language.say(part.reason)
        yield row(
            language.say(part.title),
            words.unit_of(part.unit, language),
            words.number_of(one.found.effect, part.unit, language),
            words.interval_of(one, language),
            words.band_of(one, language),
            words.lies(one, language) if one.inside else f"**{words.lies(one, language)}**",
            language.say("; ").join(text for text in (why, note) if text),
        )
