"""What a study ran, in words: its rows, seeds and scenarios."""

from __future__ import annotations

from cleanpark.analysis.studies.files import read_record
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.words.studies import say


def samples(study: StudyFolder) -> str:
    """The number of rows with thousands set apart."""
    return f"{int(study.about['samples']):,}"


def sample_rows(study: StudyFolder, language: str) -> str:
    """Rows that are samples."""
    return say("samples", language, count=int(study.about["samples"]))


def block_rows(key: str, study: StudyFolder, language: str) -> str:
    """Rows that may belong together, such as to a base sample or a trajectory."""
    return say(key, language, samples=samples(study), count=int(study.settings["base_samples"]))


def future_rows(study: StudyFolder, language: str) -> str:
    """Every policy in every future."""
    base = say("count_of_futures", language, count=int(study.settings["futures"]))
    policies = say("policies", language, count=len(study.settings["policies"]))
    return say("futures", language, base=base, policies=policies)


def subset_rows(study: StudyFolder, language: str) -> str:
    """Combinations of instruments."""
    return say("subsets", language, count=int(study.about["samples"]))


def rechecked_rows(study: StudyFolder, language: str) -> str:
    """The mixes that were rechecked, and the reference."""
    return say("recheck", language, mixes=mix_words(int(study.about["samples"]) - 1, language))


def mix_words(count: int, language: str) -> str:
    """A number of mixes."""
    return say("mixes", language, count=count)


def design_rows(study: StudyFolder, language: str) -> str:
    """Rows of a design of one's own."""
    return say("design_rows", language, count=int(study.about["samples"]))


def seed_words(count: int, language: str, key: str = "seeds") -> str:
    """A number of seeds, or of ``fresh_seeds``."""
    return say(key, language, count=count)


def searched_lines(study: StudyFolder, language: str) -> list[str]:
    """What a search ran before its best mixes were rechecked: a study for each generation."""
    folders = sorted((study.folder / "search").glob("g*"))
    records = [record for one in folders if (record := read_record(one))]
    if not records:
        return []
    # A search begins with one mix alone, to see how many objectives there are.
    generations = [one for one in records if one["samples"] > 2] or records
    return [say("search_runs", language,
                generations=say("generations", language, count=len(generations)),
                mixes=mix_words(sum(one["samples"] - 1 for one in generations), language),
                seeds=seed_words(len(records[0]["seeds"]), language),
                runs=say("runs", language, count=sum(one["runs"] for one in records)))]  # fmt: skip
