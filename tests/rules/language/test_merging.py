"""What two packs propose of one event is proposed once: the stricter, with both clauses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.ladders import Ladder, proposals
from apps.rules.language.merging import merged
from apps.rules.language.proposals import Occasion, Proposal

OCCASION = Occasion(date(2026, 5, 1), decided=date(2026, 5, 12), subjects={"person": "甲", "unit": "住建局"})
BAN = {"do": "ban", "what": ["promotion"], "whom": "person", "start": "decision", "length": {"years": 1}}
TALK = {"do": "talk", "form": "admonition", "whom": "person"}


def found(clause: str, *effects: dict[str, Any], reasons: tuple[str, ...] = (), **more: Any) -> tuple[Proposal, ...]:
    rung = {"at_least": 1, "effects": list(effects), **more}
    ladder = Ladder.model_validate({"label": "脱岗", "climbs": "absences", "rungs": [rung], "clause": clause})
    occasion = Occasion(OCCASION.event, OCCASION.decided, subjects=OCCASION.subjects, reasons=reasons)
    return proposals(ladder, 1, occasion)


def told(*both: tuple[Proposal, ...]) -> list[tuple[str, str | None, tuple[str, ...], str | None]]:
    return [
        (one.do, one.clause, one.also, one.last and one.last.isoformat())
        for one in merged(one for each in both for one in each)
    ]


@pytest.mark.parametrize(
    ("county", "expected"),
    [
        ([TALK], [("talk", "CN-1", ("LH-1",), None)]),
        ([TALK | {"whom": "unit"}], [("talk", "CN-1", (), None), ("talk", "LH-1", (), None)]),
        ([TALK | {"form": "reminder"}], [("talk", "CN-1", (), None), ("talk", "LH-1", (), None)]),
        ([TALK, BAN], [("talk", "CN-1", ("LH-1",), None), ("ban", "LH-1", (), "2027-05-12")]),
    ],
)
def test_the_same_effect_on_the_same_person_is_proposed_once(county: list[dict[str, Any]], expected: Any) -> None:
    assert told(found("CN-1", TALK), found("LH-1", *county)) == expected


@pytest.mark.parametrize(
    ("nation", "county", "clause", "last"),
    [
        (BAN, BAN | {"length": {"years": 2}}, "LH-1", "2028-05-12"),
        (BAN | {"length": {"years": 2}}, BAN, "CN-1", "2028-05-12"),
        (BAN | {"modality": "in_principle", "length": {"years": 2}}, BAN, "LH-1", "2027-05-12"),
        (BAN | {"judged": "情节严重"}, BAN, "LH-1", "2027-05-12"),
        (BAN | {"unless": ["illness"], "length": {"years": 2}}, BAN, "LH-1", "2027-05-12"),
        (BAN | {"length": None, "note": "没有写多久"}, BAN | {"length": {"years": 9}}, "CN-1", None),
        (BAN, BAN, "CN-1", "2027-05-12"),
    ],
)
def test_the_stricter_stands_and_names_the_other(
    nation: dict[str, Any], county: dict[str, Any], clause: str, last: str | None
) -> None:
    above, own = found("CN-1", nation, reasons=("illness",)), found("LH-1", county)
    other = "LH-1" if clause == "CN-1" else "CN-1"
    assert told(above, own) == told(above, own, own) == [("ban", clause, (other,), last)]
    assert told(own, above)[0][3] == last
    (one,) = merged([*above, *own])
    assert (one.finding().clause, one.finding().inputs["also"]) == (clause, [other])


def test_alternatives_and_what_falls_on_nobody_known_are_left_alone() -> None:
    choice = found("CN-1", TALK, BAN, choose="one")
    assert told(choice, choice) == [
        (one.do, "CN-1", (), one.last and one.last.isoformat()) for one in (*choice, *choice)
    ]
    unknown = found("CN-1", TALK | {"whom": "team"})
    assert len(told(unknown, unknown)) == 2
