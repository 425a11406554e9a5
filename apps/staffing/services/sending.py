"""The steps of a selection that are done with the nomination itself: by which channel somebody came, who puts him forward."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from apps.accounts.access import Actor
from apps.jurisdictions.offices import Office
from apps.rules.language.proceeding import Done, Open
from apps.staffing.models import Candidate, Case, Channel
from apps.staffing.selectors.run import Run, run_of
from apps.staffing.services.acts import Deed
from apps.staffing.services.open import own_office

_UNIT = frozenset({"dispatch_unit", Office.UNIT_PERSONNEL.value})


def channel_acts(actor: Actor, case: Case, candidate: Candidate) -> Iterator[Deed]:
    """The acts in order, as far as the procedure begins with steps of the person himself and of his unit that judge
    nothing.  Where it asks for either channel, those that he came by."""
    run = run_of(case, (), timezone.localdate())
    while True:
        deeds = [deed for entry in run.open_steps if (deed := _deed(actor, candidate, run, entry))]
        if not deeds:
            return
        yield from deeds
        for deed in deeds:
            run = run.after(Done(deed.key, timezone.localdate(), deed.body))


def _deed(actor: Actor, candidate: Candidate, run: Run, entry: Open) -> Deed | None:
    bodies = set(run.by(entry))
    if run.judges(entry.key):
        return None
    if Office.CADRE in bodies:
        if Channel.OWN not in candidate.channels:
            return None
        told = {"name": candidate.name, "paper": True, "document": "本人报名"}
        return Deed(entry.key, entry.label, Office.CADRE, own_office(actor), clause=entry.clause, **told)  # type: ignore[arg-type]
    among = len(run.open_steps) > 1  # beside an application of his own
    if not bodies & _UNIT or (among and Channel.RECOMMENDED not in candidate.channels):
        return None
    return Deed(entry.key, entry.label, sorted(bodies & _UNIT)[0], own_office(actor), clause=entry.clause)
