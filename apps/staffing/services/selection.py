"""What a step of a selection wants before it passes: the paper filled in, the gates passed, the rules met on its day."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from apps.accounts.access import Actor
from apps.core.errors import Refused
from apps.core.findings import blocking
from apps.staffing.models import Candidate, Case, Outcome
from apps.staffing.selectors.eligible import check_of, demands_of, form_findings, person_of
from apps.staffing.selectors.gates import gates_at
from apps.staffing.selectors.run import Run
from apps.staffing.services.acts import Deed
from apps.staffing.services.candidates import declarations_write, told


def selection_check(actor: Actor, run: Run, deed: Deed, after: Run) -> None:
    """Refused where a step may not pass: something open on its paper, a gate not passed, or a rule not met on its day."""
    if deed.outcome != Outcome.DONE:
        return
    candidate = Candidate.objects.get(case=run.case)
    on = deed.day or timezone.localdate()
    demands, fitting = demands_of(run.case, on)
    gates = set(gates_at(run, demands, deed.key, deed.body))
    person = person_of(candidate, run.case.round)
    person = replace(person, declared={**person.declared, **{k: v for k, v in deed.declared.items() if k in gates}})
    record = run.step(deed.key).record
    missing = blocking(form_findings(demands.law, record, candidate, person, on)) if record else []
    if missing:
        raise Refused(f"审核还不能通过：{told(missing)}", missing)
    ends = after.state == "complete"
    if not (ends or record or run.judges(deed.key)):
        return
    check = check_of(demands, fitting, person, on, nominating=not ends)
    if check.refused or check.missing:
        found = [*check.refused, *check.missing]
        raise Refused(f"不能通过：{told(found)}请退回或写明不同意的理由。", found)


def selection_follow(actor: Actor, case: Case, deed: Deed) -> None:
    """Keep what the body confirmed or denied with its act."""
    if not deed.declared:
        return
    candidate = Candidate.objects.get(case=case)
    demands, _ = demands_of(case, deed.day or timezone.localdate())
    words = {each.word for each in demands.confirmations if not each.by_unit and deed.body in each.bodies}
    declared = {word: holds for word, holds in deed.declared.items() if word in words}
    name = deed.name if deed.paper else ""
    declarations_write(actor, candidate, case.round, declared, body=deed.body, name=name, day=deed.day)
