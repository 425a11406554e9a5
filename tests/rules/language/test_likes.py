"""Rules by reference, of two invented counties: what is taken over, what stays own, and what follows through time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.catalogue import citations
from apps.rules.language.duties import Duty
from apps.rules.language.fulfilment import Recorded, fulfilment, occurrences
from apps.rules.language.windows import Stretch
from apps.rules.law import rules_of
from apps.rules.pack import Pack
from apps.rules.say import names_of, say, sources_of

HEAD = {"issuer": "某县委", "level": "county", "area": "C990101", "effective": "2024-01-01"}
REPORT: dict[str, Any] = {
    "label": "队长月报", "matter": "report", "who": "team_leader", "window": "month", "due": {"day": 5, "of": "next_month"},
    "to": ["county_office", "dispatch_unit"], "modality": "in_principle", "clause": "SX-1", "see": ["SX-2"],
    "content": ["进展"], "applies": {"village_classes": ["poor"]},
    "changes": {"2026-01-01": {"due": {"day": 3, "of": "next_month"}, "clause": "SX-8"}},
}  # fmt: skip
LIKE: dict[str, Any] = {"like": "duties.report", "label": "第一书记月报", "who": "first_secretary", "clause": "SX-9"}
DAY, NEW_YEAR = date(2025, 5, 1), date(2026, 1, 1)


def pack(code: str, duties: dict[str, Any] | None = None, **parts: Any) -> Pack:
    return Pack.load({**HEAD, "code": code, "title": code, "inherits": None, "duties": duties or {}, **parts})


UPPER = pack("shixi", {"report": REPORT, "secretary_report": LIKE})


def law(*packs: Pack, on: date = DAY) -> dict[str, Duty]:
    return {key: held.rule for key, held in rules_of(packs, "duties", on).items()}


def test_all_is_taken_over_but_what_it_says_itself() -> None:
    one, other = law(UPPER)["secretary_report"], law(UPPER)["report"]
    assert isinstance(one, Duty)
    assert (one.label, one.clause, [who.office for who in one.who]) == ("第一书记月报", "SX-9", ["first_secretary"])
    for field in ("matter", "window", "due", "to", "modality", "content", "applies"):
        assert getattr(one, field) == getattr(other, field)


@pytest.mark.parametrize(
    ("own", "field", "expected"),
    [
        ({"modality": "must"}, "modality", "must"),
        ({"content": ["问题"]}, "content", ("问题",)),
        ({"applies": {"roles": ["member"]}}, "applies.village_classes", None),  # a field is replaced whole
        ({"due": {"day": 20}}, "due.of", "same_month"),
        ({"window": "quarter"}, "window.of", "quarter"),
    ],
)
def test_what_it_says_itself_stands_whole(own: dict[str, Any], field: str, expected: Any) -> None:
    found: Any = law(pack("shixi", {"report": REPORT, "mine": LIKE | own}))["mine"]
    for name in field.split("."):
        found = getattr(found, name)
    assert found == expected


def test_both_clauses_are_named_and_the_page_says_whom_it_follows() -> None:
    rules = law(UPPER)
    assert sources_of(rules["secretary_report"]) == ("SX-9", "SX-1", "SX-2")
    lines = say(rules["secretary_report"], names_of(rules.items()))
    assert ("参照", "“队长月报”执行") in [tuple(line) for line in lines]
    assert citations(UPPER)["SX-9"] == ["shixi.duties.secretary_report"]
    (owed,) = occurrences(rules["secretary_report"], Stretch(DAY, DAY))
    done = fulfilment(rules["secretary_report"], owed, [Recorded(date(2025, 6, 5), about=DAY)], on=date(2025, 7, 1))
    assert (done.state, done.trace["clause"], done.trace["see"]) == ("met", "SX-9", ["SX-1", "SX-2"])


@pytest.mark.parametrize(("on", "day"), [(date(2025, 12, 31), 5), (NEW_YEAR, 3)])
def test_a_dated_change_of_the_other_rule_is_followed(on: date, day: int) -> None:
    found = law(UPPER, on=on)["secretary_report"]
    assert found.due is not None
    assert (found.due.day, found.clause) == (day, "SX-9")


def test_a_rule_of_the_pack_above_is_followed_with_what_the_county_made_of_it() -> None:
    change = {"rule": "duties.report", "values": {"times": {"at_least": 2}}, "since": "2025-01-01", "clause": "LH-3"}
    county = pack("linhe", {"deputy_report": LIKE | {"clause": "LH-1", "who": "member"}}, overrides=[change])
    assert (law(UPPER)["secretary_report"].times.at_least, law(county, UPPER)["deputy_report"].times.at_least) == (1, 2)
    assert law(county, UPPER)["secretary_report"].times.at_least == 2
    own = pack("linhe", {"report": REPORT | {"window": "week", "clause": "LH-2"}})
    found = rules_of([own, UPPER], "duties", DAY)["secretary_report"]
    assert (found.rule.window.of, found.pack, found.rule.see) == ("week", "shixi", ("LH-2", "SX-2"))


def test_an_override_of_the_rule_itself_is_laid_on_it_alone() -> None:
    change = {
        "rule": "duties.secretary_report",
        "values": {"window": "quarter"},
        "since": "2025-01-01",
        "clause": "LH-3",
    }
    found = rules_of([pack("linhe", overrides=[change]), UPPER], "duties", DAY)
    assert (found["secretary_report"].rule.window.of, found["report"].rule.window.of) == ("quarter", "month")
    assert [who for who, _, _ in found["secretary_report"].changed_by] == ["linhe"]


def test_where_the_other_does_not_hold_neither_does_this() -> None:
    flood = {
        "label": "防汛",
        "clause": "SX-7",
        "first": "2025-06-01",
        "last": "2025-06-30",
        "suspends": ["duties.report"],
    }
    county = pack("linhe", regimes={"flood": flood})
    assert "secretary_report" in law(county, UPPER, on=date(2025, 5, 31))
    assert law(county, UPPER, on=date(2025, 6, 1)) == {}
    ended = pack("shixi", {"report": REPORT | {"until": "2025-04-30"}, "secretary_report": LIKE})
    assert law(ended) == {}


def test_a_reference_to_a_reference_comes_to_the_rule_and_a_circle_to_none() -> None:
    third = {"like": "duties.secretary_report", "label": "队员月报", "who": "member", "clause": "SX-10"}
    found = law(pack("shixi", {"report": REPORT, "secretary_report": LIKE, "member_report": third}))["member_report"]
    assert (found.matter, found.clause, found.see) == ("report", "SX-10", ("SX-9", "SX-1", "SX-2"))
    circle = pack("shixi", {"one": LIKE | {"like": "duties.two"}, "two": LIKE | {"like": "duties.one"}})
    assert law(circle) == {}


def test_a_pack_with_references_loads_from_what_it_dumps() -> None:
    again = Pack.load(UPPER.dump())
    assert (again, again.version) == (UPPER, UPPER.version)
    assert law(again) == law(UPPER)
