"""The command line: every job of cleanpark from a terminal, in English or Chinese."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.analysis.comparison import Comparison
    from cleanpark.scenarios.park import Park

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="What audits, tax incentives and penalties do to an industrial park.\n\n"
    "审核、税收激励与处罚对工业园区的影响。",
)
scenarios_app = typer.Typer(no_args_is_help=True, help="Policy scenarios 政策情景")
parks_app = typer.Typer(no_args_is_help=True, help="Parks 园区")
app.add_typer(scenarios_app, name="scenarios")
app.add_typer(parks_app, name="parks")

Language = Annotated[
    str, typer.Option("--language", envvar="CLEANPARK_LANGUAGE", help="en or zh 语言")
]
ParkName = Annotated[str, typer.Option("--park", help="Packaged park, .toml or .csv file 园区")]
Levers = Annotated[
    list[str] | None, typer.Option("--set", help="Override a lever: name=value 覆盖政策参数")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else")]
Engine = Annotated[str, typer.Option("--engine", help="auto, agents or compiled 引擎")]
Quarters = Annotated[int, typer.Option("--quarters", help="Quarters from 2026-Q1 季度数")]
Enterprises = Annotated[
    int | None, typer.Option("--enterprises", help="Size of a packaged park 企业数")
]

BYTES_PER_ENTERPRISE = 1400
"""Memory that a run takes for each enterprise: state, draws, links, columns (measured)."""


def fail(message: str) -> typer.Exit:
    """Print one message on standard error; the exit to raise."""
    typer.echo(f"cleanpark: {message}", err=True)
    return typer.Exit(2)


def check_language(language: str) -> str:
    """The language, or a clear refusal."""
    from cleanpark.scenarios.errors import InputError

    if language not in ("en", "zh"):
        raise InputError(f"--language {language}: choose en or zh")
    return language


def lever_values(given: list[str] | None) -> dict[str, Any]:
    """Levers from ``name=value`` words; a value may be a number, a choice, or dated JSON."""
    from cleanpark.scenarios.errors import InputError

    values: dict[str, Any] = {}
    for word in given or []:
        name, sign, text = word.partition("=")
        if not sign or not name or not text:
            raise InputError(f"--set {word}: write name=value, such as fine=20")
        try:
            values[name.strip()] = json.loads(text)
        except json.JSONDecodeError:
            values[name.strip()] = text.strip()
    return values


def chosen_park(name: str, enterprises: int | None) -> Park:
    """The park, after an account of a user's file on standard error, if memory holds it."""
    from cleanpark.scenarios.errors import ParkError
    from cleanpark.scenarios.park import park

    found = park(name, enterprises=enterprises)
    if found.account is not None:
        for line in found.account.lines():
            typer.echo(line, err=True)
    needed = found.enterprises * BYTES_PER_ENTERPRISE
    available = free_memory()
    if needed > available:
        raise ParkError(
            f"park '{found.name}': {found.enterprises:,} enterprises need about "
            f"{needed / 1e9:.1f} GB of memory, {available / 1e9:.1f} GB are free"
        )
    return found


def free_memory() -> float:
    """Bytes of memory that are free, or a large number where the system does not say."""
    try:
        with open("/proc/meminfo") as file:
            for line in file:
                if line.startswith("MemAvailable:"):
                    return 1024.0 * float(line.split()[1])
    except OSError:
        pass
    return 1e18


def print_table(title: str, columns: list[str], rows: list[list[str]]) -> None:
    """A table: drawn on a terminal, plain when piped."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    piped = not sys.stdout.isatty()
    console = Console(width=160 if piped else None, no_color=piped, highlight=False)
    table = Table(title=title, title_justify="left", box=None if piped else _box(), pad_edge=False)
    for place, column in enumerate(columns):
        table.add_column(Text(column), justify="left" if place == 0 else "right", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _box() -> Any:
    from rich import box

    return box.SIMPLE_HEAD


def print_frame(frame: pd.DataFrame, as_json: bool, title: str, columns: list[str]) -> None:
    """A frame as a table of some columns, or whole as JSON."""
    if as_json:
        typer.echo(frame.to_json(orient="records", force_ascii=False))
        return
    rows = [[str(value) for value in row] for row in frame[columns].itertuples(index=False)]
    print_table(title, columns, rows)


def progress_bar(total: int) -> Any:
    """A bar on a terminal's standard error; nothing when piped."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.completed}/{task.total} seeds"),
        BarColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not sys.stderr.isatty(),
        transient=True,
    )
    bar.add_task("seeds", total=total)
    return bar


