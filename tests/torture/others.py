"""Parks, designs, ranges, folders of results and of histories, names: mutated."""

from __future__ import annotations

import csv
import functools
import io
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

from tests.torture.case import Answer, Case, must_refuse, no_opinion
from tests.torture.mutate import HOSTILE, damage, mutated, write
from tests.torture.saved import MADE

SMALL = ["--enterprises", "12", "--quarters", "4", "--seeds", "2"]
HISTORY = ["history", "mandatory", "--until", "2026-Q4", "--enterprises", "12", "--seeds", "2"]
DESIGN = "fine,inspection_rate\n5,0.1\n10,0.2\n20,0.3\n"
RANGES = (
    '[fine]\nlow = 5\nhigh = 40\n\n[inspection_rate]\nlow = 0.05\nhigh = 0.5\nscale = "linear"\n'
)
PARK = """id,sector,output,energy,water,sulfur_dioxide,cod,removal_air,last_audit,monitored
E001,chemicals,12500,7800,96000,5200,4100,0.82,2023-06-15,yes
E002,textile_dyeing,6400,2950,"175,000",,9800,,2021-Q4,
E003,metal_finishing,2300,,38000,,1900,,,yes
E004,metals,21000,19600,,14500,,,,
"""


def made_once(words: Sequence[str], folder: Path) -> Path:
    """A folder that a command writes, made once for all cases."""
    if not folder.exists():
        from tests.torture.worker import call

        answer, problem = call([*words, "--output", str(folder)])
        if answer.code or problem:
            raise RuntimeError(answer.errors + problem)
    return folder


def prepare(common: Path) -> None:
    """Make what cases damage; on the way all is compiled that has to be."""
    made_once(study_words(common), common / "study")
    made_once(HISTORY, common / "history-to-go-on-from")
    for kind, words in MADE.items():
        made_once(words, common / kind)


def study_words(common: Path) -> list[str]:
    """The study that cases damage."""
    path = common / "design.csv"
    path.write_text(DESIGN, encoding="utf-8")
    return ["study", "rows", "mandatory", "--design", str(path), *SMALL, "--outcome", "exits"]


def rows_in(text: str) -> int | None:
    """Enterprises of a park's file as the csv module reads it; None where that cannot be told."""
    rows = [row for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) if any(row)]
    return len(rows) - 1 if rows and len({len(row) for row in rows}) == 1 else None


def park(chance: random.Random, folder: Path, common: Path) -> Case:
    """A park's file; as many enterprises are run as it has rows."""
    text = mutated(PARK, chance)
    path = write(folder / "park.csv", text, chance)
    words = ["run", "mandatory", "--park", str(path), "--quarters", "2", "--output",
             str(folder / "out"), "--json"]  # fmt: skip

    def oracle(answer: Answer) -> str:
        if answer.code and (folder / "out").exists():
            return "refused, and a folder was written"
        try:
            said = rows_in(path.read_bytes().decode("utf-8"))
        except (UnicodeDecodeError, csv.Error):
            return ""
        if not answer.accepted or said is None or '"' in text.replace('"175,000"', ""):
            return ""
        with (folder / "out" / "enterprises.csv").open(encoding="utf-8", newline="") as file:
            done = len(list(csv.reader(file))) - 1
        return f"{said} rows were said, {done} enterprises are done" if said != done else ""

    return Case(words, oracle)


def park_checked(chance: random.Random, folder: Path, common: Path) -> Case:
    """A park's file that is only looked at."""
    path = write(
        folder / f"park.{chance.choice(('csv', 'csv', 'toml'))}", mutated(PARK, chance), chance
    )
    return Case(["parks", "check", str(path), *chance.choice(([], ["--language", "zh"]))])


def design(chance: random.Random, folder: Path, common: Path) -> Case:
    """A design of one's own; every row is run under every seed."""
    text = mutated(DESIGN, chance)
    path = write(folder / "design.csv", text, chance)
    words = ["study", "rows", "mandatory", "--design", str(path), *SMALL, "--outcome", "exits",
             "--output", str(folder / "out")]  # fmt: skip
    if "," not in text:
        return Case(words, must_refuse("it has one column at most"))
    return Case(words, functools.partial(_rows_run, path, folder / "out"))


def _rows_run(path: Path, folder: Path, answer: Answer) -> str:
    import json

    if not answer.accepted:
        return ""
    try:
        said = rows_in(path.read_bytes().decode("utf-8"))
    except (UnicodeDecodeError, csv.Error):
        return ""
    done = json.loads((folder / "study.json").read_text(encoding="utf-8"))["samples"]
    differs = said is not None and said != done
    return f"{said} rows were said, {done} samples are done" if differs else ""


