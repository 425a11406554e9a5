"""Posting a candidate who was decided on: he becomes a cadre of the county with a posting, and the opening is filled."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.accounts.reach import reaching
from apps.cadres.identity import id_decrypt
from apps.cadres.models import Cadre, PoliticalStatus
from apps.cadres.services import CadreEntry, cadres_write
from apps.core.errors import BadInput, Conflict, Forbidden, Refused
from apps.rules.said_words import VALUE_WORDS
from apps.staffing.models import Candidate, Case, CaseState, Opening, OpeningState
from apps.staffing.selectors.eligible import check_of, demands_of, person_of
from apps.staffing.selectors.standing import case_seen
from apps.staffing.services.acts import Deed, act_write, case_lock
from apps.staffing.services.candidates import COUNTY, SELECTION, candidate_of, told
from apps.staffing.services.open import own_office
from apps.staffing.services.openings import opening_lock, require_open
from apps.teams.models import ONE_PERSON, Posting, PostRole, Team
from apps.teams.services import PostingEntry, TeamEntry, postings_write, teams_write

FARTHEST = timedelta(days=120)
_POLITICAL = {
    "full_member": PoliticalStatus.PARTY_MEMBER,
    "probationary_member": PoliticalStatus.PROBATIONARY,
    "league_member": PoliticalStatus.LEAGUE,
    "democratic": PoliticalStatus.DEMOCRATIC,
    "masses": PoliticalStatus.MASSES,
}


@transaction.atomic
def candidate_place(*, actor: Actor, case: int, first: date, team: int | None = None) -> Case:
    """Post a candidate from his first day on; he is asked about once more as of that day.

    Refused where the rules no longer let him through, or the team's post is taken.  Conflict while he is not decided on,
    once he is posted, and when another candidate filled the opening meanwhile.
    """
    found = case_seen(actor, case)
    require(actor, "candidate.place")
    with reaching(actor, found):
        held = case_lock(case)
        if held.matter != SELECTION or held.state != CaseState.DONE or held.posting_id is not None:
            raise Conflict(f"这名人选{CaseState(held.state).label}，现在不能登记到岗，请刷新页面。")
        if held.person in actor.persons:
            raise Forbidden("不能经办本人的事项，请由他人办理。")
        if abs(first - timezone.localdate()) > FARTHEST:
            raise BadInput("到岗日离今天太远，请核对年份。")
        opening = opening_lock(held.opening_id or 0)
        require_open(opening)
        candidate = candidate_of(held)
        _require_eligible(held, candidate, first)
        posting = _post(actor, held, candidate, opening, first, team)
        held.posting, held.team = posting, posting.team
        held.save()
        opening.state = OpeningState.FILLED
        opening.save()
        act_write(actor, held, Deed("placed", "登记到岗", "", own_office(actor), remark=f"{first:%Y-%m-%d}到岗"))
    return held


def _require_eligible(case: Case, candidate: Candidate, on: date) -> None:
    demands, fitting = demands_of(case, on)
    check = check_of(demands, fitting, person_of(candidate, case.round), on)
    found = [*check.refused, *check.missing]
    if found:
        raise Refused(f"按到岗日核对，不能登记到岗：{told(found)}", found)


def _post(actor: Actor, case: Case, candidate: Candidate, opening: Opening, first: date, team: int | None) -> Posting:
    county = case.area[:COUNTY]
    cadre = cadres_write(actor=actor, county=county, entries=[_cadre(county, candidate)])[case.person]
    entry = PostingEntry(
        posting=None,
        area=case.area,
        team=_team(actor, opening, team),
        cadre=cadre,
        unit=case.unit_id,
        person=case.person,
        name=candidate.name,
        roles=_meanwhile(opening, case),
        first=first,
        last=None,
    )
    postings_write(actor=actor, county=county, entries=[entry])
    return Posting.objects.select_related("team").get(team=entry.team, cadre=cadre, first=first)


def _meanwhile(opening: Opening, case: Case) -> tuple[str, ...]:
    """His roles; while whoever he follows is still in post and hands over, he is a member (the handover's end gives him
    the roles that one person holds on a day)."""
    if not opening.departures.filter(over=False).exists():
        return tuple(case.roles)
    rest = [role for role in case.roles if role not in ONE_PERSON]
    return tuple(rest) or (PostRole.MEMBER.value,)


def _cadre(county: str, candidate: Candidate) -> CadreEntry:
    """What the county's register says of him; what was not asked keeps what it had."""
    known = Cadre.objects.filter(area=county, person=candidate.person).first()
    facts = candidate.facts
    rank = VALUE_WORDS.get(facts.get("rank") or "", "")
    return CadreEntry(
        person=candidate.person,
        id_number=id_decrypt(bytes(candidate.id_number), area=county, person=candidate.person),
        name=candidate.name,
        unit=candidate.unit_id,
        political_status=_POLITICAL.get(facts.get("party") or "", known.political_status if known else ""),
        rank=" ".join(filter(None, (candidate.position, rank))) or (known.rank if known else ""),
        phone=candidate.phone or (known.phone if known else ""),
    )


def _team(actor: Actor, opening: Opening, team: int | None) -> int:
    """The village's team: the one that is named, the only one, or a new one where it has none."""
    teams = list(Team.objects.filter(village=opening.village_id).values_list("pk", flat=True))
    if team is not None and team in teams:
        return team
    if team is not None or len(teams) > 1:
        raise BadInput("请选择到哪个工作队。")
    if teams:
        return int(teams[0])
    entry = TeamEntry(None, opening.village_id, opening.area, f"{opening.place}驻村工作队")
    return teams_write(actor=actor, county=opening.area[:COUNTY], entries=[entry])[opening.area]
