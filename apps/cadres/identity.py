"""Resident identity numbers: checked, hashed to find a person, encrypted to keep, masked to show.

The number itself never goes into a log, a message or a page.  Format and check digit: GB 11643-1999.
"""

from __future__ import annotations

import hmac
import unicodedata
from datetime import date
from functools import lru_cache

from django.conf import settings
from stdnum import numdb
from stdnum.cn import ric

from apps.cadres.sealing import seal, unseal

_OLDEST = 100
_YOUNGEST = 16


def id_normalise(text: str) -> str:
    """The number as printed on the card: half-width, without blanks or invisible characters, X in upper case."""
    if text.isascii() and text.isalnum():
        return text.upper()
    plain = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in plain if letter.isprintable() and not letter.isspace()).upper()


def id_problem(number: str, *, on: date) -> str | None:
    """What is wrong with a normalised number, in Chinese and without the number; None when nothing is.

    Looks at length, digits, check digit, date of birth (16 to 100 years old `on` that day) and region.  A region is
    accepted when it ever existed: numbers were first given out in 1984, so people older than their county's code
    rightly carry it.
    """
    if len(number) != 18:
        return f"身份证号应为 18 位，现为 {len(number)} 位；请照身份证重新输入"
    if not (number.isascii() and number[:17].isdigit() and (number[17].isdigit() or number[17] == "X")):
        return "身份证号前 17 位应为数字，末位为数字或 X；请照身份证重新输入"
    born = birth_date(number)
    if born is None or not _YOUNGEST <= (on - born).days / 365.25 <= _OLDEST:
        return "身份证号第 7 至 14 位不是合理的出生日期；请照身份证重新输入"
    if number[17] != ric.calc_check_digit(number):
        return "身份证号末位校验不符，至少有一位数字输错；请照身份证逐位核对"
    if not _region_known(number[:6]):
        return "身份证号前 6 位不是行政区划代码；请照身份证重新输入"
    return None


def birth_date(number: str) -> date | None:
    """The date of birth that a normalised number says, None where it is none."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _region_known(code: str) -> bool:
    return any("county" in found for _, found in numdb.get("cn/loc").info(code))


def person_key(number: str) -> str:
    """The keyed hash by which one person's rows are found, 32 hex digits.  The same number always gives the same."""
    keyed = _keyed(settings.HASH_KEY).copy()
    keyed.update(id_normalise(number).encode())
    return keyed.hexdigest()[:32]


@lru_cache(maxsize=4)
def _keyed(key: bytes) -> hmac.HMAC:
    return hmac.new(key, digestmod="sha256")


def id_mask(number: str) -> str:
    """The first six and the last four characters: 621121********1234."""
    plain = id_normalise(number)
    return f"{plain[:6]}********{plain[-4:]}" if len(plain) == 18 else "*" * len(plain)


def id_encrypt(number: str, *, area: str, person: str) -> bytes:
    """The number, sealed to the county (`area`, seven characters) and person of its row."""
    return seal(number.encode(), bound_to=_row(area, person))


def id_decrypt(sealed: bytes, *, area: str, person: str) -> str:
    """The number of the row it was sealed to.  Raises Unsealable when the bytes came from another row."""
    return unseal(bytes(sealed), bound_to=_row(area, person)).decode()


def _row(area: str, person: str) -> str:
    return f"cadre|{area}|{person}"
