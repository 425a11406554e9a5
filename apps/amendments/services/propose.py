"""Proposing: a whole pack that somebody wrote, or one value of the law in force set otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction

from apps.accounts.access import Actor, require
from apps.amendments.checking import Draft, draft_of_content, draft_of_folder, told, value_check
from apps.amendments.drafting import Entry, Standing, amended, changed, value_of
from apps.amendments.models import Amendment, Source, State
from apps.amendments.selectors import Offers
from apps.amendments.uploads import unpacked
from apps.core.errors import BadInput, Conflict, Forbidden, NotFound
from apps.jurisdictions.selectors import pack_of, packs_above
from apps.rules.checks import AREA_LENGTH
from apps.rules.pack import Pack
from apps.rules.problems import PackError


@dataclass(frozen=True, slots=True)
class Wish:
    """One value as the form has it: the rule's name, the field's, what was typed, from when, by what authority."""

    rule: str
    field: str
    value: str
    since: date
    clause: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The document by which a county without rules of its own begins to have some."""

    title: str = ""
    number: str = ""
    issuer: str = ""


@transaction.atomic
def amendment_upload(*, actor: Actor, files: Sequence[File[Any]], reason: str) -> Amendment:
    """Propose the pack in these files (one zip, or the .yaml files of one folder) for the actor's own county.

    BadInput with `details` [{file, line, where, message, instead}] for a pack with faults, without them for files that
    are no pack; Conflict when the same content is proposed already.  Nothing is stored then.
    """
    area = own_county(actor)
    text = _reason(reason)
    try:
        with unpacked(files) as folder:
            draft = draft_of_folder(folder, county=area)
    except PackError as error:
        raise told(error) from error
    return proposal_store(draft, source=Source.UPLOAD, reason=text, actor=actor)


@transaction.atomic
def amendment_override(*, actor: Actor, wish: Wish, header: Header | None = None) -> Amendment:
    """Propose that one value in force in the actor's county becomes another from a day on.

    A county without a pack gets one that inherits everything else; `header` names its document then.  NotFound for a
    rule or field that is not in force on the day, BadInput for a value that the linter refuses (`details` as above).
    """
    area = own_county(actor)
    if not (wish.clause.strip() or wish.note.strip()):
        raise BadInput("请写依据：条款号，或写明是哪次会议、哪份文件的决定。")
    above = packs_above(area)
    pack = pack_of(area) or minimal_pack(area, above, wish.since, header or Header())
    if wish.since < pack.effective:
        raise BadInput(f"生效日不能早于本县规则包的施行日 {pack.effective}。")
    try:
        offers = Offers(area, wish.since)
    except LookupError as error:
        raise NotFound(f"{wish.since} 还没有适用的规则包，请改一个生效日。") from error
    found, entry = _entry(wish, offers)
    try:
        value_check(wish.rule, found.raw | changed(found, entry))
        draft = draft_of_content(amended(pack, found, entry))
    except PackError as error:
        raise told(error) from error
    reason = wish.note.strip() or f"依据 {wish.clause.strip()}"
    return proposal_store(draft, source=Source.OVERRIDE, reason=reason, actor=actor)


def own_county(actor: Actor) -> str:
    """The county that the actor may propose rules for.  Forbidden for everybody else."""
    area = actor.scope.area or ""
    require(actor, "rules.propose", area or None)
    if len(area) != AREA_LENGTH["county"]:
        raise Forbidden("只有县级可以在这里提出本县的制度修订；市级和全国的规则包由系统管理员发布。")
    return area


def minimal_pack(area: str, above: Sequence[Pack], since: date, header: Header) -> Pack:
    """The pack of a county that has none: it begins on a day, inherits from the nearest above and says nothing itself.

    BadInput where the document that introduces it is not named.
    """
    if not (header.title.strip() and header.issuer.strip()):
        raise BadInput("本县还没有自己的规则包，请写明这次修订所依据的文件名称和制发机关。")
    if not above:
        raise NotFound
    return Pack(
        code=f"c{area[1:]}",
        title=header.title.strip(),
        number=header.number.strip(),
        issuer=header.issuer.strip(),
        level="county",
        area=area,
        effective=since,
        inherits=above[0].code,
        note=f"没有写到的，按{above[0].title}执行。",
    )


def _entry(wish: Wish, offers: Offers) -> tuple[Standing, Entry]:
    if wish.rule not in offers.rules:
        raise NotFound(f"{wish.since} 没有这条规则，请重新选择事项或生效日。")
    field = next((each for each in offers.fields(wish.rule) if each.name == wish.field), None)
    if field is None:
        raise NotFound("这条规则没有这一项，请重新选择。")
    value = value_of(wish.value, field.value, {word: raw for raw, word in offers.options(wish.rule, field)})
    if value == field.value:
        raise BadInput(f"与现行的规定相同（{offers.words(wish.rule, field)}），没有变化。")
    entry = Entry(wish.rule, field.path, value, wish.since, wish.clause.strip(), wish.note.strip())
    return offers.rules[wish.rule].standing, entry


def proposal_store(draft: Draft, *, source: Source, reason: str, actor: Actor | None = None, by: str = "") -> Amendment:
    """Write a checked draft as a proposal of the actor, or of the person named by a command.

    Conflict when the same content waits for a decision already.
    """
    found, created = Amendment.objects.get_or_create(
        area=draft.pack.area,
        code=draft.pack.code,
        hash=draft.pack.version,
        state=State.PROPOSED,
        defaults={
            "title": f"{draft.pack.title}{draft.pack.number}"[:200],
            "content": Amendment.text_of(draft.pack),
            "clauses": draft.own.model_dump_json(exclude_unset=True) if draft.own else "",
            "source": source,
            "reason": reason,
            "proposed_by": actor.user if actor else None,
            "proposer": actor.name if actor else by,
        },
    )
    if not created:
        raise Conflict(f"同样内容的修订已由{found.proposer}提出（第 {found.pk} 号），请办理那一份。")
    return found


def _reason(text: str) -> str:
    if not text.strip():
        raise BadInput("请写明为什么修订，例如依据的会议或文件。")
    return text.strip()[:500]