HEADLINES = ("pollution_equivalents", "carbon_dioxide", "compliance_true", "audit_coverage",
             "enterprise_cost", "treasury_net")  # fmt: skip
SHORT = {
    "pollution_equivalents": {"en": "Pollution", "zh": "污染当量"},
    "carbon_dioxide": {"en": "CO2", "zh": "二氧化碳"},
    "compliance_true": {"en": "Compliant", "zh": "真实达标"},
    "audit_coverage": {"en": "Audited", "zh": "审核覆盖"},
    "enterprise_cost": {"en": "Enterprises pay", "zh": "企业成本"},
    "treasury_net": {"en": "Treasury", "zh": "财政"},
}


def headline_cell(comparison: Comparison, name: str, key: str, language: str) -> str:
    """One cell of the terminal's table: change of a total, or value of a share."""
    from cleanpark.analysis.wording import number, percent
    from cleanpark.model.outcomes import outcome

    row = comparison.row(name, key)
    unit = outcome(key).unit
    if name == comparison.reference or unit == "share":
        text = number(row["mean"], unit, language)
        same = unit == "share" and not row["distinguishable"] and name != comparison.reference
        return f"{text} ≈" if same else text
    if not row["distinguishable"]:
        return "≈"
    if unit == "CNY":
        sign = "+" if row["difference"] > 0 else ""
        return sign + number(row["difference"], "CNY", language).replace("CNY ", "")
    return percent(row["percent"], language)


def show_comparison(comparison: Comparison, language: str) -> None:
    """The main table and the findings in words."""
    from cleanpark.analysis.findings import key_findings

    base = comparison.title(comparison.reference, language)
    title = {
        "en": f"Against “{base}”, whole horizon (money in CNY; ≈ not distinguishable)",
        "zh": f"与“{base}”相比，全期（≈ 表示无法区分）",
    }[language]
    columns = [{"en": "Scenario", "zh": "情景"}[language], *(SHORT[k][language] for k in HEADLINES)]
    rows = [
        [
            comparison.title(name, language),
            *(headline_cell(comparison, name, key, language) for key in HEADLINES),
        ]
        for name in comparison.names
    ]
    print_table(title, columns, rows)
    for line in key_findings(comparison, language):
        typer.echo(f"- {line}")


def run_comparison(
    scenarios: list[str],
    place: Park,
    seeds: int,
    quarters: int,
    reference: str,
    engine: str,
    workers: int,
    levers: dict[str, Any],
) -> Comparison:
    """The comparison with a progress bar; levers override all but the reference."""
    from cleanpark.analysis.comparison import compare, with_reference
    from cleanpark.scenarios.scenario import scenario

    chosen, base = with_reference(scenarios or None, reference)  # type: ignore[arg-type]
    if levers:
        chosen = [one if one.name == base else one.with_levers(**levers) for one in chosen]
    with progress_bar(seeds) as bar:

        def advance(done: int, _total: int) -> None:
            bar.update(bar.task_ids[0], completed=done)

        return compare(
            chosen, place, seeds, quarters, scenario(reference), engine, workers, advance
        )


