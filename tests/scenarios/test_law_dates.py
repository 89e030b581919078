"""The law by date: what held on both sides of each change, and a change added by a few lines."""

import datetime
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.scenarios.errors import ScenarioError
from cleanpark.scenarios.law import (
    Outlet,
    environmental_tax,
    law,
    read_statutes,
    statutes,
    tax_share,
)
from cleanpark.scenarios.law.statutes import FOLDER
from cleanpark.scenarios.law.tax import share_left


@pytest.mark.parametrize(
    ("fine", "before", "since"),
    [
        ("air", (1e5, 1e6, "99"), (1e5, 1e6, "1107")),
        ("water", (1e5, 1e6, "83"), (1e5, 1e6, "1107")),
        ("no_permit", (2e5, 1e6, "33"), (2e5, 1e6, "1102")),
        ("against_permit", (2e5, 1e6, "34(1)"), (1e5, 1e6, "1103")),
        ("hidden_outlet", (1e5, 1e6, "83(3)"), (1e5, 1e6, "1108")),
        ("hazardous_waste", (6e5, 1e6, "112(3)"), (2e5, 2e6, "1169")),
        ("hazardous_waste_records", (1e5, 1e6, "112(6), 112(13)"), (5e4, 2e5, "1175")),
        ("hazardous_waste_licence", (1e6, 5e6, "114"), (1e6, 5e6, "1178")),
        ("false_monitoring", (2e5, 1e6, "34(2)"), (1e5, 1e6, "1088")),
        ("no_monitoring", (2e4, 2e5, "36"), (2e4, 2e5, "1086")),
        ("no_disclosure", (0.0, 1e5, "36"), (2e4, 2e5, "1110")),
        ("audit_refusal", (5e4, 5e5, "39"), (5e4, 5e5, "1221")),
        ("daily", (1.0, 1.0, "59"), (1.0, 1.0, "1060")),
    ],
)
def test_fines_on_both_sides_of_the_code(fine, before, since):
    for day, told in (("2026-08-14", before), ("2026-08-15", since)):
        band = law(day).fines[fine]
        assert (band.low, band.high, band.article) == told


def test_what_the_code_alone_has_and_what_it_ended():
    before, since = law("2026-08-14"), law("2026-08-15")
    assert "noise" not in before.fines
    assert "noise" in since.fines
    assert since.fines["hazardous_waste_serious"].high == 5e6
    assert "audit_energy_quota" in before.duties
    assert "audit_energy_quota" not in since.duties
    assert law().day == datetime.date(2026, 8, 15)


def test_every_period_names_a_text_and_nothing_is_law_that_is_not():
    known = statutes()
    for subject, name, figure in known.figures():
        for period in figure.period:
            text = known.texts[period.text]
            assert text.kind == "none" or text.where, (subject, name)
            if period.certainty == "law":
                assert text.kind in ("statute", "regulation", "decision", "notice"), (subject, name)
                assert text.from_ is None or text.from_ <= period.from_, (subject, name)


def test_schedule_2_is_whole():
    held = law()
    assert sorted(one.figure.number for one in held.air.values()) == list(range(1, 45))
    numbered = [one.figure.number for one in held.water.values() if one.figure.number]
    assert sorted(numbered) == list(range(1, 62))
    assert sum(one.class_ == 1 for one in held.water.values()) == 10
    assert len(held.small) == 9


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "law")
    return tmp_path / "law"


def test_a_change_of_law_is_a_few_lines(folder):
    for name, old, new in (
        (
            "provinces",
            '"henan-2017", certainty = "law" },\n',
            '"henan-2017", certainty = "law" },\n'
            '{ from = 2028-01-01, air = 6.0, water = 7.0, text = "henan-2017", '
            'certainty = "estimated" },\n',
        ),
        (
            "air",
            'equivalent = 0.95, title = { en = "Sulfur dioxide"',
            "period = [{ from = 2018-01-01, equivalent = 0.95 }, "
            "{ from = 2029-01-01, equivalent = 0.5 }], "
            'title = { en = "Sulfur dioxide"',
        ),
        ("tax", "reduction = 0.50, text", "reduction = 0.50, until = 2027-12-31, text"),
    ):
        file = folder / f"{name}.toml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    changed = read_statutes(folder)

    def due(date):
        return environmental_tax(
            {"sulfur_dioxide": 95}, {"air": 0.5}, "henan", date=date, figures=changed
        )

    assert due("2027-12-31").total == 240.0  # 100 eq. x 4.8 x 50 %
    assert due("2028-01-01").total == 450.0  # 100 eq. x 6.0 x 75 %: the second relief has ended
    assert due("2029-01-01").total == 855.0  # 190 eq. x 6.0 x 75 %
    assert "2028-01-01" in due("2028-06").law["en"]
    assert "2018-01-01" in due("2027-06").law["zh"]


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "fines",
            'text = "code", article = "1107"',
            'text = "cod", article = "1107"',
            "unknown text 'cod'",
        ),
        (
            "fines",
            "until = 2026-08-14, low = 100000.0",
            "until = 2027-01-01, low = 100000.0",
            "overlap",
        ),
        (
            "provinces",
            'text = "not-found", certainty = "assumed"',
            'text = "not-found", certainty = "law"',
            "certainty law needs a statute or decision",
        ),
        (
            "provinces",
            'text = "not-found", certainty = "assumed"',
            'text = "not-found", certainty = "estimated"',
            "must have certainty assumed",
        ),
        ("fines", "low = 100000.0", "lo = 100000.0", "lo"),
        ("air", "equivalent = 0.95", "equivalent = 0.0", "greater than 0"),
    ],
)
def test_a_change_that_cannot_be_is_refused(folder, file, old, new, told):
    path = folder / f"{file}.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ScenarioError, match=told) as caught:
        read_statutes(folder)
    assert "law" in str(caught.value)


