"""Inheritance and time: the nearest pack that has a value on the day wins; a book is frozen for ever."""

import json
from datetime import date

import pytest

from apps.core.months import Month
from apps.rules.book import RuleBook, resolve
from apps.rules.pack import Pack
from apps.rules.reader import read_pack
from apps.rules.terms import Due
from tests.rules.test_reader import CLAUSES, SAMPLE

TODAY = date(2026, 10, 31)


@pytest.fixture(scope="module")
def city() -> Pack:
    return read_pack(SAMPLE, CLAUSES)


def county(**parts) -> Pack:
    """A county under the sample, which says only `parts` itself."""
    header = {"code": "under", "title": "下级", "issuer": "县", "level": "county", "area": "C990102"}
    return Pack.load({**header, "effective": "2021-01-01", "inherits": "sample", **parts})


def floor(**values):
    """The sample's yearly floor with a county's own dated values."""
    text = {"label": "年驻村天数", "short": "年驻村", "window": "year", "unit": "day"}
    dated = {day: {"at_least": number, "modality": "must", "clause": "SX-2"} for day, number in values.items()}
    return {"stationed_days": {**text, "counts": ["in_village"], "binds": ["member"], "values": dated}}


@pytest.mark.parametrize(
    ("day", "at_least"),
    [(date(2020, 5, 1), 200), (date(2021, 12, 31), 200), (date(2022, 1, 1), 210), (TODAY, 210)],
)
def test_the_value_in_force_is_the_last_that_has_begun(city, day, at_least):
    assert resolve([city], day).measure("stationed_days").at_least == at_least


def test_before_its_first_value_a_measure_does_not_exist(city):
    later = county(presence=floor(**{"2023-01-01": 230}))
    assert resolve([later, city], date(2022, 12, 31)).measure("stationed_days").at_least == 210
    assert resolve([later, city], date(2022, 12, 31)).measure("stationed_days").pack == "sample"
    assert resolve([later, city], date(2023, 1, 1)).measure("stationed_days").at_least == 230
    alone = county(
        presence=floor(**{"2023-01-01": 230}), sheet=city.sheet.model_dump(), ledger=city.ledger.model_dump()
    )
    assert resolve([alone], date(2022, 12, 31)).presence == ()


def test_the_nearest_pack_wins_part_by_part(city):
    own = county(
        presence=floor(**{"2021-01-01": 230}),
        sheet={"nights": {"value": True, "clause": "SX-5"}},
        ledger={
            "documents": [
                {"key": "brief", "label": "简报", "period": "week", "office": "county_office", "clause": "SX-7"}
            ]
        },
        settings={"own": {"value": 3, "clause": "SX-1"}},
    )
    book = resolve([own, city], TODAY)
    assert (book.code, book.area, book.number) == ("under", "C990102", "")
    assert book.measure("stationed_days").at_least == 230
    assert book.measure("village_days").at_least == 150
    assert book.sheet.nights is True
    assert book.sheet.categories == ("in_village", "meeting", "leave", "rest")
    assert [document.key for document in book.ledger.documents] == ["brief", "bulletin"]
    assert [step.key for step in book.ledger.steps] == ["sign", "submit"]
    assert book.settings["own"].value == 3
    assert [code for code, _ in book.packs] == ["under", "sample"]


def test_a_pack_not_yet_in_force_says_nothing(city):
    own = county(presence=floor(**{"2021-01-01": 230}))
    assert resolve([own, city], date(2020, 12, 31)).code == "sample"
    with pytest.raises(ValueError, match="没有生效的规则包"):
        resolve([own, city], date(2020, 4, 30))


def test_a_chain_that_does_not_say_how_the_sheet_runs_is_refused(city):
    with pytest.raises(ValueError, match=r"都没有写“marks”|都没有写“prefill”"):
        resolve([county()], TODAY)


def test_a_variant_for_a_village_class_beats_the_general_one(city):
    general, special = floor(**{"2021-01-01": 230}), floor(**{"2021-01-01": 180})["stationed_days"]
    own = county(
        presence={**general, "red": {**special, "key": "stationed_days", "village_classes": ["red"]}},
    )
    book = resolve([own, city], TODAY)
    assert book.chosen(["member"], ["poor"])["stationed_days"].at_least == 230
    assert book.chosen(["member"], ["poor", "red"])["stationed_days"].at_least == 180
    assert book.chosen(["credit_officer"], ["red"]).keys() == {"weekly_days"}


@pytest.mark.parametrize("code", ["central", "tongwei", "yulin", "kunming", "dachuan"])
def test_a_book_and_a_pack_survive_being_stored_as_json(book, packs, code):
    rules = book(code, TODAY)
    assert RuleBook.load(json.loads(json.dumps(rules.dump()))) == rules
    stored = Pack.load(json.loads(json.dumps(packs[code].dump())))
    assert (stored, stored.version) == (packs[code], packs[code].version)


def test_the_version_changes_with_the_content_and_with_nothing_else(city, book, packs):
    assert resolve([city], TODAY) is resolve([city], TODAY)
    assert resolve([city], date(2026, 1, 1)).version == resolve([city], TODAY).version
    assert resolve([city], date(2021, 1, 1)).version != resolve([city], TODAY).version
    changed = city.dump()
    changed["presence"]["stationed_days"]["values"]["2022-01-01"]["at_least"] = 211
    assert Pack.load(changed).version != city.version
    assert len({book(code, TODAY).version for code in packs}) == 5


def test_packs_and_books_cannot_be_changed(city):
    with pytest.raises(ValueError, match="frozen"):
        city.title = "另一个"
    with pytest.raises(ValueError, match="frozen"):
        resolve([city], TODAY).presence[0].at_least = 1


@pytest.mark.parametrize(
    ("due", "month", "expected"),
    [
        (Due(day=5, of="next_month", clause="SX-1"), "2026-12", date(2027, 1, 5)),
        (Due(day=31, of="next_month", clause="SX-1"), "2026-01", date(2026, 2, 28)),
        (Due(day=31, of="next_month", clause="SX-1"), "2024-01", date(2024, 2, 29)),
        (Due(day=10, of="after_quarter", clause="SX-1"), "2026-01", date(2026, 4, 10)),
        (Due(day=10, of="after_quarter", clause="SX-1"), "2026-12", date(2027, 1, 10)),
    ],
)
def test_a_due_day_falls_in_the_month_after_and_never_beyond_its_end(due, month, expected):
    assert due.due_on(Month.parse(month)) == expected
