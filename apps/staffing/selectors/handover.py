"""One handover: who may see it, and the list as it is printed and kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from apps.accounts.access import Actor
from apps.core.errors import NotFound
from apps.jurisdictions.models import Division
from apps.rules.language.procedures import acts_of
from apps.staffing.models import Case, CaseAct, CaseState, Handover, HandoverParty, Outcome, Part
from apps.staffing.selectors.handing import handover_law
from apps.staffing.selectors.run import procedure_of
from apps.teams.models import PostRole


def handover_row(actor: Actor, number: int) -> Handover | HandoverParty:
    """What an actor's scope shows of a handover: itself, or his own part in it; NotFound where it shows nothing."""
    found = Handover.objects.filter(pk=number).first()
    if found is not None and actor.position.team in (None, found.team_id):
        return found
    part = HandoverParty.objects.filter(handover=number).order_by("-round").first() if _narrow(actor) else None
    if part is None:
        raise NotFound
    return part


def _narrow(actor: Actor) -> bool:
    return actor.scope.area is None


@dataclass(frozen=True)
class PaperLine:
    """One item of the list: its number from 1, what it is about, what was written."""

    number: int
    label: str
    text: str


@dataclass(frozen=True)
class PaperSignature:
    """One who signs: in which capacity, his name, the day (None while he has not), whether on paper."""

    capacity: str
    name: str
    day: date | None
    paper: bool


@dataclass(frozen=True)
class HandoverPaper:
    """A handover list as it is printed and kept; `label` and `clause` are those of the rules' list, `filed_on` the day
    on which the township took it in, `complete` whether nothing is left to do."""

    label: str
    clause: str
    place: str
    name: str
    roles: str
    unit: str
    first: date
    last: date | None
    successor: str
    items: tuple[PaperLine, ...]
    signatures: tuple[PaperSignature, ...]
    filed_on: date | None
    complete: bool


def handover_paper(case: Case) -> HandoverPaper:
    """The list of the handover that a case is about, read in its village's area; NotFound for another case.

    Nine queries.
    """
    rows = Handover.objects.select_related("case", "posting__unit", "posting__team__village")
    held = rows.filter(case=case).first()
    if held is None:
        raise NotFound
    posting, record = held.posting, handover_law(held.posting, timezone.localdate(held.at)).record
    acts, parties = acts_standing(held.case), parties_of(held)
    town = Division.objects.filter(pk=posting.area[:10]).first()
    return HandoverPaper(
        label=record.label if record else procedure_of(held.case).label,
        clause=(record.clause or "") if record else procedure_of(held.case).clause or "",
        place=f"{town.name if town else ''} {held.case.place}".strip(),
        name=posting.name,
        roles=role_words(posting.roles),
        unit=posting.unit.name,
        first=posting.first,
        last=posting.last,
        successor=next((each.name for each in parties if each.part == Part.INCOMING), ""),
        items=tuple(PaperLine(n, item["label"], item["text"]) for n, item in enumerate(held.items, 1)),
        signatures=tuple(_signatures(held.case, parties, acts)),
        filed_on=next((act.day for act in acts if _verb(held.case, act.key) == "file"), None),
        complete=held.case.state == CaseState.DONE,
    )


def parties_of(held: Handover) -> list[HandoverParty]:
    """Both sides of the present list, the one who leaves first.  One query."""
    return list(held.parties.filter(round=held.round).select_related("posting").order_by("-part"))


def acts_standing(case: Case) -> list[CaseAct]:
    """The acts of a case's present round that were done, in order.  One query."""
    return list(CaseAct.objects.filter(case=case, round=case.round, outcome=Outcome.DONE).order_by("id"))


def role_words(roles: Iterable[str]) -> str:
    """Roles as they are called."""
    return "、".join(str(PostRole(role).label) for role in roles)


def _signatures(case: Case, parties: Sequence[HandoverParty], acts: Sequence[CaseAct]) -> Iterator[PaperSignature]:
    for party in parties:
        word = str(Part(party.part).label) + ("（暂代）" if party.provisional else "")
        yield PaperSignature(word, party.name, party.signed_on, party.paper)
    for step in acts_of(procedure_of(case).steps):
        if step.verb == "witness":
            act = next((act for act in acts if act.key == step.key), None)
            yield PaperSignature("监交人", act.name if act else "", act.day if act else None, bool(act and act.paper))


def _verb(case: Case, key: str) -> str | None:
    return next((step.verb for step in acts_of(procedure_of(case).steps) if step.key == key), None)