@app.command()
def compare(
    scenarios: Annotated[
        list[str] | None, typer.Argument(help="Packaged names or .toml files; all by default")
    ] = None,
    park: ParkName = "mixed",
    enterprises: Enterprises = None,
    seeds: Annotated[int, typer.Option("--seeds", help="Number of random seeds 随机种子数")] = 20,
    quarters: Quarters = 60,
    reference: Annotated[str, typer.Option("--reference", help="Compare with 参照")] = "voluntary",
    output: Annotated[
        Path | None, typer.Option("--output", help="Folder for tables, figures and page 输出")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace earlier results")] = False,
    engine: Engine = "auto",
    workers: Annotated[int, typer.Option("--workers", help="Processes; -1 for all cores")] = 1,
    set_: Levers = None,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Compare policy scenarios with a reference, with intervals. 比较政策情景。"""
    from cleanpark.analysis.store import check_folder

    check_language(language)
    levers = lever_values(set_)
    if output is not None:
        check_folder(output, replace)
    place = chosen_park(park, enterprises)
    found = run_comparison(
        scenarios or [], place, seeds, quarters, reference, engine, workers, levers
    )
    if as_json:
        from cleanpark.analysis.store import provenance

        rows = json.loads(found.table.to_json(orient="records", double_precision=15))
        record = {"comparison": rows, **provenance(found, language)}
        typer.echo(json.dumps(record, ensure_ascii=False))
    else:
        show_comparison(found, language)
    if output is not None:
        found.save(output, language, replace)
        typer.echo(where_it_is(output, language), err=as_json)


def where_it_is(folder: Path, language: str) -> str:
    """One sentence that says where the results are."""
    return {
        "en": f"Tables, figures and the page are in {folder}: open {folder / 'report.html'}.",
        "zh": f"表格、图和网页在 {folder}：请打开 {folder / 'report.html'}。",
    }[language]


@app.command()
def demo(
    output: Annotated[Path, typer.Option("--output", help="Folder 输出")] = Path("demo"),
    seeds: Annotated[int, typer.Option("--seeds")] = 20,
    quarters: Quarters = 60,
    language: Language = "en",
) -> None:
    """All packaged scenarios on the packaged park, into a folder. 演示。"""
    compare(
        None, "mixed", None, seeds, quarters, "voluntary", output, True, "auto", 1, None, language,
        False,
    )  # fmt: skip


@app.command()
def run(
    scenario: Annotated[str, typer.Argument(help="Packaged name or .toml file")] = "voluntary",
    park: ParkName = "mixed",
    enterprises: Enterprises = None,
    seed: Annotated[int, typer.Option("--seed", help="Random seed 随机种子")] = 1,
    quarters: Quarters = 60,
    engine: Engine = "auto",
    set_: Levers = None,
    trace: Annotated[
        str | None, typer.Option("--trace", help="Tell this enterprise's story 跟踪企业")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="CSV file of all quarters 输出文件")
    ] = None,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Run one scenario once, or tell one enterprise's story. 运行一个情景。"""
    from cleanpark.analysis.comparison import check_settings
    from cleanpark.scenarios.scenario import scenario as load

    check_language(language)
    check_settings(quarters, engine, 1)
    policy = load(scenario, **lever_values(set_))
    place = chosen_park(park, enterprises)
    if trace is not None:
        from cleanpark.model.trace import story_lines
        from cleanpark.model.trace import trace as tell

        for line in story_lines(tell(policy, place, trace, seed, quarters)):
            typer.echo(line)
        return
    run_once(policy, place, seed, quarters, engine, output, language, as_json)


def run_once(
    policy: Any,
    place: Park,
    seed: int,
    quarters: int,
    engine: str,
    output: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """One run: horizon values on the screen, all quarters into a file."""
    from cleanpark.analysis.wording import number
    from cleanpark.model.outcomes import OUTCOME_NAMES, OUTCOMES, outcome_values
    from cleanpark.model.park_model import ParkModel

    model = ParkModel(policy, place, rng=seed, engine=engine, quarters=quarters).run()
    if output is not None:
        write_csv(model.outcomes(), output)
    cells = model.cells.sum(axis=(0, 1, 2))
    values = outcome_values(cells, model.park_sums.sum(axis=(0, 1)))
    if as_json:
        import math

        shown = [None if math.isnan(value) else float(value) for value in values]
        record = {"scenario": policy.name, "seed": seed, "quarters": quarters,
                  "outcomes": dict(zip(OUTCOME_NAMES, shown, strict=True))}  # fmt: skip
        typer.echo(json.dumps(record))
        return
    rows = [
        [declared.title[language], number(float(value), declared.unit, language), declared.unit]
        for declared, value in zip(OUTCOMES, values, strict=True)
    ]
    heads = {"en": ["Outcome", "Horizon", "Unit"], "zh": ["指标", "全期", "单位"]}[language]
    print_table(policy.title[language], heads, rows)


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame to a temporary name and move it to its place."""
    from cleanpark.scenarios.errors import InputError

    aside = path.with_name(path.name + ".part")
    try:
        frame.to_csv(aside, index=False)
        aside.replace(path)
    except OSError as cause:
        aside.unlink(missing_ok=True)
        raise InputError(f"{path}: cannot be written ({cause.strerror})") from cause


@scenarios_app.command("list")
def scenarios_list(language: Language = "en", as_json: AsJson = False) -> None:
    """The packaged scenarios. 列出情景。"""
    from cleanpark.scenarios.scenario import scenarios

    check_language(language)
    names = ["name", f"title_{language}", "extends", f"description_{language}"]
    print_frame(scenarios(), as_json, "", names)


@scenarios_app.command("show")
def scenarios_show(name: str, language: Language = "en", as_json: AsJson = False) -> None:
    """A scenario with all that differs from the defaults, and the sources. 显示情景。"""
    from cleanpark.scenarios.levers import levers
    from cleanpark.scenarios.scenario import scenario

    check_language(language)
    found = scenario(name)
    if as_json:
        typer.echo(json.dumps({"name": found.name, "sha256": found.digest,
                               "levers": found.values()}, ensure_ascii=False))  # fmt: skip
        return
    rows = [
        [lever, levers()[lever].title[language], json.dumps(value, ensure_ascii=False),
         levers()[lever].unit, found.sources.get(lever, "")]
        for lever, value in found.differences().items()
    ]  # fmt: skip
    typer.echo(found.description[language])
    columns = {
        "en": ["lever", "meaning", "value", "unit", "source"],
        "zh": ["参数", "含义", "数值", "单位", "来源"],
    }[language]
    print_table(found.title[language], columns, rows)


@scenarios_app.command("new")
def scenarios_new(
    file: Path,
    extends: Annotated[str, typer.Option("--extends", help="Scenario to start from")] = "voluntary",
    language: Language = "en",
) -> None:
    """Write a scenario file to start from. 新建情景文件。"""
    from cleanpark.scenarios.errors import ScenarioError
    from cleanpark.scenarios.scenario import new_scenario_text

    check_language(language)
    if file.exists():
        raise ScenarioError(f"{file}: is there already; name another file")
    text = new_scenario_text(file.stem, extends, language)
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as cause:
        raise ScenarioError(f"{file}: cannot be written ({cause.strerror})") from cause
    typer.echo(str(file))


@scenarios_app.command("check")
def scenarios_check(file: str) -> None:
    """Say whether a scenario can be used, and what it changes. 检查情景。"""
    from cleanpark.scenarios.scenario import scenario

    found = scenario(file)
    changed = ", ".join(found.differences()) or "nothing"
    typer.echo(f"{found.name}: sound; differs from the defaults in {changed}")


@parks_app.command("list")
def parks_list(language: Language = "en", as_json: AsJson = False) -> None:
    """The packaged parks. 列出园区。"""
    from cleanpark.scenarios.park import parks

    check_language(language)
    frame = parks()
    wanted = [f"title_{language}", "kind", "enterprises"]
    columns = ["name", *(name for name in wanted if name in frame)]
    print_frame(frame, as_json, "", columns)


@parks_app.command("show")
def parks_show(name: str, language: Language = "en") -> None:
    """A park: its numbers with unit, source and certainty. 显示园区。"""
    from cleanpark.scenarios.park import park

    check_language(language)
    found = park(name)
    rows = [
        [key, f"{value.value:g}", value.unit, f"{value.low:g} … {value.high:g}", value.certainty,
         value.source]
        for key, value in found.values.items()
    ]  # fmt: skip
    rows += [[f"sectors.{key}", f"{share:.3f}", "share", "", "", ""]
             for key, share in found.sectors.items()]  # fmt: skip
    print_table(found.title[language], ["name", "value", "unit", "range", "certainty", "source"],
                rows)  # fmt: skip


@parks_app.command("template")
def parks_template(file: Path, language: Language = "en") -> None:
    """Write an example of a park file that runs. 园区文件模板。"""
    from cleanpark.scenarios.errors import ParkError
    from cleanpark.scenarios.park_file import write_template

    check_language(language)
    if file.exists():
        raise ParkError(f"{file}: is there already; name another file")
    write_template(file, language)
    typer.echo(str(file))


@parks_app.command("check")
def parks_check(file: str) -> None:
    """Say what would be taken from a park file, filled in, and refused. 检查园区文件。"""
    from cleanpark.scenarios.park import park

    found = park(file)
    if found.account is not None:
        for line in found.account.lines():
            typer.echo(line)
    typer.echo(f"{found.name}: sound; {found.enterprises} enterprises")


@app.command()
def parameters(
    kind: Annotated[str, typer.Option("--kind", help="all, lever or behaviour")] = "all",
    search: Annotated[str, typer.Option("--search", help="Only names and titles with this")] = "",
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Every lever and behavioural parameter with range, source and certainty. 参数表。"""
    from cleanpark.scenarios.errors import InputError
    from cleanpark.scenarios.scenario import parameters as listed

    check_language(language)
    frame = listed()
    if kind not in ("all", "lever", "behaviour"):
        raise InputError(f"--kind {kind}: choose all, lever or behaviour")
    if kind != "all":
        frame = frame[frame["kind"] == kind]
    text = frame["name"] + " " + frame["title_en"] + " " + frame["title_zh"]
    frame = frame[text.str.contains(search, case=False, regex=False)]
    names = ["name", f"title_{language}", "unit", "default", "low", "high", "certainty", "source"]
    print_frame(frame, as_json, "", names)


@app.command()
def tax(
    discharge: Annotated[
        list[str] | None,
        typer.Option("--discharge", help="flow=amount, kg or t, such as sulfur_dioxide=1200"),
    ] = None,
    limit_ratio: Annotated[
        list[str] | None,
        typer.Option("--limit-ratio", help="medium=concentration over limit, such as air=0.6"),
    ] = None,
    province: Annotated[str, typer.Option("--province", help="Province whose rates hold")] = "",
    rate: Annotated[
        list[str] | None, typer.Option("--rate", help="medium=CNY per equivalent")
    ] = None,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """The environmental protection tax on a discharge, by flow. 环境保护税计算。"""
    from cleanpark.scenarios.errors import InputError
    from cleanpark.scenarios.law import environmental_tax

    check_language(language)
    if not discharge:
        raise InputError("give at least one --discharge flow=amount")
    if bool(province) == bool(rate):
        raise InputError("give either --province or --rate, such as --rate air=1.2")
    rates: Any = province or numbers("--rate", rate)
    ratios = numbers("--limit-ratio", limit_ratio) if limit_ratio else None
    found = environmental_tax(numbers("--discharge", discharge), ratios, rates)
    show_tax(found, language, as_json)


def numbers(option: str, words: list[str] | None) -> dict[str, float]:
    """A mapping from ``name=number`` words."""
    from cleanpark.scenarios.errors import InputError

    values = {}
    for word in words or []:
        name, sign, text = word.partition("=")
        try:
            values[name.strip()] = float(text)
        except ValueError:
            sign = ""
        if not sign:
            raise InputError(f"{option} {word}: write name=number")
    return values


def show_tax(found: Any, language: str, as_json: bool) -> None:
    """Print the breakdown of the tax."""
    frame = found.breakdown
    if as_json:
        rows = json.loads(frame.to_json(orient="records"))
        typer.echo(json.dumps({"flows": rows, "total": float(found.total)}))
        return
    print_frame(frame, False, "", list(frame.columns))
    typer.echo({"en": f"Total: CNY {found.total:,.2f}",
                "zh": f"合计：{found.total:,.2f} 元"}[language])  # fmt: skip


@app.command()
def version() -> None:
    """The version. 版本。"""
    import cleanpark

    typer.echo(cleanpark.__version__)


def main() -> None:
    """Run the command line; bad input exits with 2 and one message, Ctrl-C with 130."""
    code = call()
    sys.stdout.flush()
    sys.exit(code)


def call() -> int:
    """Run the command line and return its exit code."""
    try:
        return int(app(standalone_mode=False) or 0)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except (ValueError, MemoryError, OSError) as problem:
        return reported(problem)
    except (typer.Abort, EOFError):
        return 130
    except Exception as problem:  # noqa: BLE001 - Typer's usage errors have no public type
        return _usage(problem)


def reported(problem: Exception) -> int:
    """One message for what the user can mend; anything else is a fault of ours and shows whole."""
    from cleanpark.scenarios.errors import InputError

    if isinstance(problem, MemoryError):
        fail("not enough memory for this park; take fewer enterprises")
        return 2
    if isinstance(problem, (InputError, OSError)) or "seed" in str(problem):
        fail(str(problem))
        return 2
    raise problem


def _usage(problem: Exception) -> int:
    """Show a usage error of the command line's own; raise anything else again."""
    show = getattr(problem, "show", None)
    if show is None:
        raise problem
    show()
    return int(getattr(problem, "exit_code", 2))


if __name__ == "__main__":
    main()
