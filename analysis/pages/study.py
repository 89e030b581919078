"""The report of a study: a page in both languages, Markdown, and the figures as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.pages.comparison import embedded, rendered
from cleanpark.analysis.pages.tables import COLUMNS, MOST_ROWS, remarks, tables
from cleanpark.analysis.studies.folder import StudyFolder, read_study
from cleanpark.analysis.studies.results import write_text, write_whole
from cleanpark.analysis.studies.study import read_record, remove_left_over
from cleanpark.analysis.words.discovery import choice_name
from cleanpark.analysis.words.rows import column_title, value_words
from cleanpark.analysis.words.studies import SEPARATOR, kind_words, say, unit_words
from cleanpark.analysis.words.study_findings import findings, question
from cleanpark.analysis.words.wording import LANGUAGES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_SCENARIOS = 20


def write_report(folder: str | Path, language: str = "en") -> list[Path]:
    """Write report.html, report.md, report.zh.md and the figures into a study's folder.

    Made again from the same tables, the files are the same. Raises InputError where the folder
    holds no finished study.
    """
    study = read_study(folder)
    remove_left_over(study.folder)
    drawings = draw_figures(study)
    bodies = {tongue: body(study, drawings, tongue) for tongue in LANGUAGES}
    written = []
    for tongue, name in (("en", "report.md"), ("zh", "report.zh.md")):
        written.append(write_text(study.folder / name, markdown(bodies[tongue], tongue)))
    page = study.folder / "report.html"
    written.append(write_text(page, rendered("study.html", bodies=bodies, language=language)))
    return written


def draw_figures(study: StudyFolder) -> dict[str, dict[str, str]]:
    """Draw each figure in both languages, write it as PNG and SVG; returns the SVG texts."""
    import matplotlib.pyplot as plt

    from cleanpark.analysis.figures.studies import draw_all

    drawings: dict[str, dict[str, str]] = {}
    for tongue in LANGUAGES:
        for name, figure in draw_all(study, tongue).items():
            drawings.setdefault(name, {})[tongue] = save_figure(
                figure, study.folder / "figures", f"{name}.{tongue}"
            )
            plt.close(figure)
    remove_former(study.folder / "figures", drawings)
    return drawings


def remove_former(folder: Path, drawings: dict[str, dict[str, str]]) -> None:
    """Take out figures of an earlier report that this one does not have."""
    from cleanpark.analysis.figures.studies import FIGURES

    known = {name for figures in FIGURES.values() for name in figures}
    for path in folder.glob("*.*.*"):
        name = path.name.partition(".")[0]
        if name in known and name not in drawings:
            path.unlink()


def save_figure(figure: Figure, folder: Path, name: str) -> str:
    """Write one figure as PNG and SVG; returns the SVG text."""
    from cleanpark.analysis.figures.comparison import svg_text

    text = svg_text(figure)
    write_text(folder / f"{name}.svg", text)
    write_whole(folder / f"{name}.png", lambda aside: figure.savefig(aside, format="png", dpi=150))
    return text


def body(study: StudyFolder, drawings: dict[str, dict[str, str]], language: str) -> dict[str, Any]:
    """Everything a page says, in one language."""
    about = study.about
    return {
        "title": about.get("title", {}).get(language, study.kind),
        "question": question(study, language),
        "findings": findings(study, language),
        "run": run_lines(study, language),
        "parameters": parameter_rows(study, language),
        "headers": [say(key, language) for key in
                    ("parameter", "range", "unit", "scale", "distribution", "certainty")],
        "figures": [{"name": name, "title": say(name, language), "source": embedded(one[language])}
                    for name, one in drawings.items()],
        "design": design_table(study, language),
        "tables": tables(study, language),
        "remarks": remarks(study, language),
        "reproduce": [str(about[key]) for key in ("command", "python") if about.get(key)],
        "limits": say("limit_text", language),
        "say": {key: say(key, language) for key in (
            "question", "answer", "what_was_run", "parameters", "tables", "figures", "reproduce",
            "limits")},
        "version": f"{about.get('version', '')} (sha256 {about.get('sources', '')[:12]})",
    }  # fmt: skip


def run_lines(study: StudyFolder, language: str) -> list[str]:
    """Scenarios with their parts in the study, park and horizon, and what was run."""
    about = study.about
    colon = "：" if language == "zh" else ": "
    lines = [
        f"{say(role, language)}{colon}"
        + say(
            "named",
            language,
            title=one["title"][language],
            name=one["name"],
            sha256=one["sha256"][:12],
        )
        for role, one in zip(roles(study), about.get("scenarios", []), strict=False)
    ]
    park = about.get("park")
    if park:
        place = say("place", language, title=park["title"][language], name=park["name"],
                    enterprises=f"{park['enterprises']:,}", quarters=about["quarters"])  # fmt: skip
        lines.append(f"{say('park', language)}{colon}{place}")
    if about.get("history"):
        lines.append(say("history_line", language, **about["history"]))
    return [*lines, *search_lines(study, language), runs_line(study, language)]


def roles(study: StudyFolder) -> list[str]:
    """What each scenario of the record is to the study."""
    count = len(study.about.get("scenarios", []))
    first, others = {
        "optimize": ("changed", "reference"),
        "attribute": ("examined", "reference"),
        "discover": ("examined", "compared"),
        "robustness": ("compared", "compared"),
    }.get(study.kind, ("scenario", "scenario"))
    return [first, *[others] * (count - 1)][:MOST_SCENARIOS]


def runs_line(study: StudyFolder, language: str) -> str:
    """What was run under how many seeds, and how many runs failed."""
    failed = study.about.get("failed") or 0
    key = "some_failed" if failed else "none_failed"
    fresh = "fresh_" if study.kind == "optimize" else ""
    return say("many_runs", language, what=rows_words(study, language),
               seeds=seed_words(len(study.about["seeds"]), language, fresh),
               runs=f"{study.about['runs']:,}",
               failed=say(key, language, count=f"{failed:,}"))  # fmt: skip


def seed_words(count: int, language: str, fresh: str = "") -> str:
    """A number of seeds."""
    return say(f"{fresh}{'seed' if count == 1 else 'seeds'}", language, count=count)


def rows_words(study: StudyFolder, language: str) -> str:
    """The rows that were run, as the kind of study makes them."""
    settings, samples = study.about.get("settings", {}), int(study.about["samples"])
    told: dict[str, Any] = {"samples": f"{samples:,}"}
    key = "samples"
    if study.kind in ("sobol", "morris"):
        key = "base_samples" if study.kind == "sobol" else "trajectories"
        told["base"] = f"{settings['base_samples']:,}"
    elif study.kind == "discover" and settings.get("futures"):
        key = "futures"
        told.update(base=f"{settings['futures']:,}", policies=len(settings["policies"]))
    elif study.kind == "attribute":
        key = "subsets"
    elif study.kind == "optimize":
        key = "recheck"
        told["mixes"] = samples - 1
    elif study.kind == "own":
        key = "design_row" if samples == 1 else "design_rows"
    return say(key, language, **told)


def search_lines(study: StudyFolder, language: str) -> list[str]:
    """What a search ran before its best mixes were rechecked: a study for each generation."""
    folders = sorted((study.folder / "search").glob("g*")) if study.kind == "optimize" else []
    records = [record for one in folders if (record := read_record(one))]
    if not records:
        return []
    # A search begins with one mix alone, to see how many objectives there are.
    generations = [one for one in records if one["samples"] > 2] or records
    return [say("search_runs", language, generations=len(generations),
                mixes=f"{sum(one['samples'] - 1 for one in generations):,}",
                seeds=seed_words(len(records[0]["seeds"]), language),
                runs=f"{sum(one['runs'] for one in records):,}")]  # fmt: skip


def parameter_rows(study: StudyFolder, language: str) -> list[list[str]]:
    """Parameters with range, unit, scale, distribution, certainty."""
    return [
        [
            say("titled", language, title=row["title"][language], name=row["name"]),
            SEPARATOR[language].join(choice_name(one, language) for one in row["choices"])
            or f"{row['low']:g} … {row['high']:g}",
            unit_words(row["unit"], language),
            *(kind_words(row[key], language) for key in ("scale", "distribution", "certainty")),
        ]
        for row in study.about["parameters"]
    ]


def design_table(study: StudyFolder, language: str) -> dict[str, Any] | None:
    """A design of one's own as it was given, with titles and units."""
    if study.kind != "own":
        return None
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
    return {"name": say("design", language), "columns": [COLUMNS["sample"][language], *titles],
            "rows": rows, "note": note}  # fmt: skip


def markdown(content: dict[str, Any], language: str) -> str:
    """The report as Markdown; figures are linked. A heading with nothing below it is left out."""
    words = content["say"]
    lines = [f"# {content['title']}", "", f"**{words['question']}**: {content['question']}", ""]
    lines += section(words["answer"], bullets(content["findings"]))
    run = [*bullets(content["run"]), *design_lines(content["design"])]
    lines += section(words["what_was_run"], run)
    lines += section(words["parameters"], grid(content["headers"], content["parameters"]))
    figures = []
    for figure in content["figures"]:
        path = f"figures/{figure['name']}.{language}.png"
        figures += [f"### {figure['title']}", "", f"![{figure['title']}]({path})", ""]
    lines += section(words["figures"], figures)
    lines += section(words["tables"], table_lines(content))
    lines += [f"## {words['reproduce']}", "", f"cleanpark {content['version']}", ""]
    lines += [f"    {one}" for one in content["reproduce"]]
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
