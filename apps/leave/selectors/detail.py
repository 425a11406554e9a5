"""One request in full: its way step by step, what was filed, the proof, and what the reader may do with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from apps.accounts.access import Actor
from apps.core.errors import NotFound
from apps.core.findings import Finding
from apps.jurisdictions.days import work_days
from apps.jurisdictions.offices import Office
from apps.jurisdictions.procedures import planned_step
from apps.leave.models import LIVE, LeaveAct, LeaveFiling, LeaveOverrun, LeaveProof, LeaveRequest, LeaveState, Outcome
from apps.leave.selectors.duty import watch_findings
from apps.leave.selectors.law import law_on
from apps.leave.selectors.long import long_findings
from apps.leave.selectors.overruns import Overrun, overruns_of
from apps.leave.selectors.plan import leaves_of, presence_findings
from apps.leave.selectors.standing import Standing, own_acts, standings, step_bodies
from apps.rules.language.procedures import Procedure, acts_of
from apps.rules.language.proceeding import Open
from apps.rules.language.windows import Stretch

TONES = {Outcome.DONE: "done", Outcome.RETURNED: "bad", Outcome.REFUSED: "bad"}


@dataclass(frozen=True)
class WayStep:
    """One step of the way: done (`act`), to be done now, or later; `by` says who did it or who is to do it."""

    label: str
    tone: str
    by: str
    clause: str
    act: LeaveAct | None = None
    due: date | None = None


@dataclass(frozen=True)
class Detail:
    """A request as its page shows it.  `entry` is the step that the reader may do now, `judges` whether it may be
    returned or refused; `may` what else he may do."""

    standing: Standing
    way: list[WayStep]
    filings: list[LeaveFiling]
    proofs: list[LeaveProof]
    judged: list[LeaveOverrun]
    overrun: Overrun | None
    findings: list[Finding]
    entry: Open | None
    may: frozenset[str]

    @property
    def request(self) -> LeaveRequest:
        return self.standing.request

    @property
    def judges(self) -> bool:
        run = self.standing.run
        return bool(run and self.entry and run.judges(self.entry.key))


def request_seen(actor: Actor, number: int) -> LeaveRequest:
    """A request in the actor's own scope; NotFound outside it, also for another team of the village."""
    found = LeaveRequest.objects.filter(pk=number).first()
    if found is None or (actor.position.team is not None and found.team_id != actor.position.team):
        raise NotFound
    return found


def detail_of(actor: Actor, number: int, today: date) -> Detail:
    """Everything of one request.  Read inside its village's area; about a dozen queries."""
    rows = LeaveRequest.objects.select_related("posting__team__village", "posting__unit", "extends")
    [standing] = standings(rows.filter(pk=number), today)
    request = standing.request
    entry = standing.mine(actor) if actor.may("leave.decide") else None
    overrun = overruns_of([request], today).get(number)
    return Detail(
        standing=standing,
        way=list(_way(standing)),
        filings=list(LeaveFiling.objects.filter(request=number).select_related("unit").order_by("id")),
        proofs=list(proofs_seen(actor, request)),
        judged=list(LeaveOverrun.objects.filter(request=number)),
        overrun=overrun,
        findings=_findings(request, today),
        entry=entry,
        may=_may(actor, request, today, overrun),
    )


def proofs_seen(actor: Actor, request: LeaveRequest) -> list[LeaveProof]:
    """The proof of a request, without the files' content: for the person, the offices of its procedure, and the office
    that entered a paper.  It may tell of an illness; nobody else opens it.  One query."""
    named = {name for step in acts_of(_procedure(request).steps) for who in step.by if (name := who.office)}
    paper = request.on_paper and actor.may("leave.paper")
    if not (_is_own(actor, request) or actor.offices & named or paper):
        return []
    return list(LeaveProof.objects.filter(request=request).defer("content"))


def _procedure(request: LeaveRequest) -> Procedure:
    return Procedure.model_validate(request.rule["procedure"])


def _is_own(actor: Actor, request: LeaveRequest) -> bool:
    return bool(actor.user.person) and actor.user.person == request.person


def _may(actor: Actor, request: LeaveRequest, today: date, overrun: Overrun | None) -> frozenset[str]:
    extended = LeaveRequest.objects.filter(extends=request, state__in=LIVE).exists()
    own = own_acts(request, today, extended=extended)
    if _is_own(actor, request):
        return own if actor.may("leave.ask") else frozenset()
    found = {
        "judge": overrun is not None and actor.may("leave.judge"),
        "paper_return": "back" in own and actor.may("leave.paper"),
    }
    return frozenset(name for name, may in found.items() if may)


def _findings(request: LeaveRequest, today: date) -> list[Finding]:
    """What whoever decides should know: sent after its first day, the presence floor."""
    if request.state != LeaveState.ASKED:
        return []
    span = Stretch(request.first, request.until)
    late = timezone.localdate(request.at) > request.first
    found = [Finding("afterwards", "notice", "申请在起始日期之后提出，属事后补办。")] if late else []
    law, posting = law_on(request.area, today), request.posting
    return [
        *found,
        *presence_findings(law, posting, span, is_work=work_days()),
        *watch_findings(law, posting, span),
        *long_findings(law, posting, leaves_of(posting), span),
    ]


def _way(standing: Standing) -> Iterator[WayStep]:
    """What was done in order, then what is open, then what comes after it."""
    for act in standing.acts:
        yield WayStep(act.label, TONES[Outcome(act.outcome)], act_by(act), act.clause, act)
    for entry in standing.open:
        yield WayStep(entry.label, "now", step_bodies(entry, standing.names), entry.clause or "", due=entry.due)
    run = standing.run
    if run is None:
        return
    met = {act.key for act in run.done if act.outcome == "done"} | {entry.key for entry in run.open}
    for step in acts_of(run.procedure.steps):
        if step.key not in met and step.applies.matches(run.situation.case):
            later = planned_step(step, run.procedure, standing.names)
            yield WayStep(later.label, "wait", later.by, later.clause or "")


def act_by(act: LeaveAct) -> str:
    """Who did it, in whose place, in which office."""
    office = str(Office(act.office).label) if act.office in Office.values else ""
    name = f"{act.name}代{act.principal}" if act.principal else act.name
    if act.office == Office.CADRE or not office:
        return name
    return f"{name}（{office}）"
