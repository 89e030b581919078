"""The tax of whole cases worked by hand to the fen.

Where a case is a published example its address stands beside it; of these only numbers were
taken. They round pollution equivalents to two decimals before they multiply, which cleanpark does
not; where that changes the fen both sums are shown.
"""

import pytest

from cleanpark.scenarios.law import Outlet, environmental_tax

LOW = {"air": 1.2, "water": 1.4}


def taxes(due):
    return {line.flow: line.tax for line in due.lines if line.tax}


def test_four_air_pollutants_of_one_outlet():
    # https://ti.zuoweng.com/ti/fC6sKKKQ: SO2 100/0.95 = 105.263, fluorides 100/0.87 = 114.943,
    # CO 200/16.7 = 11.976, HCl 80/10.75 = 7.442: the first three at 1.2. Printed: 278.62.
    due = environmental_tax(
        {"二氧化硫": 100, "air:氟化物": 100, "一氧化碳": 200, "氯化氢": 80}, None, LOW
    )
    assert taxes(due) == {
        "sulfur_dioxide": 126.32,
        "air_fluoride": 137.93,
        "carbon_monoxide": 14.37,
    }
    assert due.total == 278.62


def test_a_chemical_works_at_three_yuan():
    # https://jikaoti.com/ti/rqU2FFFM: 14/0.95 + 12/0.95 + 120/16.7 = 34.5545 x 3 = 103.6634;
    # printed 103.68 with equivalents of two decimals (14.74 + 12.63 + 7.19).
    discharge = {
        "sulfur_dioxide": 14,
        "nitrogen_oxides": 12,
        "hydrogen_chloride": 60,
        "carbon_monoxide": 120,
    }
    due = environmental_tax(discharge, None, {"air": 3})
    assert taxes(due) == {
        "sulfur_dioxide": 44.21,
        "nitrogen_oxides": 37.89,
        "carbon_monoxide": 21.56,
    }
    assert due.total == 103.66


def test_hydrogen_chloride_before_carbon_monoxide():
    # https://wkda.cn/ask/ajyexyjyexyzzzo.html: fluorides 10/0.87 = 11.4943 x 1.2 = 13.79,
    # SO2 10/0.95 = 10.5263 x 1.2 = 12.63, HCl 100/10.75 = 9.3023 x 1.2 = 11.16; CO 5.99 is fourth.
    due = environmental_tax(
        {
            "sulfur_dioxide": 10,
            "air_fluoride": 10,
            "carbon_monoxide": 100,
            "hydrogen_chloride": 100,
        },
        None,
        LOW,
    )
    assert taxes(due) == {
        "air_fluoride": 13.79,
        "sulfur_dioxide": 12.63,
        "hydrogen_chloride": 11.16,
    }
    assert due.total == 37.58


def test_five_of_class_one_and_three_others():
    # https://m.qiqiwenku.com/doc/621171.html: 10 kg each. Hg 20,000, Cd 2,000, As 500, Ag 500,
    # Pb 400, Cr 250 (sixth: free); phenol 125, TOC 20.408, NH3-N 12.5, SS 2.5 (fourth: free).
    names = ["总汞", "总镉", "总铬", "总砷", "总铅", "总银", "悬浮物", "总有机碳", "挥发酚", "氨氮"]
    due = environmental_tax(dict.fromkeys(names, 10), None, LOW)
    assert taxes(due) == {
        "total_mercury": 28000.0,
        "total_cadmium": 2800.0,
        "total_arsenic": 700.0,
        "total_silver": 700.0,
        "total_lead": 560.0,
        "volatile_phenol": 175.0,
        "total_organic_carbon": 28.57,
        "ammonia_nitrogen": 17.5,
    }
    assert due.total == 32981.07


def test_six_of_class_two():
    # https://ti.zuoweng.com/ti/BgNEKKKQ: zinc 1,000, copper 900, sulfide 800 equivalents x
    # 3 = 8,100.
    amounts = {
        "硫化物": 100,
        "water:氟化物": 100,
        "water:甲醛": 90,
        "总铜": 90,
        "总锌": 200,
        "总锰": 120,
    }
    assert environmental_tax(amounts, None, {"water": 3}).total == 8100.0


