"""Sectors and their catalogues: complete, plausible, checked, and open to a user's own."""

import shutil

import numpy as np
import pytest

from cleanpark.model.world import technique_records
from cleanpark.scenarios.errors import ScenarioError
from cleanpark.scenarios.flows import FLOWS, flow_table
from cleanpark.scenarios.levers import behaviour_parameters
from cleanpark.scenarios.sectors import (
    FOLDER,
    SECTOR,
    option_table,
    sector_records,
    sector_table,
    sectors,
)

ORDER = (
    "chemicals",
    "textile_dyeing",
    "metal_finishing",
    "metals",
    "building_materials",
    "food",
    "electronics",
    "pharmaceuticals",
    "machinery",
)


def altered(tmp_path, old, new, name="food"):
    """A copy of a packaged sector's file with one text replaced."""
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "altered.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_nine_sectors_in_order_and_one_for_all_others():
    assert tuple(sector.name for sector in sectors()) == (*ORDER, "other")
    assert all(sector.title["zh"] for sector in sectors())


def test_every_value_has_unit_range_source_and_certainty():
    table = sector_table()
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()
    assert table[["unit", "source"]].map(bool).all().all()
    assert set(table["certainty"]) == {"estimated", "assumed"}
    options = option_table()
    assert len(options) == 216 + 12
    assert options["source"].map(bool).all()
    assert set(options["certainty"]) == {"estimated", "assumed"}
    assert options["name"].is_unique


@pytest.mark.parametrize("name", ORDER)
def test_the_median_discharge_of_statistics_meets_the_limit(name):
    sector = next(sector for sector in sectors() if sector.name == name)
    removal = {
        "sulfur_dioxide": 0.75,
        "nitrogen_oxides": 0.40,
        "particulates": 0.97,
        "cod": 0.80,
        "ammonia_nitrogen": 0.80,
    }
    for medium in ("air", "water"):
        median = sum(
            sector.worst[flow].value / 1.4 * (1 - share) * sector.equivalents_per_unit(flow)
            for flow, share in removal.items()
            if flow_table()[flow].medium == medium
        )
        assert sector.limit[medium].value == pytest.approx(1.15 * median, rel=2e-3)


@pytest.mark.parametrize("name", ORDER)
def test_worst_practice_at_full_effort_meets_the_limit(name):
    record = sector_records(sectors())[ORDER.index(name)]
    sector = sectors()[ORDER.index(name)]
    per_unit = np.array([sector.equivalents_per_unit(flow) for flow in FLOWS])
    left = record["worst"] * (1 - record["removal"]) * per_unit
    for medium, flows in enumerate((slice(2, 5), slice(5, 7), slice(7, 9))):
        assert left[flows].sum() <= record["limit"][medium]


def test_records_hold_what_the_files_say():
    records = sector_records(sectors())
    assert records.dtype == SECTOR
    assert records["options"].tolist() == [24] * 9 + [12]
    assert records["low_cost"][:9].sum() == 161
    first = records[0]
    assert first["worst"][0] == 0.72
    assert first["investment"][0] == pytest.approx(9.5e-4)
    assert first["saving"][0, 1] == 0.0204
    assert first["available"][:24].max() == 12.0
    assert first["output_median"] == 2250.0
    assert (first["saving"][24:] == 0).all()
    assert (records["removal"][:, [0, 1, 9]] == 0).all()
    assert (np.diff(records["reference"], axis=2) > 0).all()


def test_all_options_together_reduce_as_the_catalogue_says():
    records = sector_records(sectors()[:9])
    left = np.prod(1 - records["saving"], axis=1)
    energy, water, cod = 1 - left[:, 0], 1 - left[:, 1], 1 - left[:, 5]
    assert ((energy > 0.32) & (energy < 0.37)).all()
    assert ((water > 0.41) & (water < 0.58)).all()
    assert ((cod > 0.43) & (cod < 0.61)).all()


def test_sectors_can_key_a_cache():
    assert hash(sectors()) == hash(sectors())
    assert len({sector.digest for sector in sectors()}) == 10


def test_a_user_adds_a_sector_by_file_or_folder(tmp_path):
    text = (FOLDER / "food.toml").read_text(encoding="utf-8")
    text = text.replace('name = "food"', 'name = "paper"', 1).replace("order = 6", "order = 10")
    path = tmp_path / "paper.toml"
    path.write_text(text, encoding="utf-8-sig")
    for place in (path, tmp_path):
        assert tuple(sector.name for sector in sectors(place)) == (*ORDER, "other", "paper")
    assert tuple(sector.name for sector in sectors()) == (*ORDER, "other")


