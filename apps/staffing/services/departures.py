"""Asking that somebody may leave his post, and recording what was decided elsewhere or is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.accounts.reach import reaching
from apps.core.errors import BadInput, Conflict, Forbidden, NotFound, Refused
from apps.core.findings import Finding, blocking
from apps.rules.language.procedures import acts_of
from apps.staffing.models import LIVE, Case, CaseState, Departure, DepartureWhy
from apps.staffing.selectors.run import hand_of, run_of
from apps.staffing.selectors.ways import ASKING, Standpoint, Told, Way, departure_findings, standpoint, ways_of
from apps.staffing.services.acts import Deed, act_write, case_lock
from apps.staffing.services.acts import acts_of as acts_done
from apps.staffing.services.leaving import departure_end, departure_waits
from apps.staffing.services.open import About, case_open, case_resend, own_office
from apps.teams.models import Posting


@dataclass(frozen=True)
class Leaving:
    """What is asked for about one posting: the way (its key), the ground (its key, or other words on an open list), the
    statements made, why, where the proof lies, an earlier help, the last day wished for, whether somebody is to come.
    For a recall also who decided it elsewhere, when and under which number."""

    way: str
    last: date
    reason: str
    ground: str = ""
    stated: frozenset[str] = frozenset()
    evidence: str = ""
    helped_on: date | None = None
    helped: str = ""
    promoted_on: date | None = None
    successor: bool = True
    forced: bool = False
    due: date | None = None
    decided_by: str = ""
    decided_on: date | None = None
    number: str = ""


@transaction.atomic
def departure_ask(*, actor: Actor, posting: int, asked: Leaving) -> Departure:
    """Ask that somebody may leave; he stays in post until the last of those who judge it has agreed.

    Refused on a ground that the rules do not take, without the statements, the help or the proof that they ask for, and
    for a day outside the posting; Forbidden for whom the procedure does not let ask; Conflict while another departure of
    the posting is under way.
    """
    found = posting_seen(actor, posting)
    require(actor, "departure.ask")
    with reaching(actor, found):
        held, way, remarks = _checked(actor, posting, asked)
        if way.recorded:
            raise BadInput("召回和任期届满由县级驻村办、组织部门登记，不在这里提出。")
        case = case_open(actor=actor, action="departure.ask", about=_about(held, way, asked))
        made = _written(actor, held, way, asked, remarks, case=case)
        _asked_for(actor, case)
    return made


@transaction.atomic
def departure_resend(*, actor: Actor, departure: int, asked: Leaving) -> Departure:
    """Send a returned request again under the rules of today, with the same way."""
    found = departure_seen(actor, departure)
    require(actor, "departure.ask")
    with reaching(actor, found):
        held, way, remarks = _checked(actor, found.posting_id, asked, without=found.pk)
        made = Departure.objects.select_for_update().get(pk=departure)
        if made.case_id is None or way.label != made.way:
            raise BadInput("重新送审不能改换事项；请撤回后另行提出。")
        case = case_resend(case_lock(made.case_id), _about(held, way, asked))
        for name, value in _values(way, asked, remarks).items():
            setattr(made, name, value)
        made.save()
        _asked_for(actor, case)
    return made


@transaction.atomic
def departure_record(*, actor: Actor, posting: int, asked: Leaving) -> Departure:
    """Record that a term is over, or a recall that was decided elsewhere; the posting ends with it.

    Where the rules bind the departure to a finished handover, that is opened first and the posting goes on until its
    end.  Refused before the term is served, without the decision of a recall, and inside a closed month.
    """
    found = posting_seen(actor, posting)
    require(actor, "departure.record", found.area)
    held, way, remarks = _checked(actor, posting, asked)
    if not way.recorded:
        raise BadInput("这一事项须按程序提出，不能直接登记。")
    if way.why == DepartureWhy.RECALL:
        _require_decision(asked)
    made = _written(actor, held, way, asked, remarks, case=None)
    if way.why == DepartureWhy.END_OF_TERM and departure_waits(actor, made):
        return made
    departure_end(actor, made, asked.last)
    return made


def posting_seen(actor: Actor, posting: int) -> Posting:
    """A posting in the actor's own scope; NotFound outside it, also for another team of the village."""
    found = Posting.objects.filter(pk=posting).first()
    if found is None or actor.position.team not in (None, found.team_id):
        raise NotFound
    return found


def departure_seen(actor: Actor, departure: int) -> Departure:
    """A departure in the actor's own scope; NotFound outside it."""
    found = Departure.objects.filter(pk=departure).first()
    if found is None or actor.position.team not in (None, found.team_id):
        raise NotFound
    return found


