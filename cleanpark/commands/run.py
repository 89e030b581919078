"""`cleanpark run`: one scenario under one seed, or one enterprise's story."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from cleanpark.commands.console import (
    Column,
    print_json,
    progress,
    rows_of,
    say,
    table,
    tell,
    tell_exactly,
)
from cleanpark.commands.console import language as spoken
from cleanpark.commands.files import hold
from cleanpark.commands.options import (
    Accept,
    EngineOption,
    Enterprises,
    Json,
    Language,
    Output,
    Park,
    Quarters,
    Replace,
    Sectors,
    Settings,
    Units,
)
from cleanpark.commands.parks import given_park, tell_own_park
from cleanpark.scenarios.errors import Listed
from cleanpark.scenarios.folders import user_path
from cleanpark.scenarios.override import apply_settings, settings_of
from cleanpark.scenarios.titles import enterprises_counted

if TYPE_CHECKING:
    from cleanpark.analysis.pages.loading import SavedRun
    from cleanpark.model.park_model import ParkModel
    from cleanpark.scenarios.park import Park as ParkData
    from cleanpark.scenarios.scenario import Scenario

SHOWN = (
    "pollution_equivalents",
    "energy",
    "water",
    "carbon_dioxide",
    "voc",
    "compliance_true",
    "compliance_apparent",
    "audit_coverage",
    "audit_genuine",
    "options_implemented",
    "technology_level",
    "attitude",
    "output",
    "exits",
    "taxes",
    "fines",
    "subsidies",
    "treasury_net",
    "enterprise_cost",
    "external_damage",
)
COLUMNS_OF_YEARS = 3


def run(
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO|FILE", help="Scenario by name or TOML file.")
    ] = "voluntary",
    park: Park = "mixed",
    enterprises: Enterprises = None,
    units: Units = None,
    accept: Accept = None,
    sectors: Sectors = None,
    seed: Annotated[int, typer.Option("--seed", help="Random seed, a whole number from 0.")] = 1,
    quarters: Quarters = 60,
    engine: EngineOption = "auto",
    settings: Settings = None,
    trace: Annotated[
        str | None,
        typer.Option(
            "--trace",
            metavar="ID",
            help="Tell one enterprise's story: its id, or its number from 1.",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    replace: Replace = False,
    as_json: Json = False,
    language: Language = None,
) -> None:
    """Run one scenario once, and see what happens year by year or to one enterprise."""
    from cleanpark.scenarios.scenario import scenario as find

    policy = apply_settings(find(scenario), settings_of(settings))
    place = given_park(park, enterprises, units, accept, sectors)
    check_run(policy, place, seed, quarters, engine, output, replace)
    if trace is not None:
        tell_story(policy, place, trace, seed, quarters, as_json)
        return
    tell_own_park(place, as_json)
    model = finished(policy, place, seed, quarters, engine)
    if output is not None:
        save_run(model, user_path(output), replace)
    if as_json:
        print_json(_content(model))
        return
    print_run(told_of(model))
    if output is not None:
        tell(
            say(
                "Every quarter and every enterprise are in {folder}.",
                folder=user_path(output).resolve(),
            )
        )


def check_run(
    policy: Scenario,
    place: ParkData,
    seed: int,
    quarters: int,
    engine: str,
    output: str | None,
    replace: bool,
) -> None:
    """Refuse, before anything starts, what cannot be run or kept."""
    from cleanpark.analysis.comparison.comparison import check_settings
    from cleanpark.analysis.pages.store import check_folder
    from cleanpark.analysis.studies.memory import refuse_too_large
    from cleanpark.model.world import policy_records
    from cleanpark.scenarios.errors import InputError

    check_settings(quarters, engine, 1)
    policy_records(policy, [place], quarters)
    if not 0 <= seed < 2**63:
        raise InputError("--seed {seed}: a whole number from 0 to 2**63 - 1", seed=seed)
    refuse_too_large(place.enterprises, 1, quarters, 1, engine == "agents")
    if output is not None:
        check_folder(user_path(output), replace)
        hold(output)


def finished(policy: Scenario, place: ParkData, seed: int, quarters: int, engine: str) -> ParkModel:
    """The model after its last quarter."""
    from cleanpark.model.park_model import ParkModel

    model = ParkModel(policy, place, rng=seed, engine=engine, quarters=quarters)
    with progress(say("Simulating")) as report:
        while model.running:
            model.step()
            if report is not None:
                report(model.steps, quarters)
    return model


def _over(model: ParkModel, first: int, last: int) -> dict[str, float]:
    """Every outcome over some quarters and all parks."""
    from cleanpark.model.outcomes import OUTCOME_NAMES, outcome_values

    cells = model.cells[first:last].sum(axis=(0, 1, 2))
    values = outcome_values(cells, model.park_sums[first:last].sum(axis=(0, 1)))
    return dict(zip(OUTCOME_NAMES, values.tolist(), strict=True))


def _years(quarters: int) -> list[int]:
    """First quarters of the years to show: the first, some between, the last."""
    last = (quarters - 1) // 4
    steps = min(COLUMNS_OF_YEARS - 1, last)
    return sorted({round(last * step / steps) * 4 if steps else 0 for step in range(steps + 1)})


class Told(NamedTuple):
    """What is printed of a run: ``years`` by first quarter, ``horizon`` over all quarters."""

    policy: Scenario
    parks: Sequence[ParkData]
    seed: int
    quarters: int
    horizon: Mapping[str, float | None]
    years: Mapping[int, Mapping[str, float | None]]


def told_of(model: ParkModel) -> Told:
    """What is printed of a model after its last quarter."""
    quarters = model.quarters
    years = {first: _over(model, first, min(first + 4, quarters)) for first in _years(quarters)}
    return Told(
        model.policy, model.parks, model.seed_number, quarters, _over(model, 0, quarters), years
    )


def print_run(told: Told) -> None:
    """The main outcomes over the horizon and in some years."""
    from cleanpark.analysis.words.numbers import horizon, number, unit
    from cleanpark.model.outcomes import outcome
    from cleanpark.scenarios.dates import FIRST_YEAR

    tongue = spoken()
    tell(
        say(
            "{title}, {park}: {enterprises}, seed {seed}, {horizon}",
            title=tongue.of(told.policy.title),
            park=", ".join(tongue.of(park.title) for park in told.parks),
            enterprises=enterprises_counted(sum(park.enterprises for park in told.parks)),
            seed=told.seed,
            horizon=horizon(told.quarters, tongue),
        )
    )
    periods = [told.horizon, *told.years.values()]
    columns = [Column(say("Outcome")), Column(say("Unit"))]
    columns += [Column(say("Horizon"), right=True, wrap=False)]
    columns += [
        Column(str(FIRST_YEAR + first // 4), right=True, wrap=False) for first in told.years
    ]
    rows = []
    for name in SHOWN:
        declared = outcome(name)
        found = [period.get(name) for period in periods]  # JSON has nothing for what is undefined
        values = [number(math.nan if one is None else one, declared.unit, tongue) for one in found]
        values = [value.removeprefix("CNY ") for value in values]
        rows.append([tongue.of(declared.title), unit(declared.unit, tongue), *values])
    tell()
    table(columns, rows)
    print_law(told.policy, told.quarters)
    tell(say("Totals are sums over the period, shares and levels means; --json has all outcomes."))


def print_law(policy: Scenario, quarters: int) -> None:
    """The law under which the horizon stands, and where the scenario leaves it."""
    from cleanpark.analysis.words.law import beside_the_law
    from cleanpark.scenarios.lawful import holds_by_law

    changes = sorted({one.first for one in holds_by_law(quarters)} - {"2026-Q1"})
    if changes:
        tell(
            say(
                "The law of each quarter holds; it changes in {quarters} (cleanpark law).",
                quarters=Listed(changes),
            )
        )
    for line in beside_the_law(policy, spoken(), quarters):
        tell(say("Beside the law: {line}", line=line))


def _content(model: ParkModel) -> dict[str, Any]:
    from cleanpark import __version__
    from cleanpark.analysis.words.law import COLUMNS, beside_the_law, law_rows

    return {
        "version": __version__,
        "scenario": model.policy.name,
        "scenario_sha256": model.policy.digest,
        "park": model.parks[0].name,
        "park_sha256": model.parks[0].digest,
        "seed": model.seed_number,
        "quarters": model.quarters,
        "engine": model.engine,
        "law": [dict(zip(COLUMNS, row, strict=True)) for row in law_rows(model.quarters, "en")],
        "beside_the_law": beside_the_law(model.policy, "en", model.quarters),
        "horizon": _over(model, 0, model.quarters),
        "outcomes": rows_of(model.outcomes()),
    }


def save_run(model: ParkModel, folder: Path, replace: bool) -> None:
    """Write outcomes by quarter, enterprises at the end, and where they come from."""
    from cleanpark.analysis.escaping import table_in_csv
    from cleanpark.analysis.pages.own_park import park_record, write_own_parks
    from cleanpark.analysis.pages.reproduce import INPUTS, run_inputs, run_reproduction
    from cleanpark.analysis.pages.store import MARK, whole_folder
    from cleanpark.commands.console import plain
    from cleanpark.commands.study import typed

    with whole_folder(folder, replace) as aside:
        table_in_csv(model.outcomes()).to_csv(aside / "outcomes.csv", index=False)
        table_in_csv(model.enterprises()).to_csv(aside / "enterprises.csv", index=False)
        write_own_parks(model.parks, aside, spoken())
        (aside / INPUTS).write_text(run_inputs(model), encoding="utf-8")
        record = {
            **_content(model),
            "parks": [park_record(park) for park in model.parks],
            "years": told_of(model).years,
            "text": model.policy.to_toml(),
            "reproduce": run_reproduction(model, typed(), folder.resolve()),
        }
        del record["outcomes"]
        text = json.dumps(plain(record), ensure_ascii=False, indent=1)
        (aside / MARK).write_text(text, encoding="utf-8")


def tell_story(
    policy: Scenario, place: ParkData, enterprise: str, seed: int, quarters: int, as_json: bool
) -> None:
    """Print what one enterprise decided each quarter, and why."""
    from cleanpark.model.trace import trace

    with progress(say("Simulating")):
        story = trace(policy, place, enterprise, seed, quarters)
    tell_own_park(place, as_json)
    if as_json:
        print_json({"enterprise": enterprise, "story": [dataclasses.asdict(one) for one in story]})
        return
    from cleanpark.analysis.words.story import story_lines

    for line in story_lines(story, spoken()):
        tell_exactly(line)


def tell_run_again(saved: SavedRun) -> None:
    """Print a saved run as it was printed, in the reader's language, from its folder alone."""
    from cleanpark.analysis.pages.restored import inputs_in
    from cleanpark.analysis.studies.inputs import park_from, scenario_from
    from cleanpark.commands.console import note
    from cleanpark.scenarios.errors import InputError

    kept = inputs_in(saved.folder)
    try:
        years = {int(first): one for first, one in saved.about.get("years", {}).items()}
        policy, parks = scenario_from(kept["scenario"]), [park_from(one) for one in kept["parks"]]
        told = Told(policy, parks, kept["seed"], kept["quarters"], saved.about["horizon"], years)
    except InputError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as cause:
        raise InputError("{file}: is damaged; run it again", file=saved.folder) from cause
    print_run(told)
    if not years:
        note(say("Not told again: single years, which the version that ran it did not keep."))
