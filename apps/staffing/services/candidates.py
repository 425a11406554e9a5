"""Putting somebody forward for an opening, and doing so again after a return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.accounts.reach import reaching
from apps.cadres.identity import birth_date, id_encrypt, id_mask, id_normalise, id_problem, person_key
from apps.cadres.models import DispatchUnit
from apps.core.errors import BadInput, NotFound, Refused
from apps.core.findings import Finding
from apps.core.tenancy import COUNTY
from apps.staffing.models import Candidate, Case, CaseState, Channel, Declaration, Opening, Outcome
from apps.staffing.selectors.asked import Asked, Demands
from apps.staffing.selectors.eligible import NO_RESERVE, Check, check_of, demands_of, person_of
from apps.staffing.selectors.standing import case_seen
from apps.staffing.services.acts import Deed, act_write, case_lock
from apps.staffing.services.open import About, case_open, case_resend, case_settle, own_office
from apps.staffing.services.openings import opening_lock, require_open
from apps.staffing.services.sending import channel_acts
from apps.teams.compile.states import village_classes

SELECTION = "selection"


@dataclass(frozen=True)
class Nominee:
    """Somebody as he is put forward.  `facts` are {fact: word, words, flag or ISO day}, `declared` the words that the unit
    confirms, `form` {field: text} of the paper; an empty `id_number` keeps the one of a returned candidate."""

    name: str
    id_number: str = field(repr=False)
    channels: frozenset[str]
    facts: Mapping[str, Any]
    declared: frozenset[str] = frozenset()
    health_on: date | None = None
    position: str = ""
    phone: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    exception: str = ""


@transaction.atomic
def candidate_nominate(*, actor: Actor, opening: int, nominee: Nominee) -> Case:
    """Put somebody forward, as the personnel department of the unit that the opening names.

    Refused while something that the rules ask is not stated, or a reason is missing where they leave room for one.  Whom
    they exclude is written down and returned at once, with their clauses: nobody decides that, and the unit may correct
    it.  NotFound for another unit's opening, Conflict for one that is filled.
    """
    found = Opening.objects.filter(pk=opening).first()
    if found is None:
        raise NotFound
    require(actor, "candidate.nominate")
    with reaching(actor, found):
        held = opening_lock(opening)
        require_open(held)
        number = _number(nominee)
        _require_words(nominee)
        about = _about(held, held.unit, nominee, person_key(number))
        case = case_open(actor=actor, action="candidate.nominate", about=about)
        candidate = Candidate(
            area=case.area,
            case=case,
            unit_id=case.unit_id,
            person=case.person,
            id_number=id_encrypt(number, area=case.area[:COUNTY], person=case.person),
            id_masked=id_mask(number),
            birth=birth_date(number) or date.min,
        )
        _send(actor, case, candidate, nominee)
    return case


@transaction.atomic
def candidate_resend(*, actor: Actor, case: int, nominee: Nominee) -> Case:
    """Put a returned candidate forward again, corrected; he starts at the first step, under the rules of today."""
    found = case_seen(actor, case)
    require(actor, "candidate.nominate")
    with reaching(actor, found):
        held = case_lock(case)
        candidate = candidate_of(held)
        opening = opening_lock(held.opening_id or 0)
        require_open(opening)
        _require_words(nominee)
        person = person_key(_number(nominee)) if nominee.id_number.strip() else held.person
        case_resend(held, _about(opening, held.unit, nominee, person))
        _send(actor, held, candidate, nominee)
    return held


def candidate_of(case: Case) -> Candidate:
    """The candidate of a case; NotFound where it has none."""
    found = Candidate.objects.filter(case=case).first()
    if found is None:
        raise NotFound
    return found


def _about(opening: Opening, unit: DispatchUnit | None, nominee: Nominee, person: str) -> About:
    if unit is None:
        raise NotFound
    return About(
        area=opening.area,
        matter=SELECTION,
        person=person,
        name=nominee.name.strip(),
        place=opening.place,
        roles=frozenset(opening.roles),
        classes=village_classes(opening.area, timezone.localdate()).get(opening.area, frozenset()),
        unit=unit,
        opening=opening,
    )


def _send(actor: Actor, case: Case, candidate: Candidate, nominee: Nominee) -> None:
    """Keep what is said of a candidate, ask the rules, and take the steps that are the unit's own."""
    today = timezone.localdate()
    demands, fitting = demands_of(case, today)
    _fill(candidate, demands, nominee, actor.name)
    candidate.save()
    confirmed = {each.word for each in demands.confirmations if each.by_unit} & nominee.declared
    declarations_write(actor, candidate, case.round, dict.fromkeys(confirmed, True), body="dispatch_unit")
    check = check_of(demands, fitting, person_of(candidate, case.round), today, nominating=True)
    _require_complete(check, nominee)
    if check.refused:
        words = "".join(finding.message for finding in check.refused)
        deed = Deed(
            "eligibility",
            "资格条件核对",
            "",
            own_office(actor),
            Outcome.RETURNED,
            remark=words[:300],
            clause=check.refused[0].clause,
        )
        case_settle(actor, case, CaseState.RETURNED, deed)
        return
    for deed in channel_acts(actor, case, candidate):
        act_write(actor, case, deed)


