"""Exact numbers: fractions inside, plain JSON outside.  No floats anywhere; only a stated rounding loses anything.

The plain form of a number is an int where it is whole, else its text: `"89.5"`, or `"269/3"` where no decimal
fraction is equal to it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

Figure = int | str
Rounding = Literal["down", "up", "half_up", "half_even"]

ROUNDING_WORDS: dict[str, str] = {
    "down": "舍去尾数",
    "up": "有尾数就进一",
    "half_up": "四舍五入",
    "half_even": "四舍六入五成双",
}


def exact(number: int | str | Decimal | Fraction) -> Fraction:
    """A number or its plain form as a fraction.  ValueError for a text that is no number."""
    return Fraction(number)


def plain(number: int | Decimal | Fraction) -> Figure:
    """The plain form: int, decimal text without trailing noughts, or numerator/denominator."""
    if isinstance(number, int):
        return number
    value = Fraction(number)
    if value.denominator == 1:
        return value.numerator
    twos, rest = _powers(value.denominator, 2)
    fives, rest = _powers(rest, 5)
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = max(twos, fives)
    units = abs(value.numerator) * 10**digits // value.denominator
    sign = "-" if value < 0 else ""
    return f"{sign}{units // 10**digits}.{units % 10**digits:0{digits}d}"


def rounded(number: int | Decimal | Fraction, mode: str, digits: int = 0) -> Fraction:
    """To so many decimal places (-2: hundreds).  `down` and `up` go towards less and more, halves of `half_up` away from nought."""
    shifted = Fraction(number) * Fraction(10) ** digits
    below = shifted.numerator // shifted.denominator
    rest = shifted - below
    match mode:
        case "down":
            units = below
        case "up":
            units = below + (rest > 0)
        case "half_up":
            units = below + (rest > Fraction(1, 2) or (rest == Fraction(1, 2) and shifted > 0))
        case "half_even":
            units = below + (rest > Fraction(1, 2) or (rest == Fraction(1, 2) and below % 2 == 1))
        case _:
            raise ValueError(f"没有“{mode}”这种取整办法。")
    return units / Fraction(10) ** digits


def _powers(number: int, prime: int) -> tuple[int, int]:
    """How often a prime divides a number, and what is left."""
    times = 0
    while number % prime == 0:
        number //= prime
        times += 1
    return times, number