def ranges(chance: random.Random, folder: Path, common: Path) -> Case:
    """Ranges of a study; its plan alone is asked for."""
    path = write(folder / "ranges.toml", mutated(RANGES, chance), chance)
    parameters = chance.choice(("fine,inspection_rate", "levers", chance.choice(HOSTILE)))
    return Case(["study", chance.choice(("sobol", "morris", "pawn")), "mandatory", "--ranges",
                 str(path), "--parameters", parameters, *SMALL, "--dry-run", "--samples", "4",
                 "--output", str(folder / "out")])  # fmt: skip


def study_folder(chance: random.Random, folder: Path, common: Path) -> Case:
    """A study's folder that was damaged, and its report made again, or the study gone on with."""
    words = study_words(common)
    shutil.copytree(common / "study", folder / "study")
    how = damage(folder / "study", chance)
    (folder / "damage.txt").write_text(how, encoding="utf-8")
    if chance.random() < 0.7:
        return Case(["report", str(folder / "study")])
    return Case([*words, "--output", str(folder / "study"), "--resume"])


def history(chance: random.Random, folder: Path, common: Path) -> Case:
    """A folder of a history that was damaged, and a comparison that goes on from it."""
    whole = common / "history-to-go-on-from"
    shutil.copytree(whole, folder / "history")
    how = damage(folder / "history", chance)
    (folder / "damage.txt").write_text(how, encoding="utf-8")
    changed = not how.endswith("twice") and _differs(whole, folder / "history")
    oracle = must_refuse(f"the history was changed ({how})") if changed else no_opinion
    return Case(["compare", "mandatory", "penalty-only", "--reference", "mandatory", "--from",
                 str(folder / "history"), *SMALL, "--quarters", "8"], oracle)  # fmt: skip


def _differs(one: Path, other: Path) -> bool:
    """Whether the files of a folder are not those of another."""
    for path in one.rglob("*"):
        there = other / path.relative_to(one)
        if path.is_file() and (not there.is_file() or there.read_bytes() != path.read_bytes()):
            return True
    return False


def names(chance: random.Random, folder: Path, common: Path) -> Case:
    """Words of a command that nobody would type on purpose."""
    odd = chance.choice(HOSTILE)
    told = chance.choice([
        ["scenarios", "show", odd], ["parks", "show", odd], ["run", odd], ["run", "--park", odd],
        ["run", "--set", odd, "--quarters", "2"],
        ["run", "--set", f"fine={odd}", "--quarters", "2"],
        ["run", "--seed", odd], ["run", "--quarters", odd], ["run", "--enterprises", odd],
        ["compare", odd, "mandatory"], ["compare", "mandatory", "--reference", odd],
        ["compare", "mandatory", "--seeds", odd], ["report", odd], ["study", odd, "mandatory"],
        ["study", "sobol", "mandatory", "--outcome", odd, "--output", str(folder / "out")],
        ["parameters", "--search", odd], ["tax", "--province", odd], ["tax", "--discharge", odd],
        ["tax", "--province", "beijing", "--discharge", f"cod={odd}"], [odd], ["history", odd],
        ["history", "mandatory", "--until", odd], ["run", "mandatory", "--trace", odd, "--quarters",
         "2", "--enterprises", "12"], ["law", odd], ["run", "--language", odd],
        ["discover", "mandatory", "--fails", odd, "--output", str(folder / "out")],
    ])  # fmt: skip
    return Case([*told, *chance.choice(([], ["--language", "zh"]))])


def odd_titles(chance: random.Random, folder: Path, common: Path) -> Case:
    """A policy and a park with hostile texts, all the way to figures and pages."""
    import json

    from tests.torture.scenarios import in_toml

    title = "".join(chance.sample(HOSTILE, 2)).replace("\x00", "")
    name = chance.choice(("mine", title))
    path = folder / "mine.toml"
    path.write_text(f'extends = "mandatory"\nname = {in_toml(name)}\ntitle = {in_toml(title)}\n'
                    f"source = {json.dumps(title)}\n", encoding="utf-8")  # fmt: skip
    place = folder / "park.csv"
    odd = title.replace('"', "").replace(",", "")
    place.write_text(PARK.replace("E001", odd), encoding="utf-8")
    words = ["compare", str(path), "--park", str(place), "--seeds", "2", "--quarters", "4",
             "--output", str(folder / "out")]  # fmt: skip
    return Case(words, functools.partial(_nothing_acts, folder / "out"))


def _nothing_acts(folder: Path, answer: Answer) -> str:
    """What acts in the outputs of a comparison."""
    if "\x1b" in answer.output + answer.errors or "\x9b" in answer.output + answer.errors:
        return "control characters on the terminal"
    if not answer.accepted:
        return "refused, and a folder was written" if folder.exists() else ""
    page = (folder / "report.html").read_text(encoding="utf-8")
    if "<script>alert" in page or "\x1b" in page or "\u202e" in page:
        return "a script or control characters in report.html"
    with (folder / "comparison.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    acting = [cell for cell in cells if cell.startswith(("=", "@", "\t"))]
    return f"a formula in comparison.csv: {acting[0]!r}" if acting else ""
