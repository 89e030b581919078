"""Everything a run starts from, as arrays: enterprises, teams, parks, sectors, links."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.agents.draws import normal
from cleanpark.agents.elementary import logarithms
from cleanpark.agents.state import (
    ENTERPRISE,
    MAX_OPTIONS,
    MAX_SECTORS,
    N_FLOWS,
    PARK,
    PARK_KINDS,
    TEAM,
    VOC,
)
from cleanpark.agents.technology import HOUSEKEEPING
from cleanpark.agents.treatment import CNY
from cleanpark.model.compiled import compiled_begin
from cleanpark.model.measures import cell_records
from cleanpark.model.measures import park_records as park_sum_records
from cleanpark.model.network import links
from cleanpark.model.outlook import LONGEST_NOTICE, known_ahead
from cleanpark.model.regimes import check_targets, with_targets
from cleanpark.model.scene import Links, Run, Seen
from cleanpark.model.streams import initial_draws, team_draws
from cleanpark.scenarios.errors import ParkError
from cleanpark.scenarios.flows import FLOWS, flow_table
from cleanpark.scenarios.idle import check_parks
from cleanpark.scenarios.park import Park, catalogue_of
from cleanpark.scenarios.records import SECTOR, behaviour_record, sector_records
from cleanpark.scenarios.scenario import Scenario
from cleanpark.scenarios.sectors import Sector

Records = NDArray[np.void]
TECHNIQUE = np.dtype(
    [
        *((name, *_subtype) for name, *_subtype in SECTOR.descr),
        ("option_weight", "f8", (MAX_OPTIONS,)),
        ("technique_weight", "f8", (MAX_OPTIONS,)),
        ("housekeeping", "u8"),
        ("equivalent", "f8", (N_FLOWS,)),
        ("damage", "f8", (N_FLOWS,)),
    ]
)
"""A sector's record with what the quarter derives from it: each option's share of the
technology potential, and of what the medium and high-cost techniques have of it; the bit set of
housekeeping options; equivalents and damage (10,000 CNY) of a unit of each flow."""

SITE = np.dtype(
    [
        ("technology_mean", "f8"),
        ("technology_spread", "f8"),
        ("attitude_mean", "f8"),
        ("attitude_spread", "f8"),
        ("attitude_technology_correlation", "f8"),
        ("works_connected", "f8"),
    ]
)
GOLDEN = 0.6180339887498949


@dataclass
class World:
    """State of one run; everything a quarter reads or writes apart from the draws."""

    enterprises: Records
    teams: Records
    parks: Records
    sectors: Records
    behaviour: Records
    links: Links
    seen: Seen

    def copy(self) -> World:
        """An independent copy of what a run changes; what it only reads is shared."""
        return World(
            self.enterprises.copy(),
            self.teams.copy(),
            self.parks.copy(),
            self.sectors,
            self.behaviour,
            self.links,
            Seen._make(column.copy() for column in self.seen),
        )

    def run(
        self,
        policies: Any,
        draws: Any,
        cells: NDArray[np.float64],
        park_sums: NDArray[np.float64],
        behaviour: Records | None = None,
    ) -> Run:
        """What quarters of these levers and draws run on; sums are added to in place."""
        return Run(
            self.enterprises,
            self.teams,
            self.parks,
            self.sectors,
            policies,
            self.behaviour if behaviour is None else behaviour,
            draws,
            self.links,
            self.seen,
            cell_records(cells),
            park_sum_records(park_sums),
        )


def option_weights(records: Records) -> NDArray[np.float64]:
    """Share of each option in its sector's worst-to-best potential, mean over the flows; volatile
    organic compounds, which no indicator of an audit measures, are left out."""
    measured = np.delete(records["saving"], VOC, axis=2)
    kept = 1.0 - np.minimum(measured, 0.95)
    left = logarithms(kept)
    total = left.sum(axis=1, keepdims=True)
    share = np.divide(left, total, out=np.zeros_like(left), where=total < 0)
    flows_with_potential = (total < 0).sum(axis=2)
    weights: NDArray[np.float64] = share.sum(axis=2) / flows_with_potential
    return weights


def technique_weights(records: Records) -> NDArray[np.float64]:
    """Share of each medium or high-cost option in what all of its sector's have of the potential;
    zero for no and low-cost ones."""
    weights = np.where(records["low_cost"] > 0, 0.0, records["option_weight"])
    total = weights.sum(axis=1, keepdims=True)
    share: NDArray[np.float64] = np.divide(
        weights, total, out=np.zeros_like(weights), where=total > 0.0
    )
    return share


def housekeeping_options(record: Any) -> int:
    """Bit set of a sector's housekeeping options."""
    kinds = record["option_kind"][: record["options"]]
    return sum(1 << int(option) for option in np.flatnonzero(kinds == HOUSEKEEPING))


