"""Doing a step of a case: by the body itself, or from the paper of a body that has no account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.accounts.reach import reaching
from apps.core.errors import BadInput, Conflict, Forbidden, Refused
from apps.core.findings import blocking
from apps.rules.language.proceeding import Done, Ending, Open
from apps.staffing.bodies import body_words
from apps.staffing.models import Case, CaseState, Outcome
from apps.staffing.selectors.run import Hand, Run, awaited_words, hand_of, run_of
from apps.staffing.selectors.standing import case_seen
from apps.staffing.services.acts import Deed, act_write, acts_of, case_lock
from apps.staffing.services.matters import matter_of


@dataclass(frozen=True)
class Paper:
    """What a body without an account wrote: who decided there, on which day, under which number or at which meeting."""

    name: str
    day: date | None
    document: str


@dataclass(frozen=True)
class Told:
    """Everything that is said with an act."""

    outcome: str
    remark: str
    joined: Mapping[str, str]
    declared: Mapping[str, bool]
    paper: Paper | None


@transaction.atomic
def case_act(
    *,
    actor: Actor,
    case: int,
    key: str,
    outcome: str = Outcome.DONE,
    remark: str = "",
    joined: Mapping[str, str] | None = None,
    declared: Mapping[str, bool] | None = None,
    paper: Paper | None = None,
) -> Case:
    """Do the open step `key` of a case, or return or refuse it with a remark; the last step brings it to its end.

    `joined` is {body: what it said or who took part} of those whom the step hears or takes along: without one of them
    it is refused with the clause.  `declared` is {word: holds} of what the matter wants confirmed with it.  `paper` is needed where the actor enters what a body without an account did, and not
    taken otherwise.  NotFound outside the scope; Forbidden for whom the step does not name and for the person concerned
    (but where the procedure asks himself); Conflict when the step is not open (any more).
    """
    found = case_seen(actor, case)
    require(actor, "staffing.act")
    with reaching(actor, found):
        held = case_lock(case)
        run = run_of(held, acts_of(held), timezone.localdate())
        entry, hand = _open(actor, run, key)
        _require_outcome(run, key, outcome, remark)
        told = Told(outcome, remark, joined or {}, declared or {}, paper)
        deed = _deed(run, entry, hand, told)
        _require_joined(run, deed)
        after = run.after(_done(deed))
        matter = matter_of(held.matter)
        matter.check(actor, run, deed, after)
        act_write(actor, held, deed)
        held.state = _state(after, outcome)
        held.save()
        matter.follow(actor, held, deed)
    return held


def _open(actor: Actor, run: Run, key: str) -> tuple[Open, Hand]:
    """The open step and how the actor may do it."""
    entry = next((entry for entry in run.open_steps if entry.key == key), None)
    if entry is None:
        now = "、".join(other.label for other in run.open_steps) or CaseState(run.case.state).label
        raise Conflict(f"这一步已经办过或还没有轮到，现在是：{now}。请刷新页面。")
    hand = hand_of(actor, run, entry)
    if hand is None:
        if run.case.person in actor.persons:
            raise Forbidden("不能办理本人的事项，请由他人办理。")
        raise Forbidden(f"“{entry.label}”由{awaited_words(run, entry)}办理，不由您办理。")
    return entry, hand


def _require_outcome(run: Run, key: str, outcome: str, remark: str) -> None:
    if outcome not in Outcome.values:
        raise BadInput("请选择办理结果。")
    if outcome == Outcome.DONE:
        return
    if not run.judges(key):
        raise BadInput("这一步只能办理，不能退回或不同意。")
    if not remark.strip():
        raise BadInput("退回或不同意须写明理由。")


def _deed(run: Run, entry: Open, hand: Hand, told: Told) -> Deed:
    along, paper = run.along(entry), told.paper
    deed = Deed(
        entry.key,
        entry.label,
        hand.body,
        hand.office,
        told.outcome,
        joined={body: words.strip()[:200] for body, words in told.joined.items() if words.strip() and body in along},
        remark=told.remark,
        declared=told.declared,
        clause=entry.clause,
    )
    if hand.own:
        if run.last_day and timezone.localdate() < run.last_day:
            raise BadInput("前一步的日期晚于今天，请先核对。")
        return deed
    if paper is None or not paper.name.strip() or paper.day is None or not paper.document.strip():
        body = body_words(hand.body, run.names) if hand.body else "决定机关"
        raise BadInput(f"“{entry.label}”由{body}办理，请填写其负责人、日期和文号（会议）。")
    _require_day(run, entry, paper.day)
    return replace(deed, name=paper.name[:60], day=paper.day, document=paper.document[:120], paper=True)


def _require_day(run: Run, entry: Open, day: date) -> None:
    if day > timezone.localdate():
        raise BadInput(f"“{entry.label}”的日期不能晚于今天。")
    if run.last_day and day < run.last_day:
        raise BadInput(f"“{entry.label}”的日期不能早于前一步（{run.last_day:%Y-%m-%d}）。")


def _require_joined(run: Run, deed: Deed) -> None:
    """Refused while one of those who take part or are heard is not recorded, as far as the procedure demands it."""
    if deed.outcome != Outcome.DONE:
        return
    entry = next(entry for entry in run.open_steps if entry.key == deed.key)
    missing = [body for body in run.along(entry) if body not in deed.joined]
    found = blocking(run.alone(_done(deed)))
    if missing and found:
        words = "、".join(body_words(body, run.names) for body in missing)
        raise Refused(f"{found[0].message}请补记：{words}。", found)


def _done(deed: Deed) -> Done:
    day = deed.day or timezone.localdate()
    return Done(deed.key, day, deed.body, cast(Ending, deed.outcome), frozenset(deed.joined))


def _state(after: Run, outcome: str) -> CaseState:
    if outcome == Outcome.RETURNED:
        return CaseState.RETURNED
    if after.state == "refused":
        return CaseState.REFUSED
    return CaseState.DONE if after.state == "complete" else CaseState.OPEN
