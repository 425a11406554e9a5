"""Recording that a party relation was moved to the village, and that a first secretary leads its party organisation."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.cadres.models import Cadre
from apps.core.errors import BadInput, Conflict, NotFound, Refused
from apps.rules.language.selectors import Case
from apps.staffing.models import PartyRelation, VillageSecretary
from apps.staffing.selectors.party import MEMBERS, PARTY, PartyLaw, party_law
from apps.teams.models import Posting


@transaction.atomic
def party_relation_record(*, actor: Actor, posting: int, moved_on: date, branch: str) -> PartyRelation:
    """Record when a party member's relation was moved and which village organisation took it in; again corrects it.

    Refused where the rules know no such record, of whom is no party member, and for a day to come.
    """
    held = _locked(actor, posting)
    law = _law(held)
    if law.relation is None:
        raise Refused("本地现行规定没有写党组织关系转接，不需要登记。")
    if PARTY.get(held.cadre.political_status, "") not in MEMBERS:
        raise Refused(f"花名册上{held.name}不是中共党员（含预备党员），不登记转接；如有出入，请先更正花名册。")
    if moved_on > timezone.localdate():
        raise BadInput("转接日期不能晚于今天，请在转接以后登记。")
    if not branch.strip():
        raise BadInput("请写明接收的村党组织。")
    values = {"moved_on": moved_on, "branch": branch.strip(), "by": actor.name}
    own = {"area": held.area, "unit_id": held.unit_id, "person": held.person}
    found, _ = PartyRelation.objects.update_or_create(posting=held, defaults=values, create_defaults=values | own)
    return found


@transaction.atomic
def village_secretary_record(*, actor: Actor, posting: int, first: date, reason: str) -> VillageSecretary:
    """Record that a first secretary is the village's party secretary too from a day on, and why.

    Refused where the rules know no such post or not for his roles, outside his posting, and while somebody of the team
    holds it.
    """
    held = _locked(actor, posting)
    law = _law(held)
    case = Case(roles=frozenset(held.roles), day=first)
    if law.secretary is None or not law.secretary.applies.matches(case):
        raise Refused("本地现行规定没有写由他兼任村党组织书记，不能登记。")
    if not reason.strip():
        raise BadInput("请写明选不出合格书记人选的情况。")
    if first < held.first or first > timezone.localdate() or (held.last is not None and first > held.last):
        raise BadInput("兼任起始日期应在派驻期内、不晚于今天。")
    try:
        with transaction.atomic():
            return VillageSecretary.objects.create(
                area=held.area,
                posting=held,
                team_id=held.team_id,
                unit_id=held.unit_id,
                person=held.person,
                first=first,
                reason=reason.strip(),
                clause=law.secretary.clause or "",
                by=actor.name,
            )
    except IntegrityError as error:
        raise Conflict("这段时间已登记有人兼任村党组织书记，请先给前一段填写结束日期。") from error


@transaction.atomic
def village_secretary_end(*, actor: Actor, secretary: int, last: date) -> VillageSecretary:
    """Record the last day of such a post.  Ended twice it stays as first ended."""
    held = VillageSecretary.objects.select_for_update().filter(pk=secretary).first()
    if held is None:
        raise NotFound
    require(actor, "party.enter", held.area)
    if held.last is not None:
        return held
    if not held.first <= last <= timezone.localdate():
        raise BadInput("结束日期应在起始日期以后、不晚于今天。")
    held.last, held.by = last, actor.name
    held.save()
    return held


def _locked(actor: Actor, posting: int) -> Posting:
    """A posting with its person, locked; NotFound outside the scope, Forbidden without the office."""
    if (found := Posting.objects.filter(pk=posting).first()) is None:
        raise NotFound
    require(actor, "party.enter", found.area)
    Cadre.objects.select_for_update().filter(pk=found.cadre_id).first()
    return Posting.objects.select_for_update(of=("self",), no_key=True).select_related("cadre").get(pk=posting)


def _law(posting: Posting) -> PartyLaw:
    county = posting.area[:7]
    return party_law([county], timezone.localdate()).get(county, PartyLaw(None, None))