def test_tailings_less_what_is_stored_and_used():
    # https://m.qiqiwenku.com/doc/621171.html: (1,000 - 300 - 200) t x 15 = 7,500.
    site = Outlet(
        "yard", generated={"tailings": 1000}, stored={"tailings": 200}, used={"tailings": 300}
    )
    assert environmental_tax(site, None, {}).total == 7500.0


def test_medical_waste_of_a_pharmaceutical_works():
    # https://ti.zuoweng.com/ti/CNMKKKKQ, second question: (90 - 20 - 10 - 15) t x 1,000 = 45,000.
    site = Outlet(
        "works",
        generated={"危险废物": 90},
        stored={"危险废物": 20},
        disposed={"危险废物": 10},
        used={"危险废物": 15},
    )
    assert environmental_tax(site, None, {}).total == 45000.0


def test_noise_by_day_and_night_at_a_long_boundary():
    # https://ti.zuoweng.com/ti/CNMKKKKQ: 77.6 - 65 = 12.6, so 13 dB: 5,600; 60 - 55 = 5 dB: 700;
    # 16 days; two places on more than 100 m: (5,600 + 700) x 2 = 12,600.
    fence = Outlet("fence", {"noise_day": 12.6, "noise_night": 5}, days={"noise_day": 16}, places=2)
    assert environmental_tax(fence, None, {}).total == 12600.0


def test_noise_of_ten_days_is_half():
    # https://dongao.com/mftk/zckjs_sf_3554027.html: (1,400 + 700) x 50 % = 1,050.
    fence = Outlet("fence", {"昼间噪声": 7, "夜间噪声": 5}, days={"昼间噪声": 10, "夜间噪声": 10})
    assert environmental_tax(fence, None, {}).total == 1050.0


def test_noise_of_twenty_days_is_whole():
    # https://ti.zuoweng.com/ti/0ZEKKKKQ: 20 dB: 11,200; 6 dB: 700.
    fence = Outlet(
        "fence", {"noise_day": 20, "noise_night": 6}, days={"noise_day": 20, "noise_night": 20}
    )
    assert environmental_tax(fence, None, {}).total == 11900.0


@pytest.mark.parametrize(
    ("concentration", "due"), [(8, 50.0), (10, 75.0), (12.6, 75.0), (13, 100.0)]
)
def test_concentrations_below_a_limit_of_eighteen(concentration, due):
    # A limit of 18 mg/m3: half off up to 9, a quarter off up to 12.6. Tax before relief 100 CNY:
    # 95 kg SO2 / 0.95 = 100 equivalents at 1 CNY.
    found = environmental_tax(
        {"sulfur_dioxide": 95}, {"sulfur_dioxide": concentration / 18}, {"air": 1}
    )
    assert found.total == due


def test_soot_of_a_boiler_and_dust_of_a_mill():
    # Particulates of a boiler are soot: 436 / 2.18 = 200 x 4.8 = 960; of a mill dust: 436 /
    # 4 x 4.8 = 523.20.
    assert environmental_tax({"颗粒物": 436}, None, "henan", combustion=True).total == 960.0
    assert environmental_tax({"颗粒物": 436}, None, "henan").total == 523.2


def test_a_pig_farm_and_one_too_small():
    # 600 pigs / 1 = 600 x 2.8 = 1,680 a month; 500 pigs are not taxed. 51 cattle / 0.1 =
    # 510 x 2.8.
    # 6,000 birds / 30 = 200 x 2.8.
    assert environmental_tax({"猪": 600}, None, "guangdong").total == 1680.0
    assert environmental_tax({"pigs": 500}, None, "guangdong").total == 0.0
    assert environmental_tax({"牛": 51}, None, "guangdong").total == 1428.0
    assert environmental_tax({"poultry": 6000}, None, "guangdong").total == 560.0


