"""Numbers, amounts and units in the words of a language.

Chinese counts in 万 and 亿, other languages in millions; everything else differs by words alone,
which are in the catalogs.
"""

from __future__ import annotations

import math
import re

from cleanpark.analysis.words.language import Language
from cleanpark.scenarios.dates import FIRST_YEAR, quarter_label
from cleanpark.scenarios.errors import N_

UNITS = (
    N_("choice"),
    N_("correlation"),
    N_("10,000 CNY"),
    N_("CNY"),
    N_("CNY per equivalent"),
    N_("CNY per m3"),
    N_("CNY/m3"),
    N_("CNY/t"),
    N_("t CO2/MWh"),
    N_("CNY/tce"),
    N_("audits per 100 enterprises and quarter"),
    N_("teams per 100 enterprises"),
    N_("days"),
    N_("elasticity"),
    N_("elasticity per year"),
    N_("factor"),
    N_("ln"),
    N_("logit"),
    N_("per unit of ln"),
    N_("per unit of ratio"),
    N_("points"),
    N_("quarters"),
    N_("ratio"),
    N_("share"),
    N_("share of enterprises"),
    N_("share of output"),
    N_("share of yearly output"),
    N_("share per quarter"),
    N_("share per year"),
    N_("violations"),
    N_("equivalents"),
    N_("options"),
    N_("audits"),
    N_("inspections"),
    N_("enterprises"),
    N_("tce"),
    N_("m3"),
    N_("kg"),
    N_("t"),
)
"""Units as data and outcomes name them, and as catalogs translate them."""
BARE = ("", "choice", "elasticity", "elasticity per year", "factor", "ln", "logit",
        "per unit of ln", "per unit of ratio", "ratio")  # fmt: skip
"""Units that are not said: the number speaks for itself."""
OF_SHARE = {
    "share": N_("{percent}"),
    "share per quarter": N_("{percent} per quarter"),
    "share per year": N_("{percent} per year"),
    "share of enterprises": N_("{percent} of enterprises"),
    "share of output": N_("{percent} of output"),
    "share of yearly output": N_("{percent} of yearly output"),
}
"""Shares, after what they are of."""
MONEY = ("CNY", "10,000 CNY")
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def by_ten_thousand(language: str) -> bool:
    """Whether a language counts large numbers in 万 (10,000) and 亿 (100 million)."""
    return language == "zh"


def unit(name: str, language: str) -> str:
    """A unit's name in a language."""
    return _written(name, language)


def _written(name: str, language: str) -> str:
    return Language(language).gettext(name).replace("m3", "m³")


def in_percent(number: str, language: str) -> str:
    """A number with the sign of percent, as each language sets it.

    >>> in_percent("7", "en"), in_percent("7", "zh")
    ('7 %', '7%')
    """
    return Language(language).say("{number} %", number=number)


def span(low: str, high: str, language: str) -> str:
    """Two bounds, from the lower to the upper.

    >>> span("3", "20", "en"), span("3", "20", "zh")
    ('3 to 20', '3～20')
    """
    return Language(language).say("{low} to {high}", low=low, high=high)


def horizon(quarters: int, language: str) -> str:
    """So many quarters from the first one on: whole years as years, else quarters by label.

    >>> horizon(60, "en"), horizon(60, "zh"), horizon(6, "en")
    ('2026 to 2040', '2026 至 2040 年', '2026-Q1 to 2027-Q2')
    """
    spoken = Language(language)
    first, last = quarter_label(0), quarter_label(quarters - 1)
    if quarters == 1:
        return first
    if quarters % 4:
        return spoken.say(
            "{first_quarter} to {last_quarter}", first_quarter=first, last_quarter=last
        )
    if quarters == 4:
        return spoken.say("{year}", year=FIRST_YEAR)
    year = FIRST_YEAR + quarters // 4 - 1
    return spoken.say("{first_year} to {last_year}", first_year=FIRST_YEAR, last_year=year)


def undefined(language: str) -> str:
    """What stands for a number that is not defined."""
    return Language(language).say("undefined")


def figures(value: float) -> str:
    """A number with three significant digits and no exponent where it can be avoided.

    >>> figures(1234.5), figures(0.01534)
    ('1,234', '0.0153')
    """
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def three_digits(value: float) -> float:
    """A value rounded to three significant digits, to be told in short.

    >>> three_digits(5.0286)
    5.03
    """
    return float(f"{value:.3g}")


def signed(value: float, sign: str = "+") -> str:
    """A number with its sign, and zero without one.

    >>> signed(3.0), signed(-0.0), signed(-2.5, "")
    ('+3', '0', '-2.5')
    """
    text = figures(value)
    if not text.strip("-0.,"):
        return "0"
    return text if value < 0 else f"{sign}{text}"


