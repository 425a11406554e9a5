"""Rehearsing and deciding: published by a second person after a rehearsal, refused by him, or withdrawn by the first."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.accounts.models import User
from apps.amendments.checking import draft_recheck, told
from apps.amendments.models import Amendment, State
from apps.amendments.telling import counted
from apps.core.errors import BadInput, Conflict, Forbidden, NotFound, Refused
from apps.jurisdictions.selectors import last_publication
from apps.jurisdictions.services import own_clauses_publish, pack_publish
from apps.ledgers.services.rehearse import Rehearsal, rehearse
from apps.rules.problems import PackError


@transaction.atomic
def amendment_rehearse(*, actor: Actor, amendment: int) -> Rehearsal:
    """Rehearse exactly the proposed content on the stored months and keep the counts; a later one takes their place.

    BadInput when the pack no longer fits what stands above it; Conflict when it is decided.
    """
    found = _open(actor, amendment, "rules.propose")
    return rehearsal_keep(found)


@transaction.atomic
def amendment_publish(*, actor: Actor, amendment: int, remark: str = "") -> Amendment:
    """Publish what another person proposed and what was rehearsed since the last publication.

    Forbidden to the proposer; Refused without a rehearsal that still counts; Conflict when it is decided: of two who
    decide at once one does.
    """
    found = _open(actor, amendment, "rules.decide")
    _second(actor, found)
    return publication_do(found, by=_named(actor, found), user=actor.user, remark=remark)


@transaction.atomic
def amendment_refuse(*, actor: Actor, amendment: int, remark: str) -> Amendment:
    """Send back what another person proposed, with the reason; Forbidden to the proposer, Conflict when it is decided."""
    found = _open(actor, amendment, "rules.decide")
    _second(actor, found)
    return _decided(found, State.REFUSED, by=_named(actor, found), user=actor.user, remark=_remark(remark))


@transaction.atomic
def amendment_withdraw(*, actor: Actor, amendment: int, remark: str) -> Amendment:
    """Take back one's own proposal, with the reason; Forbidden to everybody else, Conflict when it is decided."""
    found = _open(actor, amendment, "rules.propose")
    if found.proposed_by_id != actor.user.pk:
        raise Forbidden("只有提出人可以撤回；不同意的，请退回并写明原因。")
    return _decided(found, State.WITHDRAWN, by=actor.name, user=actor.user, remark=_remark(remark))


def rehearsal_keep(found: Amendment) -> Rehearsal:
    """Rehearse a proposal and keep the counts with it."""
    after = last_publication(found.area)
    pack = found.pack
    try:
        draft_recheck(pack, found.own)
    except PackError as error:
        raise told(error) from error
    result = rehearse(pack=pack, today=timezone.localdate())
    found.rehearsed_at, found.rehearsed_after, found.rehearsal = timezone.now(), after, counted(result)
    found.save(update_fields=["rehearsed_at", "rehearsed_after", "rehearsal"])
    return result


def publication_do(found: Amendment, *, by: str, user: User | None, remark: str) -> Amendment:
    """Publish a locked proposal in the name of its second person.  One publication at a time, so that none is missed by
    another's rehearsal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('rules publication'))")
    if found.rehearsed_at is None:
        raise Refused("还没有试算，不能发布；请先试算，看清会改变什么。")
    if found.rehearsed_after != last_publication(found.area):
        raise Refused("试算以后，本级或上级又发布过新的规则；请重新试算后再发布。")
    pack, own = found.pack, found.own
    if own is not None:
        own_clauses_publish(pack=pack.code, own=own)
    if not pack_publish(pack=pack, proposed_by=found.proposer, confirmed_by=by):
        raise Conflict("这份内容已经发布过，没有产生新版本。")
    return _decided(found, State.PUBLISHED, by=by, user=user, remark=remark.strip()[:500])


def _open(actor: Actor, amendment: int, action: str) -> Amendment:
    found = Amendment.objects.select_for_update().filter(pk=amendment).first()
    if found is None:
        raise NotFound
    require(actor, action, found.area)
    if not found.open:
        raise Conflict(f"这份修订{found.get_state_display()}（{found.decider}），不用再办理。")
    return found


def _second(actor: Actor, found: Amendment) -> None:
    """Whoever proposed never decides, whatever office he holds now."""
    if found.is_of(actor.user.pk, actor.name):
        raise Forbidden("规则须由两人办理：提出人不能自己确认或退回，请由另一位同志办理。")


def _named(actor: Actor, found: Amendment) -> str:
    """The second person's name; with his login where the first is called the same."""
    return actor.name if actor.name != found.proposer else f"{actor.name}（{actor.user.username}）"[:60]


def _remark(text: str) -> str:
    if not text.strip():
        raise BadInput("请写明原因。")
    return text.strip()[:500]


def _decided(found: Amendment, state: State, *, by: str, user: User | None, remark: str) -> Amendment:
    found.state, found.decider, found.decided_by, found.remark = state, by, user, remark
    found.decided_at = timezone.now()
    found.save(update_fields=["state", "decider", "decided_by", "decided_at", "remark"])
    return found
