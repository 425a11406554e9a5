"""Identity numbers: checked, hashed, sealed, masked."""

from __future__ import annotations

from datetime import date

import pytest
from stdnum.cn import ric

from apps.cadres.identity import id_decrypt, id_encrypt, id_mask, id_normalise, id_problem, person_key
from apps.cadres.names import sort_key
from apps.cadres.sealing import Unsealable, seal, unseal

TODAY = date(2026, 11, 22)


def number(body: str = "62112119800101123") -> str:
    """A number with its right check digit."""
    return body + ric.calc_check_digit(body + "0")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (number(), None),
        (number("62242119700315002"), None),  # a county code of the time before 2003
        (number("51170319601231001"), None),  # born long before the county had this code, as people rightly are
        (number()[:-1], "18 位，现为 17 位"),
        (number() + "1", "现为 19 位"),
        ("", "现为 0 位"),
        ("62112119800101A23X", "前 17 位应为数字"),
        ("62112119800230123X", "出生日期"),
        ("62112120200101123X", "出生日期"),  # six years old
        ("62112118800101123X", "出生日期"),
        (number()[:-1] + ("1" if number()[-1] != "1" else "2"), "末位校验不符"),
        (number("99999919800101123"), "前 6 位不是行政区划代码"),
    ],
)
def test_a_number_is_refused_for_what_is_wrong_with_it(text: str, said: str | None) -> None:
    problem = id_problem(text, on=TODAY)
    assert (problem is None) if said is None else said in (problem or "")
    assert not text or text not in (problem or "")


def test_full_width_and_hidden_characters_do_not_make_another_person() -> None:
    plain = number("62112119800101001")
    messy = "\u200b" + "".join(chr(ord(letter) + 0xFEE0) for letter in plain) + "\u00a0\ufeff"
    assert id_normalise(messy) == plain
    assert person_key(messy) == person_key(plain)
    assert len(person_key(plain)) == 32


def test_the_key_of_a_person_depends_on_the_installations_secret(settings: object) -> None:
    before = person_key(number())
    settings.HASH_KEY = b"x" * 32  # type: ignore[attr-defined]
    assert person_key(number()) != before


def test_a_sealed_number_opens_only_in_its_own_row() -> None:
    one, other = person_key(number()), person_key(number("62112119810101123"))
    sealed = id_encrypt(number(), area="C621121", person=one)
    assert number().encode() not in sealed
    assert id_decrypt(sealed, area="C621121", person=one) == number()
    for area, person in (("C621121", other), ("C621122", one)):
        with pytest.raises(Unsealable):
            id_decrypt(sealed, area=area, person=person)


def test_two_seals_of_one_number_differ() -> None:
    assert len({id_encrypt(number(), area="C621121", person="p") for _ in range(50)}) == 50


@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_an_altered_seal_is_refused(place: int) -> None:
    sealed = bytearray(seal(b"plain", bound_to="here"))
    sealed[place] ^= 1
    with pytest.raises(Unsealable):
        unseal(bytes(sealed), bound_to="here")


def test_nothing_short_or_empty_opens() -> None:
    for sealed in (b"", b"\x01", b"\x01" + b"0" * 12):
        with pytest.raises(Unsealable):
            unseal(sealed, bound_to="here")


def test_a_mask_keeps_the_region_and_the_last_four() -> None:
    assert id_mask("621121198001011234") == "621121********1234"
    assert id_mask("12345") == "*****"


def test_names_sort_by_sound_and_surnames_by_their_own() -> None:
    assert sort_key("张三") == "zhang san"
    assert sort_key("曾国强") == "zeng guo qiang"
    assert sort_key("单晓峰") == "shan xiao feng"
    assert sort_key("") == ""