def _require_complete(check: Check, nominee: Nominee) -> None:
    if check.missing:
        raise Refused("还有必须填写或认定的内容，请补齐。", check.missing)
    if check.warned and not check.refused and not nominee.exception.strip():
        raise Refused("有与一般规定不符之处，请写明理由。", check.warned)


def _fill(candidate: Candidate, demands: Demands, nominee: Nominee, by: str) -> None:
    candidate.name = nominee.name.strip()
    candidate.channels = [channel for channel in Channel.values if channel in nominee.channels]
    candidate.position, candidate.phone = nominee.position.strip(), nominee.phone.strip()
    candidate.facts = {each.name: _fact(each, nominee.facts.get(each.name)) for each in demands.facts}
    candidate.health_on = nominee.health_on
    if candidate.facts.get("health") and nominee.health_on is None:
        raise BadInput("请填写确认能够正常履职的日期。")
    candidate.form = {label: text.strip()[:300] for label, text in nominee.form.items() if text.strip()}
    candidate.exception, candidate.by = nominee.exception.strip(), by


def _fact(asked: Asked, raw: Any) -> Any:
    """A fact as it is kept; BadInput for what was not offered."""
    offered = {word for word, _ in asked.options} | {NO_RESERVE}
    if asked.kind == "flag":
        return bool(raw)
    if asked.kind == "words":
        words = [word for word in dict.fromkeys(raw or ()) if word]
        if not set(words) <= offered:
            raise BadInput(f"“{asked.label}”只能从所列各项中选。")
        return words
    if raw and asked.kind == "word" and raw not in offered:
        raise BadInput(f"“{asked.label}”只能从所列各项中选。")
    if raw and asked.kind == "day" and date.fromisoformat(raw) > timezone.localdate():
        raise BadInput(f"“{asked.label}”不能晚于今天。")
    return raw or None


def _number(nominee: Nominee) -> str:
    number = id_normalise(nominee.id_number)
    problem = id_problem(number, on=timezone.localdate())
    if problem:
        raise BadInput(f"{problem}。")
    return number


def _require_words(nominee: Nominee) -> None:
    if not nominee.name.strip():
        raise BadInput("请填写姓名。")
    if not nominee.channels or not nominee.channels <= set(Channel.values):
        raise BadInput("请选择选派渠道：个人报名、组织推荐，至少一项。")


def declarations_write(
    actor: Actor,
    candidate: Candidate,
    round_: int,
    declared: Mapping[str, bool],
    *,
    body: str,
    name: str = "",
    day: date | None = None,
) -> None:
    """Keep what a body confirms or denies of a candidate."""
    for word, holds in declared.items():
        Declaration.objects.create(
            area=candidate.area,
            candidate=candidate,
            unit_id=candidate.unit_id,
            round=round_,
            word=word,
            holds=holds,
            body=body,
            name=name or actor.name,
            user=actor.user,
            day=day or timezone.localdate(),
        )


def told(findings: list[Finding]) -> str:
    """Findings as one text."""
    return "".join(finding.message for finding in findings)