def test_a_hospital_and_a_restaurant():
    # 56 beds / 0.14 = 400 x 1.4 = 560; 20 beds free; 140 t / 2.8 = 50 x 1.4 = 70; catering
    # 30 t / 0.5 = 60 x 1.4.
    assert environmental_tax({"hospital_beds_disinfected": 56}, None, LOW).total == 560.0
    assert environmental_tax({"hospital_beds": 20}, None, LOW).total == 0.0
    assert environmental_tax({"hospital_sewage_disinfected": 140}, None, LOW).total == 70.0
    assert environmental_tax({"catering": 30}, None, LOW).total == 84.0


@pytest.mark.parametrize(
    ("value", "due"),
    [
        (0.5, 2333.33),
        (13.5, 2333.33),
        (1, 1120.0),
        (2.9, 560.0),
        (3, 280.0),
        (4.99, 140.0),
        (5, 28.0),
        (5.99, 28.0),
        (6, 0.0),
        (9, 0.0),
        (9.01, 140.0),
        (10, 140.0),
        (10.5, 280.0),
        (14, 2333.33),
    ],
)
def test_ph_by_bands(value, due):
    # 100 t of sewage at 1.4: / 0.06, / 0.125, / 0.25, / 0.5, / 1, / 5.
    assert environmental_tax({f"ph@{value}": 100}, None, LOW).total == due


def test_colour_coliforms_and_residual_chlorine():
    # Colour 8 times over in 250 t: 2,000 / 5 = 400 x 1.4 = 560. Coliforms 330 t / 3.3 = 100
    # x 1.4 = 140;
    # residual chlorine 165 t gives 50 equivalents and is not taxed beside them.
    due = environmental_tax({"色度@8": 250, "coliforms": 330, "余氯量": 165}, None, LOW)
    assert taxes(due) == {"colour": 560.0, "coliforms": 140.0}


def test_two_outlets_have_their_own_first_three_and_their_own_relief():
    # Outlet 1 (ratio 0.65): SO2 95/0.95 = 100, NOx 190/0.95 = 200, CO 1,670/16.7 = 100,
    # soot 109/2.18 = 50
    # (fourth): 400 eq. x 1.8 x 75 % = 540. Outlet 2 (ratio 0.4): soot 218/2.18 = 100 x 1.8
    # x 50 % = 90.
    first = Outlet(
        "1",
        {"sulfur_dioxide": 95, "nitrogen_oxides": 190, "carbon_monoxide": 1670, "soot": 109},
        {"air": 0.65},
    )
    second = Outlet("2", {"soot": 218}, {"air": 0.4})
    due = environmental_tax([first, second], None, "guangdong")
    assert due.total_by("outlet") == {"1": 540.0, "2": 90.0}
    one = Outlet(
        "all",
        {"sulfur_dioxide": 95, "nitrogen_oxides": 190, "carbon_monoxide": 1670, "soot": 327},
        {"air": 0.65},
    )
    assert (
        environmental_tax(one, None, "guangdong").total == 607.5
    )  # soot 150 before SO2 and CO: 450 eq.


def test_an_exceedance_at_one_outlet_voids_the_relief_of_its_month_alone():
    # 100 eq. x 1.4 each: January all in full (an hourly mean above at the other outlet),
    # February half.
    outlets = [
        Outlet("A", {"cod": 100}, {"water": 0.4}, month="2026-01"),
        Outlet("B", {"cod": 100}, {"water": 0.9}, month="2026-01", exceeds=True),
        Outlet("A", {"cod": 100}, {"water": 0.4}, month="2026-02"),
    ]
    due = environmental_tax(outlets, None, LOW)
    assert [line.tax for line in due.lines] == [140.0, 140.0, 70.0]
    assert due.by_quarter == {"2026-Q1": 350.0}
    assert "above its standard" in due.lines[0].note


def test_after_fraud_what_was_generated_is_taxed():
    # 100 kg COD reported, 1,000 kg generated: 1,000 x 14 = 14,000 and no relief. Waste: 50
    # t x 1,000.
    outlet = Outlet("A", {"cod": 100}, {"water": 0.4}, generated={"cod": 1000}, fraud=True)
    due = environmental_tax(outlet, None, "北京市")
    assert due.total == 14000.0
    assert due.lines[0].note == "generated amount, no relief"
    yard = Outlet(
        "yard", generated={"hazardous_waste": 50}, stored={"hazardous_waste": 40}, fraud=True
    )
    assert environmental_tax(yard, None, {}).total == 50000.0