def _checked(
    actor: Actor, posting: int, asked: Leaving, without: int | None = None
) -> tuple[Posting, Way, list[Finding]]:
    """The posting, locked, the way, and what the rules remark without refusing."""
    held = (
        Posting.objects.select_for_update(of=("self",), no_key=True)
        .select_related("team__village", "unit")
        .get(pk=posting)
    )
    _settle_withdrawn(held)
    if held.departures.filter(over=False).exclude(pk=without).exists():
        raise Conflict(f"{held.name}已有离任事项正在办理，请先办完或撤回。")
    today = timezone.localdate()
    place = standpoint(held, today)
    way = next((way for way in ways_of(place) if way.key == asked.way), None)
    if way is None:
        raise BadInput("本地现行规定没有这一事项，请重新选择。")
    if not actor.offices & way.senders:
        raise Forbidden(f"“{way.label}”不由您提出。")
    if held.person in actor.persons:
        raise Forbidden("不能经办本人的离任，请由他人办理。")
    return held, way, _allowed(place, way, asked, today)


def _settle_withdrawn(posting: Posting) -> None:
    """A case that was taken back holds nobody up."""
    gone = posting.departures.filter(over=False, case__isnull=False, ended_on__isnull=True).exclude(
        case__state__in=(*LIVE, CaseState.DONE)
    )
    gone.update(over=True)


def _allowed(place: Standpoint, way: Way, asked: Leaving, today: date) -> list[Finding]:
    held = place.posting
    if held.last is not None and held.last < today:
        raise Conflict(f"{held.name}的派驻已于{held.last}结束，请刷新页面。")
    if asked.last < held.first or (held.last is not None and asked.last > held.last):
        raise BadInput("离岗日应在派驻期内。")
    if not asked.reason.strip():
        raise BadInput("请写明事由。")
    if way.needs_evidence and not asked.evidence.strip():
        raise Refused(
            "按规定须有证明材料：请写明是什么材料、存放在哪里。",
            [Finding("evidence", "block", "须有证明材料。", way.clause)],
        )
    if asked.helped_on and (asked.helped_on > today or not asked.helped.strip()):
        raise BadInput("请写明教育帮助的情况和日期，日期不能晚于今天。")
    told = Told(asked.ground, asked.stated, asked.helped_on, asked.promoted_on)
    found = departure_findings(place, way, told, successor=asked.successor or way.sends)
    if wrong := blocking(found):
        raise Refused("".join(each.message for each in wrong), wrong)
    return found


def _require_decision(asked: Leaving) -> None:
    if not (asked.decided_by.strip() and asked.decided_on and asked.number.strip()):
        raise BadInput("召回由有权的机关决定；请写明决定机关、决定日期和文号。")
    if not asked.decided_on <= timezone.localdate():
        raise BadInput("决定日期不能晚于今天。")


def _about(held: Posting, way: Way, asked: Leaving) -> About:
    return About(
        area=held.area,
        matter="replacement",
        person=held.person,
        name=held.name,
        place=held.team.place,
        roles=frozenset(held.roles),
        classes=frozenset(held.team.village.classes),
        unit=held.unit,
        kind=way.kind,
        ground=way.ground_words(asked.ground)[:60],
        reason=asked.reason,
        posting=held,
    )


def _written(
    actor: Actor, held: Posting, way: Way, asked: Leaving, remarks: list[Finding], *, case: Case | None
) -> Departure:
    try:
        with transaction.atomic():
            return Departure.objects.create(
                area=held.area,
                case=case,
                posting=held,
                team_id=held.team_id,
                unit_id=held.unit_id,
                person=held.person,
                name=held.name,
                place=held.team.place,
                roles=held.roles,
                why=way.why,
                by=actor.name,
                **_values(way, asked, remarks),
            )
    except IntegrityError as error:
        if "departure_one_at_a_time" not in str(error):
            raise
        raise Conflict(f"{held.name}已有离任事项正在办理，请先办完或撤回。") from error


def _values(way: Way, asked: Leaving, remarks: list[Finding]) -> dict[str, Any]:
    return {
        "way": way.label,
        "clause": way.clause,
        "ground": way.ground_words(asked.ground)[:60],
        "reason": asked.reason.strip(),
        "evidence": asked.evidence.strip(),
        "helped_on": asked.helped_on,
        "helped": asked.helped.strip(),
        "promoted_on": asked.promoted_on,
        "decided_by": asked.decided_by.strip(),
        "decided_on": asked.decided_on,
        "number": asked.number.strip(),
        "last": asked.last,
        "successor": asked.successor or way.sends,
        "forced": asked.forced,
        "due": asked.due,
        "remarks": [each.dump() for each in remarks],
    }


def _asked_for(actor: Actor, case: Case) -> None:
    """The act of asking itself, where the procedure has one for the actor."""
    run = run_of(case, acts_done(case), timezone.localdate())
    verbs = {step.key: step.verb for step in acts_of(run.procedure.steps)}
    entry = next(iter(run.open_steps), None)
    hand = hand_of(actor, run, entry) if entry else None
    if entry and hand and verbs.get(entry.key) in ASKING:
        office = hand.office or own_office(actor)
        act_write(actor, case, Deed(entry.key, entry.label, hand.body, office, remark=case.reason, clause=entry.clause))
