"""Party relations: who must have moved his, who has, and who leads the village's party organisation too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from apps.accounts.access import Actor
from apps.cadres.models import Cadre, PoliticalStatus
from apps.core.findings import Finding
from apps.jurisdictions.selectors import division_names, laws_of
from apps.rules.language.conditions import Facts, Happened
from apps.rules.language.eligibility import Eligibility, verdict
from apps.rules.language.layers import InForce
from apps.rules.language.records import Record
from apps.rules.language.selectors import Case
from apps.staffing.models import PartyRelation, VillageSecretary
from apps.teams.models import Posting, PostRole
from apps.teams.selectors import open_postings

RELATION = "party_relation"  # the key of the rule and of the record, see docs/rule-packs.md
SECRETARY = "village_secretary_post"
MOVED = "party_relation_moved"
# What the rules call a political status.
PARTY: dict[str, str] = {
    PoliticalStatus.PARTY_MEMBER: "full_member",
    PoliticalStatus.PROBATIONARY: "probationary_member",
    PoliticalStatus.LEAGUE: "league",
    PoliticalStatus.DEMOCRATIC: "democratic",
    PoliticalStatus.MASSES: "masses",
}
MEMBERS = frozenset({"full_member", "probationary_member"})


@dataclass(frozen=True)
class PartyStanding:
    """One person in post: `party` is what he is, '' while nobody wrote it down; `required` whether the rules want his
    relation in the village; `finding` what is still missing; `may_lead` whether he may be recorded as the village's
    party secretary."""

    posting: Posting
    place: str
    roles: str
    party: str
    required: bool
    relation: PartyRelation | None
    finding: Finding | None
    secretary: VillageSecretary | None
    may_lead: bool

    @property
    def is_member(self) -> bool:
        return self.party in MEMBERS

    @property
    def shown(self) -> bool:
        """Whether the list has a line for him: party members, those of whom nothing is known, village secretaries."""
        return self.is_member or self.finding is not None or self.relation is not None or self.secretary is not None


@dataclass(frozen=True)
class PartyLaw:
    """What the rules of a county say: whose relation moves, and whether first secretaries may lead the village."""

    relation: Eligibility | None
    secretary: Record | None


def party_law(areas: Iterable[str], on: date) -> dict[str, PartyLaw]:
    """{county: its rules}; those that no pack covers are left out.  Two queries."""
    wanted = set(areas)
    rules, records = laws_of(wanted, "eligibility", on), laws_of(wanted, "records", on)
    return {area: PartyLaw(_rule(rules[area], RELATION), _rule(records[area], SECRETARY)) for area in rules}


def _rule(rules: Mapping[str, InForce[Any]], key: str) -> Any:
    held = rules.get(key)
    return held.rule if held else None


def party_standings(actor: Actor, today: date) -> list[PartyStanding]:
    """Everybody in post in the actor's scope (a county's or a unit's), those whose relation is missing first.

    A relation stays where it is when somebody takes another post in the same village.  Eight queries, whatever the
    number of people.
    """
    postings = list(_postings(actor, today))
    known = Cadre.objects.in_bulk({each.cadre_id for each in postings})
    relations = {(each.person, each.area): each for each in PartyRelation.objects.order_by("moved_on", "id")}
    secretaries = {each.posting_id: each for each in secretaries_on(today)}
    law = party_law({each.area[:7] for each in postings}, today)
    names = division_names(code for each in postings for code in (each.area[:7], each.area[:10]))
    found = [
        _standing(
            each,
            party=PARTY.get(known[each.cadre_id].political_status, "") if each.cadre_id in known else "",
            place=f"{names.get(each.area[:7], '')} {names.get(each.area[:10], '')}".strip(),
            law=law.get(each.area[:7], PartyLaw(None, None)),
            relation=relations.get((each.person, each.area)),
            secretary=secretaries.get(each.pk),
            today=today,
        )
        for each in postings
    ]
    return sorted((each for each in found if each.shown), key=lambda each: each.finding is None)


def _postings(actor: Actor, today: date) -> QuerySet[Posting]:
    rows = open_postings(today).filter(first__lte=today)
    return rows.select_related("team__village", "unit") if actor.scope.area else rows


def secretaries_on(day: date) -> QuerySet[VillageSecretary]:
    """Who is a village's party secretary on a day."""
    held = VillageSecretary.objects.filter(first__lte=day)
    return held.exclude(last__lt=day)


def _standing(
    posting: Posting,
    *,
    party: str,
    place: str,
    law: PartyLaw,
    relation: PartyRelation | None,
    secretary: VillageSecretary | None,
    today: date,
) -> PartyStanding:
    case = Case(roles=frozenset(posting.roles), day=today)
    required = law.relation is not None and law.relation.applies.matches(case)
    return PartyStanding(
        posting=posting,
        place=place,
        roles="、".join(str(PostRole(role).label) for role in posting.roles),
        party=party,
        required=required,
        relation=relation,
        finding=_missing(law.relation, posting, party, relation, today) if required and law.relation else None,
        secretary=secretary,
        may_lead=law.secretary is not None and law.secretary.applies.matches(case),
    )


def _missing(
    rule: Eligibility, posting: Posting, party: str, relation: PartyRelation | None, today: date
) -> Finding | None:
    """What the rule finds missing of one person."""
    facts = Facts(
        on=today,
        values={"roles": frozenset(posting.roles)} | ({"party": party} if party else {}),
        events={MOVED: (Happened(relation.moved_on),) if relation else ()},
    )
    return next(iter(verdict(rule, facts).findings), None)
