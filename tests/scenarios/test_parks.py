"""Packaged parks, a user's park as TOML, and their checks."""

import pickle

import pytest

from cleanpark.scenarios.errors import ParkError
from cleanpark.scenarios.park import FOLDER, park, park_names, parks


def test_three_parks_with_their_sectors():
    assert park_names() == ["mixed", "heavy", "high-tech"]
    table = parks().set_index("name")
    assert table.loc["mixed", "enterprises"] == 200
    assert list(table["kind"]) == ["mixed", "heavy", "high-tech"]
    mixed = park("mixed")
    assert sum(mixed.sectors.values()) == pytest.approx(1.0)
    assert mixed.sectors["machinery"] == 0.22
    assert mixed.values["works_fee"].unit == "CNY per m3"
    assert mixed.table is None


def test_number_of_enterprises():
    assert park("mixed", enterprises=1000).enterprises == 1000
    assert park("mixed", 1000).digest != park("mixed").digest
    assert park(park("heavy"), 7).enterprises == 7


@pytest.mark.parametrize("count", [0, -5, 1_000_001, 2.5, True, "many"])
def test_a_number_of_enterprises_that_cannot_be(count):
    with pytest.raises(ParkError, match="must be a whole number from 1 to 1,000,000"):
        park("mixed", enterprises=count)


def test_parks_are_values():
    assert park("mixed") == park("mixed", 200)
    assert hash(park("mixed")) == hash(park("mixed"))
    assert park("mixed") != park("heavy")
    assert pickle.loads(pickle.dumps(park("mixed"))) == park("mixed")
    with pytest.raises(ValueError, match="frozen"):
        park("mixed").works_fee = 3.0


def test_an_unknown_park_is_named_with_the_nearest():
    with pytest.raises(ParkError, match=r"unknown park 'high-teck'; did you mean 'high-tech'\?"):
        park("high-teck")
    with pytest.raises(ParkError, match=r"none\.toml: cannot be read"):
        park("none.toml")


def test_a_users_park_as_toml(tmp_path):
    text = (FOLDER / "mixed.toml").read_text(encoding="utf-8")
    path = tmp_path / "own.toml"
    path.write_text(text.replace('name = "mixed"', 'name = "own"'), encoding="utf-8")
    assert park(path).name == "own"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("machinery = 0.22", "machinry = 0.22", "unknown sector; did you mean 'machinery'"),
        ("machinery = 0.22", "machinery = 0.32", "add up to 1.1, must add up to 1"),
        ("machinery = 0.22", "machinery = -0.22", "shares must not be negative"),
        ('unit = "CNY per m3"', 'unit = "CNY"', "key 'works_fee': unit 'CNY' must be 'CNY per m3'"),
        ("value = 0.85", 'value = "85 %"', "works_removal.value' = '85 %'"),
        (
            "value = 0.85, unit",
            "valu = 0.85, unit",
            "works_removal.valu': unknown key; did you mean 'value'",
        ),
        ('kind = "mixed"', 'kind = "medium"', "key 'kind' = 'medium'"),
        ("value = 200", "value = 0", "enterprises"),
    ],
)
def test_bad_parks_are_refused_with_file_and_key(tmp_path, old, new, message):
    text = (FOLDER / "mixed.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "own.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ParkError, match=message) as caught:
        park(path)
    assert str(caught.value).startswith(str(path))


def _named(folder, name):
    text = (FOLDER / "mixed.toml").read_text(encoding="utf-8")
    path = folder / "own.toml"
    path.write_text(text.replace('name = "mixed"', f"name = {name}"), encoding="utf-8")
    return path


def test_parks_are_compared_by_what_is_seen_of_their_names(tmp_path):
    assert park(_named(tmp_path, '" e\\u0301cole "')).name == "\u00e9cole"
    for name in ('"a\\u200bb"', '" "', '"\\u202e"'):
        with pytest.raises(ParkError, match=r"own\.toml, key 'name' = .*a printable text"):
            park(_named(tmp_path, name))


def test_a_file_of_enterprises_with_an_unseen_mark_in_its_name_is_refused(tmp_path):
    path = tmp_path / "a\u200bb.csv"
    path.write_text("id,sector,output (万元)\na,chemicals,5000\n", encoding="utf-8")
    with pytest.raises(ParkError, match="rename it"):
        park(path)