def test_a_users_sector_takes_the_place_of_a_packaged_one(tmp_path):
    path = altered(tmp_path, "growth = { value = 0.03,", "growth = { value = 0.045,")
    found = sectors(path)
    assert tuple(sector.name for sector in found) == (*ORDER, "other")
    assert found[5].economy.growth.value == 0.045
    assert sectors()[5].economy.growth.value == 0.03


def test_one_name_in_two_files_is_refused(tmp_path):
    for name in ("a", "b"):
        shutil.copy(FOLDER / "food.toml", tmp_path / f"{name}.toml")
    with pytest.raises(ScenarioError, match=r"b\.toml, key 'name': 'food' is already in .*a\.toml"):
        sectors(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\n[removal]", "watr = 1\n[removal]", "key 'worst.watr'"),
        ('unit = "m3 per 10,000 CNY"', 'unit = "t"', "key 'worst.water': unit 't' must be 'm3 per"),
        ("kind = ", "knd = ", "key 'option.1.knd': unknown key; did you mean 'kind'"),
        ('kind = "housekeeping"', 'kind = "houskeeping"', "key 'option.1.kind' = 'houskeeping'"),
        ("saving = { energy", "saving = { enrgy", "did you mean 'energy'"),
        ("investment = 1", "investment = nan # 1", "investment' = nan"),
        ('certainty = "estimated"', 'certainty = "sure"', "certainty' = 'sure'"),
        ('name = "food"', 'name = "Food and drink"', "key 'name'"),
        ("[reference]\nenergy = [0.", "[reference]\nenergy = [1.", "levels I, II, III must rise"),
        ("order = 6", "order = six", "not valid TOML"),
    ],
)
def test_bad_files_are_refused_with_file_and_key(tmp_path, old, new, message):
    path = altered(tmp_path, old, new)
    with pytest.raises(ScenarioError, match=message) as caught:
        sectors(path)
    assert str(caught.value).startswith(str(path))


def saved_money(sector, option):
    """Yearly saving of resources and material at the sector's price of energy and 5 CNY per m3,
    less running cost, CNY per 10,000 CNY of yearly output; and what of it is energy and water."""
    ratio = behaviour_parameters()["electricity_price_ratio"].default
    price = 1000.0 * (1.0 + sector.economy.electricity.value * (ratio - 1.0))
    resources = option.saving.get("energy", 0.0) * sector.worst["energy"].value * price
    resources += option.saving.get("water", 0.0) * sector.worst["water"].value * 5.0
    return resources + option.material_saving - option.running_cost, resources


def test_options_cost_their_payback_at_the_price_the_sector_pays() -> None:
    seen = 0
    for sector in sectors():
        for option in sector.options:
            net, resources = saved_money(sector, option)
            if option.payback and resources > 0.9 * net:  # what treatment is spared is small
                assert 0.9 < option.investment / (option.payback * net) < 1.2, option.name
                seen += 1
    assert seen > 80


def test_sectors_on_electricity_pay_what_published_tariffs_say() -> None:
    ratio = behaviour_parameters()["electricity_price_ratio"].default
    assert ratio * 1000.0 * 0.1229 / 1000.0 == pytest.approx(0.65, abs=0.01)  # CNY per kWh
    for sector in sectors():
        share = sector.economy.electricity
        worst = {flow: value.value for flow, value in sector.worst.items()}
        electric = share.value * worst["energy"] * 0.57 / 0.1229
        assert electric < worst["carbon_dioxide"], sector.name
        assert share.low < share.value < share.high


def test_a_missing_place_is_refused(tmp_path):
    with pytest.raises(ScenarioError, match="no such file or folder"):
        sectors(tmp_path / "none.toml")
    with pytest.raises(ScenarioError, match="no sector file"):
        sectors(tmp_path)


def test_particulates_from_combustion_count_as_soot() -> None:
    # 1 kg of soot is 1/2.18 equivalents, of dust 1/4 (MoF/STA/MEE 2018 No. 117, Article 1).
    mill = next(one for one in sectors() if one.name == "textile_dyeing")
    burnt = mill.combustion["particulates"].value
    expected = burnt / 2.18 + (1.0 - burnt) / 4.0
    assert mill.equivalents_per_unit("particulates") == pytest.approx(expected)
    assert mill.equivalents_per_unit("sulfur_dioxide") == pytest.approx(1.0 / 0.95)
    without = mill.model_copy(update={"combustion": {}})
    assert without.equivalents_per_unit("particulates") == 0.25
    records = technique_records(sectors())
    for record, sector in zip(records, sectors(), strict=True):
        place = FLOWS.index("particulates")
        assert record["equivalent"][place] == sector.equivalents_per_unit("particulates")