def number(value: float, of: str, language: str = "en") -> str:
    """A value with as many digits as mean something: shares in percent, money in large units.

    >>> number(12_345_678.0, "CNY")
    'CNY 12.3 million'
    >>> number(12_345_678.0, "CNY", "zh"), number(54_000.0, "CNY", "zh")
    ('1,235 万元', '5.4 万元')
    >>> number(0.683, "share"), number(0.683, "share", "zh")
    ('68.3 %', '68.3%')
    >>> number(174_600_000.0, "t"), number(174_600_000.0, "t", "zh")
    ('174.60 million', '1.75 亿')
    """
    if not math.isfinite(value):
        return undefined(language)
    if of == "CNY":
        return money(value, language)
    if of.startswith("share"):
        return in_percent(f"{100 * value:.1f}", language)
    return _plain(value, language)


def _plain(value: float, language: str) -> str:
    size = abs(value)
    if by_ten_thousand(language) and size >= 1e5:
        return _chinese(value)
    if size >= 1e9:
        return f"{value / 1e9:,.2f} {Language(language).say('billion')}"
    if size >= 1e6:
        return f"{value / 1e6:,.2f} {Language(language).say('million')}"
    if size >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if size < 10 else f"{value:.1f}"


def _chinese(value: float) -> str:
    """A large number in 亿 or 万."""
    if abs(value) >= 1e8:
        return f"{value / 1e8:,.2f} 亿"
    return f"{value / 1e4:,.{0 if abs(value) >= 1e7 else 1}f} 万"


def money(value: float, language: str, sign: str = "") -> str:
    """An amount in CNY: in full, in millions or in 万 and 亿, so that amounts that differ are told
    apart. ``sign`` stands before what is above zero.

    >>> money(50286.0, "zh"), money(388680.0, "en"), money(-94_500_000.0, "en")
    ('5.03 万元', 'CNY 388,680', 'CNY -94.5 million')
    """
    if not math.isfinite(value):
        return undefined(language)
    divisor, before, after = money_scale(abs(value), language)
    shown = value / divisor
    if divisor == 1.0:
        text = f"{shown:,.0f}"
    elif divisor in (1e8, 1e9):
        text = f"{shown:,.2f}"
    else:
        text = figures(shown) if by_ten_thousand(language) else f"{shown:,.1f}"
    return f"{before}{sign if shown > 0 else ''}{text}{after}"


def money_scale(size: float, language: str) -> tuple[float, str, str]:
    """The same for an amount in CNY: English has its unit before the number, Chinese after it."""
    if by_ten_thousand(language):
        steps = ((1e8, " 亿"), (1e4, " 万"))
    else:
        words = Language(language)
        steps = ((1e9, " " + words.say("billion")), (1e6, " " + words.say("million")))
    divisor, word = next((one for one in steps if size >= one[0]), (1.0, ""))
    if by_ten_thousand(language):
        return divisor, "", f"{word or ' '}元"
    return divisor, Language(language).say("CNY") + " ", word


def percent(value: float, language: str = "en") -> str:
    """A signed change in percent; what rounds to zero is not negative.

    >>> percent(-57.3), percent(7.0, "zh")
    ('-57.3 %', '+7.0%')
    >>> percent(-0.04)
    '+0.0 %'
    """
    if not math.isfinite(value):
        return undefined(language)
    return in_percent(f"{value:+z.1f}", language)


def whole_percent(share: float, language: str) -> str:
    """A share in whole percent; what rounds to zero has no sign.

    >>> whole_percent(-0.001, "en"), whole_percent(0.45, "zh")
    ('0 %', '45%')
    """
    return in_percent(str(round(100 * share) + 0), language)


def scale(largest: float, of: str, language: str) -> tuple[float, str]:
    """Divisor and unit for numbers up to ``largest``, so that they stay short; shares in percent.

    >>> scale(3.5e9, "CNY", "en"), scale(1.7e8, "equivalents", "zh"), scale(2e6, "m3", "en")
    ((1000000000.0, 'billion CNY'), (100000000.0, '亿当量'), (1000000.0, 'million m³'))
    """
    if of.startswith("share"):
        return 0.01, "%"
    if largest < (1e5 if by_ten_thousand(language) else 1e4):
        return 1.0, unit(of, language)
    if by_ten_thousand(language):
        divisor, word = (1e8, "亿") if largest >= 1e8 else (1e4, "万")
        return divisor, word + unit(of, language)
    words = Language(language)
    steps = ((1e9, words.say("billion")), (1e6, words.say("million")), (1e3, words.say("thousand")))
    divisor, word = next(step for step in steps if largest >= step[0])
    return divisor, f"{word} {unit(of, language)}"


def amount(value: float, unit: str, language: str) -> str:
    """A value with its unit: shares in percent, money in CNY, large numbers in millions.

    >>> amount(0.06, "share per quarter", "en"), amount(0.06, "share per quarter", "zh")
    ('6 % per quarter', '每季 6%')
    >>> amount(30.0, "10,000 CNY", "en"), amount(1.2e6, "equivalents", "zh")
    ('CNY 300,000', '120 万当量')
    """
    if unit in OF_SHARE:
        percent = in_percent(f"{100 * value:.3g}", language)
        return Language(language).say(OF_SHARE[unit], percent=percent)
    if unit in MONEY:
        return money(value if unit == "CNY" else 1e4 * value, language)
    divisor, before, after = difference_scale(abs(value), unit, language)
    return f"{before}{figures(value / divisor)}{after}"


