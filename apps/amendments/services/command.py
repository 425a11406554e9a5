"""The same way for `manage.py rules publish`: the two people are named, not logged in.  Called inside the pack's area."""

from __future__ import annotations

from django.db import transaction

from apps.amendments.checking import Draft
from apps.amendments.models import Amendment, Source, State
from apps.amendments.services.decide import publication_do, rehearsal_keep
from apps.amendments.services.propose import proposal_store
from apps.core.errors import NotFound, Refused


@transaction.atomic
def command_propose(*, draft: Draft, by: str) -> Amendment:
    """Propose a draft in somebody's name and rehearse it; his own open proposal of the same content is taken up again.

    Conflict when somebody else has proposed the same content.
    """
    found = Amendment.objects.filter(
        code=draft.pack.code, hash=draft.pack.version, state=State.PROPOSED, proposer=by, proposed_by=None
    ).first()
    if found is None:
        found = proposal_store(draft, source=Source.COMMAND, reason="由命令提出", by=by)
    rehearsal_keep(found)
    return found


@transaction.atomic
def command_publish(*, amendment: int, by: str) -> Amendment:
    """Publish a rehearsed proposal in the name of a second person.  Refused as `amendment_publish`."""
    found = Amendment.objects.select_for_update().filter(pk=amendment, state=State.PROPOSED).first()
    if found is None:
        raise NotFound
    if found.proposer == by:
        raise Refused("规则须由两人办理：提出人和确认人不能是同一人。")
    return publication_do(found, by=by, user=None, remark="")
