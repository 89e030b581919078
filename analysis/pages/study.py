"""The report of a study: a page in both languages, Markdown, and the figures as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.escaping import everywhere, in_markdown, visible
from cleanpark.analysis.figures.canvas import svg_text
from cleanpark.analysis.pages.comparison import alternative, embedded, rendered
from cleanpark.analysis.pages.kinds import Kind, all_kinds, draw_all, findings, kind_of
from cleanpark.analysis.pages.study_calls import study_reproduction
from cleanpark.analysis.pages.tables import remarks, tables
from cleanpark.analysis.studies.files import remove_left_over
from cleanpark.analysis.studies.folder import StudyFolder, read_study
from cleanpark.analysis.studies.results import write_text, write_whole
from cleanpark.analysis.words.discovery import choice_name
from cleanpark.analysis.words.language import Language, languages
from cleanpark.analysis.words.law import law_headers, law_rows, ranges_beside_the_law
from cleanpark.analysis.words.numbers import horizon, span
from cleanpark.analysis.words.studies import SEPARATOR, kind_words, say, unit_words
from cleanpark.analysis.words.titles import in_language
from cleanpark.analysis.words.what_was_run import seed_words
from cleanpark.scenarios.titles import enterprises_counted

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_SCENARIOS = 20


def write_report(folder: str | Path, language: str = "en") -> list[Path]:
    """Write report.html, report.md (report.zh.md and so on) and the figures into a study's folder.

    Made again from the same tables, the files are the same. Raises InputError where the folder
    holds no finished study.
    """
    Language(language)
    study = read_study(folder)
    kind_of(study).check(study)
    remove_left_over(study.folder)
    drawings = draw_figures(study)
    bodies = {tongue: body(study, drawings, tongue) for tongue in languages()}
    written = []
    for tongue in languages():
        name = "report.md" if tongue == "en" else f"report.{tongue}.md"
        written.append(write_text(study.folder / name, markdown(bodies[tongue], tongue)))
    page = study.folder / "report.html"
    written.append(write_text(page, rendered("study.html", bodies=bodies, language=language)))
    return written


def draw_figures(study: StudyFolder) -> dict[str, dict[str, str]]:
    """Draw each figure in both languages, write it as PNG and SVG; returns the SVG texts."""
    drawings: dict[str, dict[str, str]] = {}
    for tongue in languages():
        for name, figure in draw_all(study, tongue).items():
            drawings.setdefault(name, {})[tongue] = save_figure(
                figure, study.folder / "figures", f"{name}.{tongue}"
            )
    remove_former(study.folder / "figures", drawings)
    return drawings


def remove_former(folder: Path, drawings: dict[str, dict[str, str]]) -> None:
    """Take out figures of an earlier report that this one does not have."""
    known = {figure.name for kind in all_kinds() for figure in kind.figures}
    for path in folder.glob("*.*.*"):
        name = path.name.partition(".")[0]
        if name in known and name not in drawings:
            path.unlink()


def save_figure(figure: Figure, folder: Path, name: str) -> str:
    """Write one figure as PNG and SVG; returns the SVG text."""
    text = svg_text(figure)
    write_text(folder / f"{name}.svg", text)
    write_whole(folder / f"{name}.png", lambda aside: figure.savefig(aside, format="png", dpi=150))
    return text


def body(study: StudyFolder, drawings: dict[str, dict[str, str]], language: str) -> dict[str, Any]:
    """Everything a page says, in one language."""
    about, kind = study.about, kind_of(study)
    titles = {one.name: one.titled(language) for one in kind.figures}
    first = next(iter(findings(study, language)), "")
    return {
        "title": kind.titled(study, language),
        "question": kind.question(study, language),
        "findings": findings(study, language),
        "run": run_lines(study, language),
        "parameters": parameter_rows(study, language),
        "headers": [say(key, language) for key in
                    ("parameter", "range", "unit", "scale", "distribution", "certainty")],
        "figures": [{"name": name, "title": titles[name], "source": embedded(one[language]),
                     "told": alternative(titles[name], first, language)}
                    for name, one in drawings.items()],
        "law": law_of(study, language),
        "design": kind.design(study, language),
        "tables": tables(study, kind.tables, language),
        "remarks": remarks(study, kind.tables, language),
        "reproduce": [one for one in study_reproduction(study, kind.call).values() if one],
        "limits": say("limit_text", language),
        "say": {key: say(key, language) for key in (
            "question", "answer", "what_was_run", "parameters", "law", "tables", "figures",
            "reproduce", "limits")},
        "version": f"{about.get('version', '')} (sha256 {about.get('sources', '')[:12]})",
    }  # fmt: skip


def law_of(study: StudyFolder, language: str) -> dict[str, Any]:
    """What holds by law over the horizon of a study of the model, and which ranges leave it."""
    about = study.about
    if not parks_of(about):
        return {"headers": [], "rows": [], "beside": []}
    quarters = int(about["quarters"])
    beside = ranges_beside_the_law(about["parameters"], quarters, language)
    return {"headers": law_headers(language), "rows": law_rows(quarters, language),
            "beside": list(beside)}  # fmt: skip


def run_lines(study: StudyFolder, language: str) -> list[str]:
    """Scenarios with their parts in the study, park and horizon, and what was run."""
    about, kind = study.about, kind_of(study)
    scenarios = about.get("scenarios", [])
    lines = [
        part_line(
            role,
            say(
                "named",
                language,
                title=in_language(one["title"], language),
                name=one["name"],
                sha256=one["sha256"][:12],
            ),
            language,
        )
        for role, one in zip(kind.roles_of(len(scenarios)), scenarios, strict=False)
    ]
    for park in parks_of(about):
        title = in_language(park["title"], language)
        place = say("place", language, title=title, name=park["name"],
                    enterprises=Language(language).say(enterprises_counted(park["enterprises"])),
                    horizon=horizon(int(about["quarters"]), language))  # fmt: skip
        lines.append(part_line("park", place, language))
    if about.get("history"):
        lines.append(say("history_line", language, **about["history"]))
    return [*lines, *kind.before(study, language), runs_line(study, kind, language)]


def parks_of(about: dict[str, Any]) -> list[dict[str, Any]]:
    """The parks of a study of the model; earlier versions told of the first alone."""
    return list(about.get("parks") or filter(None, [about.get("park")]))


def part_line(key: str, text: str, language: str) -> str:
    """What something is to the study, and what it is called."""
    return say("said_of", language, what=say(key, language), text=text)


def runs_line(study: StudyFolder, kind: Kind, language: str) -> str:
    """What was run under how many seeds, and how many runs failed."""
    failed = study.about.get("failed") or 0
    key = "some_failed" if failed else "none_failed"
    return say("many_runs", language, what=kind.ran(study, language),
               seeds=seed_words(len(study.about["seeds"]), language, kind.seeds),
               runs=say("runs", language, count=study.about["runs"]),
               failed=say(key, language, count=f"{failed:,}"))  # fmt: skip


def parameter_rows(study: StudyFolder, language: str) -> list[list[str]]:
    """Parameters with range, unit, scale, distribution, certainty."""
    return [
        [
            say("titled", language, title=in_language(row["title"], language), name=row["name"]),
            Language(language)
            .gettext(SEPARATOR)
            .join(choice_name(one, language) for one in row["choices"])
            or span(f"{row['low']:g}", f"{row['high']:g}", language),
            unit_words(row["unit"], language),
            *(kind_words(row[key], language) for key in ("scale", "distribution", "certainty")),
        ]
        for row in study.about["parameters"]
    ]


def markdown(content: dict[str, Any], language: str) -> str:
    """The report as Markdown; figures are linked. A heading with nothing below it is left out.

    What is told may come from files: all of it is text, none of it marks.
    """
    commands = "\n".join(content["reproduce"]).splitlines()
    content = everywhere(content, in_markdown)
    words = content["say"]
    lines = [
        f"# {content['title']}",
        "",
        say("said_of", language, what=f"**{words['question']}**", text=content["question"]),
        "",
    ]
    lines += section(words["answer"], bullets(content["findings"]))
    run = [*bullets(content["run"]), *design_lines(content["design"])]
    lines += section(words["what_was_run"], run)
    lines += section(words["parameters"], grid(content["headers"], content["parameters"]))
    law = content["law"]
    lines += section(words["law"], [*bullets(law["beside"]), *grid(law["headers"], law["rows"])])
    figures = []
    for figure in content["figures"]:
        path = f"figures/{figure['name']}.{language}.png"
        figures += [f"### {figure['title']}", "", f"![{figure['title']}]({path})", ""]
    lines += section(words["figures"], figures)
    lines += section(words["tables"], table_lines(content))
    lines += [f"## {words['reproduce']}", "", f"cleanpark {content['version']}", ""]
    lines += [f"    {visible(one)}" for one in commands]
    lines += ["", f"## {words['limits']}", "", content["limits"], ""]
    return "\n".join(lines)


def section(title: str, lines: list[str]) -> list[str]:
    """A heading and what is below it."""
    return [f"## {title}", "", *lines] if lines else []


def bullets(lines: list[str]) -> list[str]:
    """A Markdown list."""
    return [*[f"- {one}" for one in lines], ""] if lines else []


def design_lines(design: dict[str, Any] | None) -> list[str]:
    """A design of one's own in Markdown."""
    if design is None:
        return []
    return [f"### {design['name']}", "", *grid(design["columns"], design["rows"]),
            design["note"], ""]  # fmt: skip


def table_lines(content: dict[str, Any]) -> list[str]:
    """All tables in Markdown, and what those left out would have said."""
    lines = []
    for table in content["tables"]:
        lines += [f"### {table['name']}", "", *grid(table["columns"], table["rows"])]
        lines += [table["note"], ""] if table["note"] else []
    return lines + bullets(content["remarks"])


def grid(headers: list[str], rows: list[list[str]]) -> list[str]:
    """A Markdown table."""
    if not rows:
        return []
    lines = ["| " + " | ".join(headers) + " |", "|" + "---|" * len(headers)]
    return [*lines, *["| " + " | ".join(row) + " |" for row in rows], ""]