def amount_span(low: float, high: float, unit: str, language: str) -> str:
    """A range of values; what both ends have in common is said once.

    >>> amount_span(0.001, 0.00368, "share of output", "en"), amount_span(3, 20, "CNY/t", "zh")
    ('0.1 to 0.368 % of output', '3～20 元/吨')
    """
    ends = [amount(one, unit, language) for one in (low, high)]
    parts = [re.match(r"([^-\d]*)([-\d.,]+)(.*)", one) for one in ends]
    if None in parts or len({(one[1], one[3]) for one in parts if one}) > 1:
        return span(ends[0], ends[1], language)
    before, first, after = parts[0].groups()  # type: ignore[union-attr]
    return f"{before}{span(first, parts[1][2], language)}{after}"  # type: ignore[index]


def difference_scale(size: float, unit: str, language: str) -> tuple[float, str, str]:
    """What values of this size are divided by, and what is said before and after them."""
    if unit.startswith("share"):
        return 0.01, "", " " + Language(language).say("percentage points")
    if unit in MONEY:
        in_cny = 1.0 if unit == "CNY" else 1e4
        divisor, before, after = money_scale(size * in_cny, language)
        return divisor / in_cny, before, after
    named = "" if unit in BARE else _written(unit, language)
    divisor, word = large(size, language)
    return divisor, "", beside(f" {word}" if word else "0", named)[0 if word else 1 :]


def large(size: float, language: str) -> tuple[float, str]:
    """The large unit in which a language counts numbers of this size; 1 and no word for small."""
    if by_ten_thousand(language):
        return (1e4, "万") if size >= 1e5 else (1.0, "")
    return (1e6, Language(language).say("million")) if size >= 1e6 else (1.0, "")


def large_unit(of: str, language: str) -> tuple[float, str]:
    """What values of an axis or column are divided by, whatever their size, and the unit left.

    >>> large_unit("CNY", "en"), large_unit("CNY", "zh"), large_unit("m3", "en")
    ((1000000.0, 'million CNY'), (10000.0, '万元'), (1000000.0, 'million m³'))
    """
    divisor, word = large(math.inf, language)
    return divisor, beside(word, unit(of, language))


def beside(shown: str, named: str) -> str:
    """What follows a number or word: after a space, but for a Chinese word after another one.

    >>> beside("3", "t"), beside("1.2 亿", "当量"), beside("3", "吨")
    ('3 t', '1.2 亿当量', '3 吨')
    """
    return f"{shown}{'' if is_han(shown[-1:]) and is_han(named[:1]) else ' '}{named}".rstrip()


def is_han(letter: str) -> bool:
    """Whether a letter is Chinese, or a mark as wide; false for none.

    >>> is_han("亿"), is_han("t"), is_han("")
    (True, False, False)
    """
    return letter > "\u3000"


def level(value: float, of: str, language: str) -> str:
    """A level of an outcome with its unit, where the number does not say that itself.

    >>> level(1.2e6, "equivalents", "en"), level(1.2e6, "equivalents", "zh"), level(5, "t", "zh")
    ('1.20 million equivalents', '120.0 万当量', '5.00 吨')
    """
    shown = number(value, of, language)
    if of == "CNY" or of.startswith("share") or not math.isfinite(value):
        return shown
    return beside(shown, unit(of, language))


def four_digits(value: float, language: str) -> str:
    """A number with four significant digits, large ones in words, extreme ones as powers of ten.

    >>> four_digits(194369645.2, "en"), four_digits(194369645.2, "zh"), four_digits(1.7517e19, "en")
    ('194.4 million', '1.944 亿', '1.752×10¹⁹')
    >>> four_digits(0.00001234, "en"), four_digits(640.0, "en"), four_digits(0.12345, "zh")
    ('1.234×10⁻⁵', '640', '0.1235')
    """
    size = abs(value)
    if size >= 1e15 or 0 < size < 1e-4:
        digits, _, power = f"{value:.3e}".partition("e")
        return f"{digits}×10{str(int(power)).translate(RAISED)}"
    divisor, word = _power(size, language)
    shown = value / divisor
    whole = shown == int(shown) or abs(shown) >= 1e3
    return beside(f"{shown:,.0f}" if whole else f"{shown:.4g}", word)


def _power(size: float, language: str) -> tuple[float, str]:
    """The largest power of ten with a name in a language that a number of this size reaches."""
    if by_ten_thousand(language):
        steps = ((1e12, 1e12, "万亿"), (1e8, 1e8, "亿"), (1e5, 1e4, "万"))
    else:
        words = Language(language)
        steps = ((1e12, 1e12, words.say("trillion")), (1e9, 1e9, words.say("billion")),
                 (1e6, 1e6, words.say("million")))  # fmt: skip
    return next(((divisor, word) for least, divisor, word in steps if size >= least), (1.0, ""))
