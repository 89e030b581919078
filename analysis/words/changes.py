"""Differences and their intervals in the words of a language: signed, and in one power of ten."""

from __future__ import annotations

from collections.abc import Sequence

from cleanpark.analysis.words.numbers import difference_scale, signed, span, undefined


def change(value: float, unit: str, language: str, size: float | None = None) -> str:
    """A difference with its sign and unit; of shares in percentage points. In a column that has
    one unit it is the one that ``size`` wants.

    >>> change(-1.43e8, "equivalents", "en"), change(0.163, "share", "en")
    ('-143 million equivalents', '+16.3 percentage points')
    >>> change(2.5e8, "CNY", "zh"), change(-9.45e7, "CNY", "en")
    ('+2.5 亿元', 'CNY -94.5 million')
    """
    return _told([value], unit, language, "+", size)


def change_span(low: float, high: float, unit: str, language: str) -> str:
    """Two differences, such as the ends of an interval, in one unit that is said once.

    >>> change_span(8.8e5, 1.49e7, "equivalents", "en")
    '+0.88 to +14.9 million equivalents'
    >>> change_span(-1.49e8, -4.01e7, "CNY", "zh")
    '-1.49～-0.401 亿元'
    """
    return _told([low, high], unit, language, "+")


def change_beside(
    value: float,
    low: float,
    high: float,
    unit: str,
    language: str,
    size: float | None = None,
) -> tuple[str, str]:
    """A difference and its interval, both in the power of ten that the largest of them wants, or
    that ``size`` does, so that a column has one.

    >>> change_beside(7.4e7, 2.1e7, 1.27e8, "CNY", "zh")
    ('+0.74 亿元', '+0.21～+1.27 亿元')
    >>> change_beside(1e8, 7.35e7, 1.27e8, "CNY", "zh")[0]
    '+1.00 亿元'
    """
    if size is None:
        size = max(abs(one) for one in (value, low, high) if one == one)
    divisor, before, after = difference_scale(size, unit, language)
    told, *ends = _alike([value, low, high], divisor, language, "+")
    return f"{before}{told}{after}", f"{before}{span(ends[0], ends[1], language)}{after}"


def distance(value: float, unit: str, language: str) -> str:
    """How far two values of an outcome lie apart: a difference without a sign.

    >>> distance(0.163, "share", "en"), distance(1.2e6, "equivalents", "zh")
    ('16.3 percentage points', '120 万当量')
    """
    return _told([value], unit, language, "")


def _told(
    values: Sequence[float], unit: str, language: str, sign: str, size: float | None = None
) -> str:
    """Differences in the same power of ten, as ``size``, else the largest of them wants it."""
    if size is None:
        size = max([abs(one) for one in values if one == one], default=0.0)
    divisor, before, after = difference_scale(size, unit, language)
    told = _alike(values, divisor, language, sign)
    return f"{before}{span(told[0], told[1], language) if len(told) > 1 else told[0]}{after}"


def _alike(values: Sequence[float], divisor: float, language: str, sign: str) -> list[str]:
    """Numbers that stand together, as many decimals to each as the others have, but for more than
    three digits in all: 1 beside 0.74 is 1.00."""
    told = [signed(one / divisor, sign) if one == one else undefined(language) for one in values]
    most = max(len(text.partition(".")[2]) for text in told)
    return [_padded(text, most) for text in told]


def _padded(text: str, most: int) -> str:
    """A number with zeros behind it, up to so many decimals and three digits.

    >>> _padded("+1", 2), _padded("-0.4", 2), _padded("+15.5", 2), _padded("0", 2)
    ('+1.00', '-0.40', '+15.5', '0')
    """
    whole, _, decimals = text.partition(".")
    digits = whole.lstrip("+-")
    if not digits.isdigit() or text == "0":
        return text
    room = min(most, 3 - (0 if digits == "0" else len(digits)))
    return f"{whole}.{decimals.ljust(room, '0')}" if room > len(decimals) else text