@functools.lru_cache(maxsize=8)
def technique_records(catalogue: tuple[Sector, ...]) -> Records:
    """Records of the sectors with the derived columns."""
    base = sector_records(catalogue)
    records = np.zeros(len(base), dtype=TECHNIQUE)
    for name in SECTOR.names or ():
        records[name] = base[name]
    records["option_weight"] = option_weights(base)
    records["technique_weight"] = technique_weights(records)
    records["housekeeping"] = [housekeeping_options(record) for record in base]
    table = flow_table()
    records["equivalent"] = [
        [sector.equivalents_per_unit(flow) for flow in FLOWS] for sector in catalogue
    ]
    records["damage"] = [table[flow].damage_cost * CNY for flow in FLOWS]
    return records


def sector_numbers(park: Park, catalogue: Sequence[Sector]) -> NDArray[np.int32]:
    """Sector of each enterprise of a park by its mix.

    A low-discrepancy sequence keeps the mix close to the park's shares in any number of
    enterprises, and one more enterprise changes nobody else's sector.
    """
    names = [sector.name for sector in catalogue]
    if park.table is not None:
        return np.array([names.index(name) for name in park.table["sector"]], dtype=np.int32)
    shares = np.array([park.sectors.get(name, 0.0) for name in names])
    bounds = np.cumsum(shares) / shares.sum()
    points = (0.5 + np.arange(park.enterprises) * GOLDEN) % 1.0
    return np.minimum(np.searchsorted(bounds, points), len(names) - 1).astype(np.int32)


def site_records(parks: Sequence[Park]) -> Records:
    """What each park says of its enterprises at the start."""
    sites = np.zeros(len(parks), dtype=SITE)
    for place, park in enumerate(parks):
        for name in SITE.names or ():
            sites[place][name] = getattr(park, name)
    return sites


def park_records(parks: Sequence[Park], behaviour: Records, most_teams: int) -> Records:
    """State of the parks before the first quarter."""
    records = np.zeros(len(parks), dtype=PARK)
    for place, park in enumerate(parks):
        record = records[place]
        record["kind"] = PARK_KINDS.index(park.kind)
        record["count"] = park.enterprises
        record["first_team"] = place * most_teams
        record["teams"] = 1
        record["compares_teams"] = 1
        record["works_fee"] = park.works_fee * CNY
        record["works_removal"] = park.works_removal
        record["works_limit"] = behaviour["works_limit"][0]
        record["mean_weight"] = 1.0
        record["mean_group"] = 1.0
        record["price"] = record["demand"] = 1.0
        record["reported_saving"] = 0.01
        record["pass_share"] = 0.5
        record["reference_scale"] = 1.0
    return records


def team_records(seed: int, parks: int, most_teams: int) -> Records:
    """Teams of all parks, each with a skill and a temperament of its own."""
    teams = np.zeros(parks * most_teams, dtype=TEAM)
    uniforms = np.concatenate([team_draws(seed, place, most_teams) for place in range(parks)])
    teams["park"] = np.repeat(np.arange(parks), most_teams)
    teams["skill"] = [normal(value) for value in uniforms[:, 0].tolist()]
    teams["temperament"] = [normal(value) for value in uniforms[:, 1].tolist()]
    return teams


def most_teams(policies: Records, parks: Sequence[Park]) -> int:
    """Largest number of audit teams any park has in any quarter."""
    largest = max(park.enterprises for park in parks)
    return max(1, int(float(policies["audit_teams"].max()) / 100.0 * largest + 0.5))


def change_policy(
    world: World,
    seed: int,
    policies: Records,
    parks: Sequence[Park],
    behaviour: dict[str, float],
) -> None:
    """Let a world go on under other levers, shape (quarters, parks), and behaviour, in place.

    Behaviour that acts only at the start, such as how enterprises differ, has acted.
    """
    world.behaviour = behaviour_record(behaviour)
    world.parks["works_limit"] = world.behaviour["works_limit"][0]
    with_teams(world, seed, most_teams(policies, parks))