@given(ratio=st.floats(0, 3))
def test_the_reliefs_of_today_are_the_model_s(ratio):
    held = law()
    assert share_left(ratio, held) == tax_share(ratio, *(one.reduction for one in held.reduction))


def test_volatile_organic_compounds_bear_no_tax_until_a_pilot_is_assumed():
    amounts = {"挥发性有机物": 950, "sulfur_dioxide": 95}
    plain = environmental_tax(amounts, None, "beijing")
    assert plain.total == 1200.0
    assert plain.lines[0].note == "not taxed: the rules of the pilot are not known"
    early = environmental_tax(amounts, None, "beijing", date="2025-10-27", pilot_rate=4.8)
    assert early.total == 1200.0
    assert early.lines[0].note == "not taxed before the law allows a pilot"
    on = environmental_tax(amounts, None, "beijing", date="2025-10-28", pilot_rate=4.8)
    assert on.total == 1200.0 + 4800.0  # 950 kg / 0.95 = 1,000 equivalents
    assert "assumed" in on.lines[0].note


@pytest.mark.parametrize(
    ("arguments", "words", "told"),
    [
        (
            ({"cod": 1}, None, "beijing"),
            {"date": "2017-12-31"},
            "outside what is known, 2018-01-01",
        ),
        (({"cod": 1}, None, "beijing"), {"date": "2061-01-01"}, "outside what is known"),
        (({"cod": 1}, None, "beijing"), {"date": "2026-13"}, "write a day, a month or a quarter"),
        (({"cod": 1}, None, "beijing"), {"date": "last year"}, "write a day"),
        (({"二氧化留": 1}, None, "beijing"), {}, "did you mean 'sulfur_dioxide' .二氧化硫."),
        (({"benzen": 1}, None, "beijing"), {}, "'benzene' .苯."),
        (({"苯": 1}, None, "beijing"), {}, "'苯' is both benzene, water_benzene"),
        (({"cod": 1}, {"sulfur_dioxide": 0.5}, "beijing"), {}, "discharges nothing of it"),
        (({"cod": 1}, {"air": 0.5}, "beijing"), {}, "discharges nothing of it"),
        (({"cod": 1}, None, None), {}, "no rates"),
        (({"ph": 1}, None, "beijing"), {}, "pH needs its value"),
        (({"ph@15": 1}, None, "beijing"), {}, "from 0 to 14"),
        (({"cod@3": 1}, None, "beijing"), {}, "only pH and colour"),
        (
            ({"pigs": 600, "cod": 3}, None, "beijing"),
            {},
            "table 4 is for sources that cannot be measured",
        ),
        (
            ([Outlet("A", {"cod": 1}), Outlet("A", {"cod": 2})], None, "beijing"),
            {},
            "outlet 'A' stands twice",
        ),
        (
            ([Outlet("A", {"cod": 1}, month="2026-01")], None, "beijing"),
            {"date": "2026"},
            "not both",
        ),
        ((Outlet("A", {"cod": 1}, stored={"cod": 1}), None, "beijing"), {}, "only solid waste"),
        ((Outlet("A", {"cod": 1}, fraud=True), None, "beijing"), {}, "what was generated is taxed"),
        (
            (Outlet("A", generated={"tailings": 1}, used={"tailings": 2}), None, "beijing"),
            {},
            "more than",
        ),
        ((Outlet("A", {"cod": 1}, days={"cod": 3}), None, "beijing"), {}, "only noise has days"),
        ((Outlet("A", {"noise_day": 3}, places=3), None, "beijing"), {}, "places = 3"),
        (({"chemical oxygen demand": 1, "cod": 2}, None, "beijing"), {}, "given twice"),
    ],
)
def test_bad_input_is_refused(arguments, words, told):
    with pytest.raises(ScenarioError, match=told) as caught:
        environmental_tax(*arguments, **words)
    assert "\n" not in str(caught.value)
