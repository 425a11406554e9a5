"""Procedures: who does what in which order, by when, and what it means when a step is not done.

    steps:
      - {agree: team_leader}                              one act, written short as its verb
      - {approve: [county_office, county_org_dept]}       any one of several
      - {review: county_org_dept, jointly: [county_finance], asking: [dispatch_unit]}
      - together: [{agree: unit_head}, {agree: township_secretary}]      side by side, in any order
      - one_of: [[{decide: county_office}], [{agree: team}, {decide: township_secretary}]]   one branch of several
    filings: [dispatch_unit]      备案: a body is given it to keep; nobody waits for it
    notices: [{to: [team], after: approve}]      告知

`next_steps` and `procedure_findings` (in `proceeding`) read them; `chain_for` (in `chains`) chooses among several.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

from pydantic import Field, StrictInt, model_validator

from apps.rules.language.bands import Bounds
from apps.rules.language.deadlines import Deadline
from apps.rules.language.parts import Part, Whos
from apps.rules.language.rule import Rule
from apps.rules.language.selectors import Selector
from apps.rules.vocabulary import Modality

Act = Literal[
    "apply", "propose", "report", "agree", "review", "approve", "decide", "assess", "confirm", "sign", "submit",
    "accept", "publish", "carry_out", "hand_over", "witness", "supervise", "rectify", "talk", "visit", "hear", "return_from",
    "manage", "coordinate", "assist", "file", "notify", "feedback",
]  # fmt: skip
ACT_WORDS: dict[str, str] = {
    "apply": "申请", "propose": "提出", "report": "报告", "agree": "同意", "review": "审核", "approve": "批准",
    "decide": "决定", "assess": "评定", "confirm": "确认", "sign": "签字", "submit": "报送", "accept": "受理",
    "publish": "公示", "carry_out": "落实", "hand_over": "交接", "witness": "监交", "supervise": "督办",
    "rectify": "整改", "talk": "谈话", "visit": "走访", "hear": "听取", "return_from": "销假", "manage": "管理",
    "coordinate": "统筹", "assist": "配合", "file": "备案", "notify": "告知", "feedback": "反馈",
}  # fmt: skip
JUDGING = frozenset(("agree", "review", "approve", "decide", "assess", "confirm", "accept"))

Matter = Literal[
    "leave", "return_from_leave", "roster", "selection", "appointment", "recall", "replacement", "handover", "attendance",
    "ledger", "assessment", "award", "funding", "project", "report", "notice", "inspection", "rectification",
    "accountability", "sanction", "talk", "visit", "organisation", "training", "insurance", "waiver", "other",
]  # fmt: skip
Missing = Literal["blocks", "lapses", "deemed", "goes_on"]
EVENTS = (
    "start",
    "end",
    "refused",
    "leave_first",
    "leave_last",
    "posting_first",
    "posting_last",
    "period_last",
    "event",
)


class Step(Part):
    """One act, or `together` (all of it, or `at_least` so many, in any order), or `one_of` (one branch of several).

    `by` are those of whom any one acts, `jointly` those who act with him (会同), `asking` those who are heard first.
    `instead` acts where the one named would judge his own request.  `missing`, once the time in `within` is over:
    the procedure waits (`blocks`), ends (`lapses`), goes on as if it were done (`deemed`), or goes on without it.
    A step is left out for cases that `applies` does not match.
    """

    key: str = ""
    label: str = ""
    verb: Act | None = None
    by: Whos = ()
    jointly: Whos = ()
    asking: Whos = ()
    to: Whos = ()
    instead: Whos = ()
    within: Deadline | None = None
    missing: Missing = "blocks"
    returns_to: str = ""
    record: str = ""
    modality: Modality | None = None
    applies: Selector = Selector()
    together: tuple[Step, ...] = ()
    at_least: StrictInt | None = Field(default=None, ge=1)
    one_of: tuple[tuple[Step, ...], ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _written_short(cls, raw: Any) -> Any:
        return _long(raw)

    @property
    def words(self) -> str:
        """What is done, for a sentence."""
        return self.label or ACT_WORDS.get(self.verb or "", "") or "、".join(act.words for act in acts_of((self,)))


class Message(Part):
    """Something handed `to` each of several bodies, from the moment that `after` is done: a step, the `start`, the `end`
    of the last step, or a refusal (`refused`).  Nobody waits for it."""

    key: str = ""
    label: str = ""
    to: Whos = Field(min_length=1)
    by: Whos = ()
    after: str = "end"
    within: Deadline | None = None
    modality: Modality | None = None

    @model_validator(mode="before")
    @classmethod
    def _written_short(cls, raw: Any) -> Any:
        return _addressed(raw)


class Procedure(Rule):
    """The way of one `matter`.  Of several for one matter, the kinds of request, the bands of `days` asked for and of
    days `accumulated` in the year with them, and `applies` choose; `counted` says in which days the bands count.

    `self_approval`: whether someone may judge his own request; silence means no, the reading is the program's own.
    """

    matter: Matter
    kinds: tuple[str, ...] | None = Field(default=None, min_length=1)
    days: Bounds = Bounds()
    counted: Literal["day", "workday"] = "day"
    accumulated: Bounds = Bounds()
    self_approval: Literal["excluded", "allowed"] = "excluded"
    steps: tuple[Step, ...] = ()
    filings: tuple[Message, ...] = ()
    notices: tuple[Message, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _named(cls, raw: Any) -> Any:
        return _with_keys(raw) if isinstance(raw, dict) else raw


def acts_of(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """All single acts below some steps, in the order in which they are written."""
    found: list[Step] = []
    for step in steps:
        if step.verb is not None:
            found.append(step)
        found += acts_of(step.together)
        for branch in step.one_of:
            found += acts_of(branch)
    return tuple(found)


def _long(raw: Any) -> Any:
    """`{approve: x}` as `{verb: approve, by: [x]}`; a branch of one step as a list of it."""
    if not isinstance(raw, dict):
        return raw
    verbs = [name for name in raw if name in get_args(Act)]
    told = dict(raw)
    if len(verbs) == 1 and "verb" not in raw:
        by = told.pop(verbs[0])
        told |= {"verb": verbs[0], "by": by if isinstance(by, list | tuple) else [by]}
    if isinstance(told.get("one_of"), list | tuple):
        told["one_of"] = [[branch] if isinstance(branch, dict) else branch for branch in told["one_of"]]
    return told


def _addressed(raw: Any) -> Any:
    """`dispatch_unit` as `{to: [dispatch_unit]}`."""
    return {"to": [raw]} if isinstance(raw, str) else raw


def _with_keys(raw: dict[str, Any]) -> dict[str, Any]:
    """Every act and message has a key by which others name it: its verb, numbered from the second of a verb on."""
    taken: dict[str, int] = {}
    told = dict(raw)
    if "steps" in told:
        told["steps"] = _keyed(told["steps"], taken)
    for field, verb in (("filings", "file"), ("notices", "notify")):
        if isinstance(told.get(field), list | tuple):
            told[field] = [_keyed_one(_addressed(each), verb, taken) for each in told[field]]
    return told


def _keyed(steps: Any, taken: dict[str, int]) -> Any:
    if not isinstance(steps, list | tuple):
        return steps
    found = []
    for each in steps:
        step = _long(each)
        if isinstance(step, dict):
            step = _keyed_one(step, step.get("verb"), taken)
            if "together" in step:
                step["together"] = _keyed(step["together"], taken)
            if isinstance(step.get("one_of"), list):
                step["one_of"] = [_keyed(branch, taken) for branch in step["one_of"]]
        found.append(step)
    return found


def _keyed_one(raw: Any, verb: Any, taken: dict[str, int]) -> Any:
    if not isinstance(raw, dict) or not isinstance(verb, str) or raw.get("key"):
        return raw
    taken[verb] = taken.get(verb, 0) + 1
    return {**raw, "key": verb if taken[verb] == 1 else f"{verb}_{taken[verb]}"}