def with_teams(world: World, seed: int, teams: int) -> None:
    """Make room for more teams in each park; those there keep their number and their record."""
    parks = len(world.parks)
    old = len(world.teams) // parks
    if teams <= old:
        return
    records = team_records(seed, parks, teams)
    for place in range(parks):
        here = slice(place * teams, place * teams + old)
        records[here] = world.teams[place * old : (place + 1) * old]
        met = (world.enterprises["park"] == place) & (world.enterprises["team"] >= place * old)
        world.enterprises["team"][met] += place * (teams - old)
    world.teams = records
    world.parks["first_team"] = np.arange(parks) * teams


def check_size(parks: Sequence[Park], catalogue: Sequence[Sector]) -> None:
    """Refuse what the records cannot hold."""
    if len(catalogue) > MAX_SECTORS:
        raise ParkError(
            "{count} sectors: at most {most} are possible",
            count=len(catalogue),
            most=MAX_SECTORS,
        )
    if not parks:
        raise ParkError("no park given: name at least one")


def build_world(
    parks: Sequence[Park],
    seed: int,
    teams: int,
    behaviour: dict[str, float] | None = None,
    catalogue: Sequence[Sector] | None = None,
    calibrated: bool = True,
) -> World:
    """The state at the start of quarter 0 for one seed; it does not depend on any policy.

    A user's park is calibrated so that its first year comes out as its file says
    (cleanpark.model.calibration), unless ``calibrated`` is false.
    """
    found = tuple(catalogue if catalogue is not None else catalogue_of(parks))
    check_size(parks, found)
    technique = technique_records(found)
    values = behaviour_record(behaviour or {})
    count = sum(park.enterprises for park in parks)
    enterprises = np.zeros(count, dtype=ENTERPRISE)
    sizes = [park.enterprises for park in parks]
    enterprises["park"] = np.repeat(np.arange(len(parks)), sizes)
    enterprises["regime"] = enterprises["park"]
    enterprises["sector"] = np.concatenate([sector_numbers(park, found) for park in parks])
    sites = site_records(parks)
    order = np.empty((count, 3))
    for first, draws in initial_draws(seed, count):
        order[first : first + len(draws)] = draws["rings"]
        compiled_begin()(enterprises, technique, values, sites, draws, first)
    apply_known(enterprises, parks, technique, values)
    if calibrated:
        calibrate(enterprises, parks, technique, found)
    return World(
        enterprises,
        team_records(seed, len(parks), teams),
        park_records(parks, values, teams),
        technique,
        values,
        links(enterprises["park"], enterprises["sector"], order),
        nothing_seen(count),
    )


def nothing_seen(count: int) -> Seen:
    """Columns into which a quarter copies what others learn from."""
    return Seen(
        sector=np.zeros(count, np.int32),
        implemented=np.zeros(count, np.uint64),
        attitude=np.zeros(count, np.float64),
        inspected=np.zeros(count, np.int32),
        caught=np.zeros(count, np.int32),
    )


def apply_known(
    enterprises: Records, parks: Sequence[Park], technique: Records, behaviour: Records
) -> None:
    """Replace what was drawn by what a user's table knows of each enterprise."""
    from cleanpark.model.known import set_known

    first = 0
    for park in parks:
        if park.table is not None:
            rows = enterprises[first : first + park.enterprises]
            set_known(rows, park.table, technique, behaviour, park.works_removal)
        first += park.enterprises


def calibrate(
    enterprises: Records, parks: Sequence[Park], technique: Records, catalogue: Sequence[Sector]
) -> None:
    """Correct loads and installations of users' parks, in place."""
    if all(park.table is None for park in parks):
        return
    from cleanpark.model.calibration import calibration, correct

    first = 0
    for park in parks:
        found = calibration(park, catalogue)
        if found is not None:
            rows = enterprises[first : first + park.enterprises]
            correct(rows, park, technique, found.corrections)
        first += park.enterprises


def policy_records(scenario: Scenario, parks: Sequence[Park], quarters: int) -> Records:
    """The levers in force, shape (quarters, rows): the parks', behind them those of targets, and
    behind these, where changes are announced, what enterprises know ahead.

    Raises ScenarioError where the scenario has values for a park that nobody knows.
    """
    return known_ahead(levers_in_force(scenario, parks, quarters + LONGEST_NOTICE), quarters)


def levers_in_force(scenario: Scenario, parks: Sequence[Park], quarters: int) -> Records:
    """The levers in force, shape (quarters, rows): the parks', behind them those of targets."""
    names = [park.name for park in parks]
    check_parks(scenario, names)
    check_targets(scenario, parks)
    schedule: Records = with_targets(scenario, scenario.schedule(quarters, names))
    return schedule
