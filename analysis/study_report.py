"""The report of a study: a page in both languages, Markdown, and the figures as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.report import embedded, rendered
from cleanpark.analysis.results import write_text, write_whole
from cleanpark.analysis.study_findings import findings, question
from cleanpark.analysis.study_folder import StudyFolder, read_study
from cleanpark.analysis.study_wording import say
from cleanpark.analysis.wording import LANGUAGES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_ROWS = 40


def write_report(folder: str | Path, language: str = "en") -> list[Path]:
    """Write report.html, report.md, report.zh.md and the figures into a study's folder.

    Made again from the same tables, the files are the same. Raises InputError where the folder
    holds no finished study.
    """
    study = read_study(folder)
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

    from cleanpark.analysis.study_plots import draw_all

    drawings: dict[str, dict[str, str]] = {}
    for tongue in LANGUAGES:
        for name, figure in draw_all(study, tongue).items():
            drawings.setdefault(name, {})[tongue] = save_figure(
                figure, study.folder / "figures", f"{name}.{tongue}"
            )
            plt.close(figure)
    return drawings


def save_figure(figure: Figure, folder: Path, name: str) -> str:
    """Write one figure as PNG and SVG; returns the SVG text."""
    from cleanpark.analysis.plots import svg_text

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
        "tables": [table_of(study, name, language) for name in study.tables],
        "reproduce": [str(about[key]) for key in ("command", "python") if about.get(key)],
        "limits": say("limit_text", language),
        "say": {key: say(key, language) for key in (
            "question", "answer", "what_was_run", "tables", "figures", "reproduce", "limits")},
        "version": f"{about.get('version', '')} (sha256 {about.get('sources', '')[:12]})",
    }  # fmt: skip


def run_lines(study: StudyFolder, language: str) -> list[str]:
    """Scenario, park, horizon, seeds, runs."""
    about = study.about
    lines = [
        f"{say('scenario', language)}: {one['title'][language]} ({one['name']}, "
        f"sha256 {one['sha256'][:12]})"
        for one in about.get("scenarios", [])[:20]
    ]
    numbers = {
        "samples": f"{about['samples']:,}",
        "seeds": len(about["seeds"]),
        "runs": f"{about['runs']:,}",
        "failed": f"{about.get('failed') or 0:,}",
    }
    park = about.get("park")
    if not park:
        return [*lines, say("size_function", language, **numbers)]
    lines.append(f"{say('park', language)}: {park['title'][language]} ({park['name']})")
    if about.get("history"):
        lines.append(say("history_line", language, **about["history"]))
    more = {"enterprises": f"{park['enterprises']:,}", "quarters": about["quarters"]}
    return [*lines, say("size", language, **numbers, **more)]


def parameter_rows(study: StudyFolder, language: str) -> list[list[str]]:
    """Parameters with range, unit, scale, distribution, certainty."""
    return [
        [
            f"{row['title'][language]} ({row['name']})",
            ", ".join(row["choices"]) or f"{row['low']:g} … {row['high']:g}",
            row["unit"],
            row["scale"],
            row["distribution"],
            row["certainty"],
        ]
        for row in study.about["parameters"]
    ]


def table_of(study: StudyFolder, name: str, language: str) -> dict[str, Any]:
    """The first rows of a table as text."""
    table = study.tables[name]
    if "quarter" in table:
        table = table[table["quarter"] == ""].drop(columns="quarter")
    shown = table.head(MOST_ROWS)
    note = ""
    if len(table) > len(shown):
        note = say("rows_shown", language, count=len(shown), of=f"{len(table):,}")
    rows = [[cell(value) for value in row] for row in shown.itertuples(index=False)]
    return {"name": f"{name}.csv", "columns": list(shown.columns), "rows": rows, "note": note}


def cell(value: Any) -> str:
    """A value as a reader wants it: numbers with four digits, undefined ones as a dash."""
    if isinstance(value, bool) or not isinstance(value, float):
        return str(value)
    if value != value:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1e4 else f"{value:.4g}"


def markdown(content: dict[str, Any], language: str) -> str:
    """The report as Markdown; figures are linked."""
    words = content["say"]
    lines = [f"# {content['title']}", "", f"**{words['question']}**: {content['question']}", ""]
    lines += [f"## {words['answer']}", "", *[f"- {one}" for one in content["findings"]], ""]
    lines += [f"## {words['what_was_run']}", "", *[f"- {one}" for one in content["run"]], ""]
    lines += grid(content["headers"], content["parameters"])
    lines += [f"## {words['figures']}", ""]
    for figure in content["figures"]:
        path = f"figures/{figure['name']}.{language}.png"
        lines += [f"### {figure['title']}", "", f"![{figure['title']}]({path})", ""]
    lines += [f"## {words['tables']}", ""]
    for table in content["tables"]:
        lines += [f"### {table['name']}", "", *grid(table["columns"], table["rows"])]
        lines += [table["note"], ""] if table["note"] else []
    lines += [f"## {words['reproduce']}", "", f"cleanpark {content['version']}", ""]
    lines += [f"    {one}" for one in content["reproduce"]]
    lines += ["", f"## {words['limits']}", "", content["limits"], ""]
    return "\n".join(lines)


def grid(headers: list[str], rows: list[list[str]]) -> list[str]:
    """A Markdown table."""
    if not rows:
        return []
    lines = ["| " + " | ".join(headers) + " |", "|" + "---|" * len(headers)]
    return [*lines, *["| " + " | ".join(row) + " |" for row in rows], ""]