def test_shandong_taxes_cod_and_metals_higher_and_other_water_pollutants_at_the_minimum():
    # COD 100 x 3 = 300, NH3-N 80/0.8 = 100 x 3 = 300, phosphorus 25/0.25 = 100 x 1.4 = 140;
    # arsenic 2/0.02 = 100 x 3 = 300, nickel 2.5/0.025 = 100 x 1.4 = 140.
    due = environmental_tax(
        {
            "cod": 100,
            "ammonia_nitrogen": 80,
            "total_phosphorus": 25,
            "total_arsenic": 2,
            "total_nickel": 2.5,
        },
        None,
        "山东省",
    )
    assert due.total == 1180.0


def test_hebei_raises_two_air_pollutants_alone():
    # SO2 95/0.95 = 100 x 9.6 = 960; soot 218/2.18 = 100 x 4.8 = 480; COD 100 x 11.2; SS
    # 400/4 x 5.6 = 560.
    due = environmental_tax(
        {"sulfur_dioxide": 95, "soot": 218, "cod": 100, "suspended_solids": 400}, None, "河北一档"
    )
    assert taxes(due) == {
        "sulfur_dioxide": 960.0,
        "soot": 480.0,
        "cod": 1120.0,
        "suspended_solids": 560.0,
    }


@pytest.mark.parametrize(
    ("province", "before", "after", "first", "then"),
    [
        ("shanghai", "2018-12-31", "2019-01-01", 665.0, 760.0),
        ("yunnan", "2018-12", "2019-01", 120.0, 280.0),
        ("chongqing", "2020-Q4", "2021-Q1", 240.0, 350.0),
        ("内蒙古自治区", "2018-12", "2019-01", 120.0, 180.0),
        ("inner-mongolia", "2019-12-31", "2020-01-01", 180.0, 240.0),
    ],
)
def test_both_sides_of_a_province_s_date(province, before, after, first, then):
    # SO2 95 kg / 0.95 = 100 equivalents.
    for date, due in ((before, first), (after, then)):
        assert environmental_tax({"sulfur_dioxide": 95}, None, province, date=date).total == due


def test_cattle_of_a_published_example():
    # https://m.hqwx.com/sws-kaoshi/tiku/zhishidian/7573/3096033.html: a mean of 100 cattle / 0.1
    # = 1,000 equivalents x 2.8 = 2,800.
    assert environmental_tax({"牛": 100}, None, {"water": 2.8}).total == 2800.0


def test_colour_and_ph_of_a_dye_works():
    # https://www.beiyun.cn/article/78380: 24,000 t at (320 - 80) / 80 = 3 times over: 72,000 / 5 =
    # 14,400 x 3 = 43,200; pH 4: 24,000 / 1 x 3 = 72,000.
    due = environmental_tax({"色度@3": 24000, "pH@4": 24000}, None, {"water": 3})
    assert taxes(due) == {"colour": 43200.0, "ph_4_5": 72000.0}
    assert due.total == 115200.0


def test_a_bean_curd_works_by_emission_factors():
    # https://www.kjjl100.com/answer/281026.html: NH3-N 2.0972 / 0.8 = 2.6215, COD 18.42596; BOD5
    # 5.78298 / 0.5 = 11.566 counts with COD once: (2.6215 + 18.42596) x 3 = 63.14.
    due = environmental_tax(
        {"氨氮": 2.0972, "化学需氧量": 18.42596, "五日生化需氧量": 5.78298}, None, {"water": 3}
    )
    assert due.exact == pytest.approx(63.14238)
    assert due.total == 63.14


def test_a_hospital_s_equivalent_is_said_to_be_estimated():
    line = environmental_tax({"hospital_beds": 70}, None, LOW).lines[0]
    assert line.note == "equivalent estimated, to be checked"
