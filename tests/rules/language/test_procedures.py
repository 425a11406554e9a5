"""Procedures under way: who may act now, and what is wrong with what was done."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from apps.rules.language.procedures import Procedure
from apps.rules.language.proceeding import Done, Situation, next_steps, procedure_findings, state_of
from apps.rules.language.selectors import Case

PACK = Path(__file__).parent.parent / "packs" / "shixi" / "procedures.yaml"
READ = TypeAdapter(dict[str, Procedure])
RULES = READ.validate_python(yaml.safe_load(PACK.read_text("utf-8"))["procedures"])
MEMBER = Case(roles=frozenset({"member"}))
FIRST = Case(roles=frozenset({"first_secretary"}))
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 3, day) for day in (2, 3, 4, 5))
RELATED = {
    ("principal", "unit"): "unit_head",
    ("party_committee", "unit"): "unit_party_committee",
    ("org_dept_at_level", "unit"): "city_org_dept",
}


def rules(**written: Any) -> dict[str, Procedure]:
    return READ.validate_python({key: {"label": key, "matter": "leave", **each} for key, each in written.items()})


def keys(name: str, *done: Done, **situation: Any) -> list[str]:
    return [entry.key for entry in next_steps(RULES[name], done, Situation(related=RELATED, **situation))]


def codes(name: str, *done: Done, finished: bool = False, **situation: Any) -> list[tuple[str, str | None]]:
    seen = Situation(related=RELATED, **situation)
    return [
        (finding.code, finding.clause) for finding in procedure_findings(RULES[name], done, seen, finished=finished)
    ]


def test_steps_open_one_after_the_other_and_filings_when_their_step_is_done() -> None:
    applied, agreed = Done("apply", MONDAY, "cadre"), Done("agree", TUESDAY, "team_leader")
    approved = Done("approve", WEDNESDAY, "township_secretary")
    assert keys("leave_member_long") == ["apply"]
    assert keys("leave_member_long", applied) == ["agree"]
    (now,) = next_steps(RULES["leave_member_long"], (applied, agreed))
    assert (now.key, now.by, now.clause, now.kind) == ("approve", ("township_secretary",), "SX-12-3", "step")
    (filing,) = next_steps(RULES["leave_member_long"], (applied, agreed, approved))
    assert (filing.kind, filing.to, filing.clause) == ("filing", ("dispatch_unit", "county_office"), "SX-12-4")
    assert filing.due == date(2026, 3, 9)  # Wednesday 4 March, and three workdays: Thursday, Friday, Monday
    assert state_of(RULES["leave_member_long"], (applied, agreed, approved)) == "complete"
    assert keys("leave_member_long", applied, agreed, approved, Done("file", THURSDAY)) == []


def test_parallel_steps_are_open_together_and_both_are_needed() -> None:
    applied = Done("apply", MONDAY)
    assert keys("leave_member_beyond", applied) == ["agree", "unit"]
    assert keys("leave_member_beyond", applied, Done("unit", TUESDAY)) == ["agree"]
    both = (applied, Done("unit", TUESDAY), Done("agree", TUESDAY))
    (now,) = next_steps(RULES["leave_member_beyond"], both)
    assert now.by == ("county_office", "county_org_dept")


def test_so_many_of_several_parallel_steps_are_enough() -> None:
    (rule,) = rules(
        vote={
            "steps": [
                {"together": [{"agree": office} for office in ("team", "unit_head", "township_clerk")], "at_least": 2},
                {"approve": "county_office"},
            ]
        }
    ).values()
    assert [entry.key for entry in next_steps(rule, (Done("agree_2", MONDAY),))] == ["agree", "agree_3"]
    assert [entry.key for entry in next_steps(rule, (Done("agree_2", MONDAY), Done("agree", MONDAY)))] == ["approve"]


def test_of_several_branches_the_one_begun_is_followed_to_its_end() -> None:
    proposed = Done("propose", MONDAY)
    assert keys("selection", proposed, case=FIRST) == ["by_township", "village"]
    assert keys("selection", proposed, Done("village", TUESDAY), case=FIRST) == ["villagers"]
    heard = (proposed, Done("village", TUESDAY), Done("villagers", TUESDAY))
    assert keys("selection", *heard, case=FIRST) == ["review_first"]
    assert keys("selection", *heard, case=MEMBER) == ["review_member"]


def test_who_acts_by_relation_is_named_and_a_missing_name_is_told() -> None:
    done = [Done(key, MONDAY) for key in ("propose", "by_township", "review_member", "training")]
    (now,) = next_steps(RULES["selection"], done, Situation(case=MEMBER, related=RELATED))
    assert (now.by, now.unknown) == (("unit_party_committee",), ())
    (now,) = next_steps(RULES["selection"], done, Situation(case=MEMBER))
    assert (now.by, [actor.relation for actor in now.unknown]) == ((), ["party_committee"])


def test_a_step_that_nobody_waits_for_stays_open_beside_the_next() -> None:
    done = [Done(key, MONDAY) for key in ("propose", "by_township", "review_member")]
    assert keys("selection", *done, case=MEMBER) == ["training", "decide"]
    decided = [*done, Done("decide", TUESDAY)]
    assert state_of(RULES["selection"], decided, Situation(case=MEMBER)) == "complete"
    assert keys("selection", *decided, case=MEMBER) == ["training", "file"]
    assert codes("selection", *decided, case=MEMBER, finished=True) == [("step_missing", "SX-5-1")] * 2
    before = {"events": {"posting_first": date(2026, 4, 1)}, "on": date(2026, 3, 31)}
    assert codes("selection", *decided, case=MEMBER, **before) == []
    late = {"events": {"posting_first": date(2026, 4, 1)}, "on": date(2026, 4, 1)}
    assert codes("selection", *decided, case=MEMBER, **late) == [
        ("step_overdue", "SX-5-1")
    ]  # the day before was the last


@pytest.mark.parametrize(
    ("decided", "due"),
    [
        (date(2026, 1, 30), date(2026, 2, 16)),  # 15 February 2026 is a Sunday
        (date(2026, 3, 30), date(2026, 4, 15)),  # a Wednesday
    ],
)
def test_a_filing_is_due_on_a_day_of_the_next_month_moved_to_a_workday(decided: date, due: date) -> None:
    done = [Done(key, decided) for key in ("propose", "by_township", "review_member", "training", "decide")]
    (filing,) = next_steps(RULES["selection"], done, Situation(case=MEMBER, related=RELATED))
    assert (filing.to, filing.due) == (("city_org_dept",), due)


@pytest.mark.parametrize(("on", "state"), [(WEDNESDAY, "open"), (THURSDAY, "complete")])
def test_a_leave_that_nobody_answers_in_two_workdays_is_deemed_approved(on: date, state: str) -> None:
    assert state_of(RULES["leave_member_short"], (Done("apply", MONDAY),), Situation(on=on)) == state


@pytest.mark.parametrize(
    ("missing", "on", "state", "open_keys"),
    [
        ("deemed", THURSDAY, "open", ["approve"]),  # applied Monday: Tuesday, Wednesday
        ("deemed", date(2026, 3, 6), "open", ["file"]),
        ("goes_on", THURSDAY, "open", ["agree", "approve"]),
        ("lapses", THURSDAY, "lapsed", []),
        ("lapses", WEDNESDAY, "open", ["agree"]),
        ("blocks", THURSDAY, "open", ["agree"]),
    ],
)
def test_what_a_step_not_done_in_time_means(missing: str, on: date, state: str, open_keys: list[str]) -> None:
    within = {"workdays": 2, "after": "apply"}
    later: dict[str, Any] = {"within": {"days": 1, "after": "agree"}, "missing": "deemed"}
    (rule,) = rules(
        leave={
            "steps": [
                {"apply": "cadre"},
                {"agree": "team_leader", "within": within, "missing": missing},
                {"approve": "township_secretary", **(later if missing == "deemed" else {})},
                {"key": "file", "report": "township_clerk"},
            ]
        }
    ).values()
    seen = Situation(on=on)
    assert state_of(rule, (Done("apply", MONDAY),), seen) == state
    assert [entry.key for entry in next_steps(rule, (Done("apply", MONDAY),), seen)] == open_keys


def test_a_refusal_ends_it_and_a_return_undoes_what_came_after() -> None:
    refused = (Done("apply", MONDAY), Done("agree", TUESDAY, outcome="refused"))
    assert state_of(RULES["leave_member_long"], refused) == "refused"
    assert keys("leave_member_long", *refused) == []
    back = (Done("apply", MONDAY), Done("agree", TUESDAY), Done("approve", WEDNESDAY, outcome="returned"))
    assert keys("leave_member_long", *back) == ["apply"]
    done = [Done(key, MONDAY) for key in ("propose", "by_township", "review_member", "training")]
    assert keys("selection", *done, Done("decide", TUESDAY, outcome="returned"), case=MEMBER) == [
        "by_township",
        "village",
    ]


def test_of_several_who_vote_a_refusal_counts_only_when_too_few_are_left() -> None:
    offices = ("team", "unit_head", "township_clerk")
    steps = [{"together": [{"agree": office} for office in offices], "at_least": 2}, {"approve": "county_office"}]
    (rule,) = rules(vote={"steps": steps, "notices": [{"to": ["cadre"], "after": "refused"}]}).values()
    no, yes = Done("agree", MONDAY, outcome="refused"), Done("agree_2", MONDAY)
    assert [entry.key for entry in next_steps(rule, (no,))] == ["agree_2", "agree_3"]
    assert [entry.key for entry in next_steps(rule, (no, yes, Done("agree_3", MONDAY)))] == ["approve"]
    twice = (no, yes, Done("agree_3", TUESDAY, outcome="refused"))
    assert state_of(rule, twice) == "refused"
    assert [(entry.kind, entry.to) for entry in next_steps(rule, twice)] == [("notice", ("cadre",))]


def test_what_was_deemed_done_cannot_be_refused_afterwards() -> None:
    late = (Done("apply", MONDAY), Done("approve", THURSDAY, "team_leader", "refused"))
    assert state_of(RULES["leave_member_short"], late) == "complete"
    assert codes("leave_member_short", *late) == [("step_out_of_order", "SX-12-1")]
    in_time = (Done("apply", MONDAY), Done("approve", WEDNESDAY, "team_leader", "refused"))
    assert state_of(RULES["leave_member_short"], in_time) == "refused"


def test_what_has_lapsed_is_not_revived_by_a_late_act() -> None:
    within = {"days": 1, "after": "apply"}
    (rule,) = rules(
        leave={"steps": [{"apply": "cadre"}, {"agree": "team", "within": within, "missing": "lapses"}]}
    ).values()
    assert state_of(rule, (Done("apply", MONDAY), Done("agree", TUESDAY))) == "complete"
    late = (Done("apply", MONDAY), Done("agree", WEDNESDAY))
    assert state_of(rule, late) == "lapsed"
    assert [finding.code for finding in procedure_findings(rule, late)] == ["step_out_of_order", "procedure_lapsed"]


def test_no_filing_follows_a_step_that_was_refused() -> None:
    refused = (Done("apply", MONDAY), Done("agree", MONDAY), Done("approve", TUESDAY, outcome="refused"))
    assert keys("leave_member_long", *refused) == []


def test_nobody_judges_his_own_request() -> None:
    written: dict[str, Any] = {"steps": [{"apply": "cadre"}, {"approve": ["team_leader", "township_leader"]}]}
    plain, allowed, instead = rules(
        plain=written,
        allowed={**written, "self_approval": "allowed"},
        instead={"steps": [{"apply": "cadre"}, {"approve": "team_leader", "instead": "township_secretary"}]},
    ).values()
    applied = (Done("apply", MONDAY, "cadre"),)
    own = Situation(own=frozenset({"team_leader", "cadre"}))
    assert next_steps(plain, applied, own)[0].by == ("township_leader",)
    assert next_steps(allowed, applied, own)[0].by == ("team_leader", "township_leader")
    assert next_steps(instead, applied, own)[0].by == ("township_secretary",)
    assert next_steps(plain, (), own)[0].by == ("cadre",)
    himself = (*applied, Done("approve", TUESDAY, "team_leader"))
    assert [finding.code for finding in procedure_findings(plain, himself, own)] == ["self_approval"]
    assert procedure_findings(plain, himself) == []


@pytest.mark.parametrize(
    ("done", "found"),
    [
        ([("apply", MONDAY, "cadre"), ("agree", TUESDAY, "team_leader")], []),
        ([("agree", MONDAY, "team_leader"), ("apply", TUESDAY, "cadre")], [("step_out_of_order", "SX-12-2")]),
        (
            [
                ("apply", MONDAY, "cadre"),
                ("approve", TUESDAY, "township_secretary"),
                ("agree", WEDNESDAY, "team_leader"),
            ],
            [("step_out_of_order", "SX-12-3")],
        ),
        ([("apply", MONDAY, "cadre"), ("agree", TUESDAY, "county_office")], [("step_wrong_actor", "SX-12-2")]),
        ([("apply", MONDAY, "cadre"), ("stamp", TUESDAY, "")], [("step_unknown", "SX-12-2")]),
        (
            [("apply", MONDAY, ""), ("agree", MONDAY, ""), ("approve", MONDAY, ""), ("file", date(2026, 3, 6), "")],
            [("step_late", "SX-12-4")],
        ),
        ([("apply", MONDAY, ""), ("agree", MONDAY, ""), ("approve", MONDAY, ""), ("file", THURSDAY, "")], []),
    ],
)
def test_acts_out_of_order_by_others_or_late_are_told(done: list[tuple[str, date, str]], found: list[Any]) -> None:
    assert codes("leave_member_long", *(Done(*act) for act in done)) == found


def test_who_takes_part_or_is_heard_is_named_and_must_have_been() -> None:
    done = (Done("propose", MONDAY), Done("by_township", MONDAY))
    seen = Situation(case=FIRST)
    (review,) = next_steps(RULES["selection"], done, seen)
    assert (review.by, review.along) == (("county_org_dept",), ("county_poverty_office",))
    alone = Done("review_first", TUESDAY, "county_org_dept")
    heard = Done("review_first", TUESDAY, "county_org_dept", joined=frozenset({"county_poverty_office", "team"}))
    assert codes("selection", *done, alone, case=FIRST) == [("step_alone", "SX-5-2")]
    assert codes("selection", *done, heard, case=FIRST) == []


def test_severity_follows_the_modality_of_the_step() -> None:
    within = {"days": 1, "after": "apply"}
    (rule,) = rules(
        leave={
            "steps": [
                {"apply": "cadre"},
                {"agree": "team", "within": within, "modality": "encouraged"},
                {"approve": "county_office", "within": within},
            ],
            "modality": "in_principle",
        }
    ).values()
    done = [Done("apply", MONDAY), Done("agree", THURSDAY), Done("approve", THURSDAY)]
    assert [(finding.code, finding.severity) for finding in procedure_findings(rule, done)] == [
        ("step_late", "notice"),
        ("step_late", "warn"),
    ]


def test_a_procedure_survives_being_written_out_and_rewritten_from_a_day_on() -> None:
    rule = RULES["leave_member_long"]
    assert Procedure.model_validate(rule.model_dump(mode="json")) == rule
    changed = rule.model_copy(update={"changes": {date(2027, 1, 1): {"days": {"over": 5}, "clause": "SX-13-1"}}})
    (after,) = [changed.on(date(2027, 1, 1))]
    assert after is not None
    assert (after.days.holds(5), after.days.holds(6), after.clause) == (False, True, "SX-13-1")
    assert [step.key for step in after.steps] == ["apply", "agree", "approve"]
