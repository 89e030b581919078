"""How often 95 % intervals of paired differences hold the truth, measured over thousands of seeds.

``python benchmarks/intervals.py`` compares all packaged scenarios with ``voluntary`` on a small
park, takes the mean over all seeds for the truth, and draws samples of 3, 10 and 30 seeds from
them. It prints tables as Markdown; ``--keep`` puts them into docs/statistics.md. Blocks of seeds
that are done stand in the folder of ``--output`` and are not run again, so that it goes on when cut
off.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

import numpy as np

import cleanpark as cp
from cleanpark.analysis.statistics.paired import gaps_of, paired
from cleanpark.analysis.statistics.rare import COCHRAN, seeds_needed, skewness
from cleanpark.model.outcomes import OUTCOME_NAMES, outcome
from cleanpark.model.sources import sources_digest

DOCS = Path(__file__).resolve().parent.parent / "docs" / "statistics.md"
OUTCOMES = ("pollution_equivalents", "energy", "carbon_dioxide", "water", "compliance_true",
            "audit_coverage", "enterprise_cost", "treasury_net", "society_cost",
            "exits")  # fmt: skip
SIZES = (3, 10, 30)
BLOCK = 100
SAMPLES = 1_000


def totals(arguments: argparse.Namespace) -> tuple[list[str], Any]:
    """Names of the scenarios and their outcomes over the horizon: (scenario, seed, outcome)."""
    folder = Path(arguments.output)
    folder.mkdir(parents=True, exist_ok=True)
    park = cp.park(arguments.park, arguments.enterprises)
    about = f"{sources_digest()[:12]}-{arguments.park}-{park.enterprises}-{arguments.quarters}"
    parts = []
    for first in range(0, arguments.seeds, BLOCK):
        file = folder / f"{about}-{first}.npz"
        if not file.exists():
            found = cp.compare(park=park, seeds=range(first, first + BLOCK),
                               quarters=arguments.quarters, workers=arguments.workers)  # fmt: skip
            aside = file.with_name(f"unfinished-{file.name}")
            np.savez(aside, totals=found.totals, names=found.names)
            aside.replace(file)
        with np.load(file) as kept:
            parts.append(kept["totals"])
            names = kept["names"].tolist()
    places = [OUTCOME_NAMES.index(name) for name in OUTCOMES]
    return names, np.concatenate(parts, axis=1)[:, :, places]


def measured(gaps: Any, size: int, rng: np.random.Generator) -> dict[str, Any]:
    """Coverage for samples of so many seeds, by column of (seed, column) of paired differences."""
    truth = np.nanmean(gaps, axis=0)
    held, undefined, warned, held_unwarned = (np.zeros(gaps.shape[1]) for _ in range(4))
    for _ in range(SAMPLES):
        sample = gaps[rng.choice(len(gaps), size, replace=False)]
        found = paired(sample, np.zeros_like(sample))
        bounded = np.isfinite(found.low)
        inside = bounded & (found.low <= truth) & (truth <= found.high)
        doubtful = bounded & (seeds_needed(sample) > 0)
        undefined += ~bounded
        held += inside
        warned += doubtful
        held_unwarned += inside & ~doubtful
    bounded_samples = SAMPLES - undefined
    return {
        "coverage": share(held, bounded_samples),
        "undefined": undefined / SAMPLES,
        "warned": share(warned, bounded_samples),
        "unwarned": share(held_unwarned, bounded_samples - warned),
        "held": (held, bounded_samples, warned, held_unwarned),
    }


def share(part: Any, whole: Any) -> Any:
    """A ratio, undefined where the whole is too small to tell one (below a twentieth)."""
    return np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=whole >= SAMPLES / 20)


def percent(value: float) -> str:
    """A share in percent, a dash where it is undefined."""
    return "–" if np.isnan(value) else f"{100 * value:.0f}"


def summary(found: dict[int, Any]) -> str:
    """Coverage of all intervals together, and the lowest of one policy, outcome and size."""
    held = sum(found[size]["held"][0].sum() for size in SIZES)
    bounded = sum(found[size]["held"][1].sum() for size in SIZES)
    lowest = min(float(np.nanmin(found[size]["coverage"])) for size in SIZES)
    return f"All intervals: {percent(held / bounded)} %. The lowest: {percent(lowest)} %."


def needed_table(gaps: Any, policies: list[str]) -> list[str]:
    """Seeds that Cochran's rule asks for, by the skewness under all seeds: the median over
    policies, and the most."""
    every = (COCHRAN * skewness(gaps) ** 2).reshape(len(policies), -1)
    lines = ["| Outcome | Median | Most |", "|---|---:|---|"]
    for place, name in enumerate(OUTCOMES):
        column = every[:, place]
        most = int(np.nanargmax(column))
        lines.append(f"| {outcome(name).title['en']} | {np.nanmedian(column):,.0f} | "
                     f"{column[most]:,.0f} ({policies[most]}) |")  # fmt: skip
    return lines


def coverage_table(found: dict[int, Any], policies: list[str], columns: int) -> list[str]:
    """Coverage by outcome and number of seeds: mean over policies, and the lowest of one."""
    lines = ["| Outcome | " + " | ".join(f"{size} seeds" for size in SIZES) + " |",
             "|---|" + "---|" * len(SIZES)]  # fmt: skip
    for place, name in enumerate(OUTCOMES):
        cells = []
        for size in SIZES:
            values = found[size]["coverage"].reshape(columns, -1)[:, place]
            blank = found[size]["undefined"].reshape(columns, -1)[:, place]
            if np.isnan(values).all():
                cells.append("–")
                continue
            worst = int(np.nanargmin(values))
            text = f"{percent(np.nanmean(values))} ({percent(values[worst])}: {policies[worst]})"
            if blank.mean() >= 0.005:
                text += f", {percent(blank.mean())} undefined"
            cells.append(text)
        lines.append(f"| {outcome(name).title['en']} | " + " | ".join(cells) + " |")
    return lines


def warning_table(found: dict[int, Any]) -> list[str]:
    """Coverage of intervals with and without a warning, over all policies and outcomes."""
    lines = ["| Seeds | All intervals | With a warning | Without | Share with a warning |",
             "|---:|---:|---:|---:|---:|"]  # fmt: skip
    for size in SIZES:
        held, bounded, warned, clean = (part.sum() for part in found[size]["held"])
        lines.append(
            f"| {size} | {percent(held / bounded)} | {percent((held - clean) / max(1, warned))} | "
            f"{percent(clean / max(1, bounded - warned))} | {percent(warned / bounded)} |"
        )
    return lines


def main() -> None:
    """Run what is missing, and print the tables."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument(
        "--output", default="coverage-runs", help="folder of the runs that are done"
    )
    reader.add_argument("--seeds", type=int, default=2_000)
    reader.add_argument("--park", default="mixed")
    reader.add_argument("--enterprises", type=int, default=60)
    reader.add_argument("--quarters", type=int, default=40)
    reader.add_argument("--workers", type=int, default=2)
    reader.add_argument("--keep", action="store_true", help="put the tables into the docs")
    arguments = reader.parse_args()
    names, values = totals(arguments)
    base = names.index("voluntary")
    policies = [name for name in names if name != "voluntary"]
    gaps = np.concatenate([gaps_of(values[names.index(name)], values[base]) for name in policies],
                          axis=1)  # fmt: skip
    rng = np.random.default_rng(0)
    found = {size: measured(gaps, size, rng) for size in SIZES}
    text = "\n".join([
        f"{values.shape[1]:,} seeds, {arguments.park} park of {arguments.enterprises} enterprises, "
        f"{arguments.quarters} quarters, {len(policies)} packaged policies against `voluntary`. In "
        "percent: mean over policies (lowest of a policy).",
        "", *coverage_table(found, policies, len(policies)), "", summary(found), "",
        "Seeds that Cochran's rule asks for, by the skewness of the differences under all of these "
        "seeds:", "", *needed_table(gaps, policies), "",
        "Intervals with and without the warning of few seeds, in percent:", "",
        *warning_table(found),
    ])  # fmt: skip
    print(text)
    if arguments.keep:
        begin, end = "<!-- coverage: begin -->", "<!-- coverage: end -->"
        whole = re.compile(f"{begin}.*{end}", re.DOTALL)
        page = whole.sub(lambda _: f"{begin}\n{text}\n{end}", DOCS.read_text("utf-8"))
        DOCS.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
