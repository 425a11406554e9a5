"""Where a case stands: which acts may be done now, by which body, who may record them, and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, cast

from django.utils import timezone

from apps.accounts.access import Actor
from apps.core.findings import Finding
from apps.jurisdictions.days import work_days
from apps.jurisdictions.offices import Office
from apps.jurisdictions.procedures import names_in
from apps.rules.language.chains import POST_OFFICES
from apps.rules.language.deadlines import IsWork
from apps.rules.language.procedures import JUDGING, Procedure, Step, acts_of
from apps.rules.language.proceeding import Done, Ending, Open, Situation, next_steps, procedure_findings, state_of
from apps.rules.said import Names
from apps.staffing.bodies import OWN, body_key, body_words, recorders, related_of, speaks
from apps.staffing.models import Case, CaseAct, CaseState
from apps.staffing.selectors.law import matching

PLAIN = "plain"  # the step by which the county's office deals with what the law has no procedure for


@dataclass(frozen=True)
class Run:
    """One case under way, from its frozen procedure and its acts."""

    case: Case
    procedure: Procedure
    done: tuple[Done, ...]
    situation: Situation

    @property
    def open_steps(self) -> tuple[Open, ...]:
        """The steps that may be done now."""
        if self.case.state != CaseState.OPEN:
            return ()
        return tuple(entry for entry in next_steps(self.procedure, self.done, self.situation) if entry.kind == "step")

    @property
    def state(self) -> str:
        return state_of(self.procedure, self.done, self.situation)

    @property
    def names(self) -> Names:
        """What the bodies of its procedure are called."""
        return names_in(self.case.rule)

    @property
    def last_day(self) -> date | None:
        """The day of the latest act that counts."""
        return max((act.day for act in self.done), default=None)

    def after(self, act: Done) -> Run:
        """The run with one more act."""
        return Run(self.case, self.procedure, (*self.done, act), self.situation)

    def judges(self, key: str) -> bool:
        """Whether a step judges the case (and so may return or refuse it)."""
        return any(act.key == key and act.verb in JUDGING for act in acts_of(self.procedure.steps))

    def by(self, entry: Open) -> tuple[str, ...]:
        """The bodies that may do a step, by key, also those whom no relation names; '' where the text names nobody."""
        unnamed = (who for who in self._step(entry).by if who.resolved(self.situation.related) is None)
        return (*entry.by, *map(body_key, unnamed)) or ("",)

    def along(self, entry: Open) -> tuple[str, ...]:
        """Those who take part in a step or are heard, by key, also those whom no relation names."""
        step = self._step(entry)
        told = ((who, who.resolved(self.situation.related)) for who in (*step.jointly, *step.asking))
        return tuple(name or body_key(who) for who, name in told)

    def _step(self, entry: Open) -> Step:
        return self.step(entry.key)

    def step(self, key: str) -> Step:
        """A step of the procedure by its key; KeyError for none."""
        return {act.key: act for act in acts_of(self.procedure.steps)}[key]

    def alone(self, act: Done) -> list[Finding]:
        """What the procedure says of an act without those who take part or are heard."""
        found = procedure_findings(self.procedure, (*self.done, act), self.situation)
        return [each for each in found if each.code == "step_alone" and each.inputs.get("step") == act.key]


def procedure_of(case: Case) -> Procedure:
    """The case's own procedure; where the law knows none, one step by which the county's office deals with it."""
    if case.rule:
        return Procedure.model_validate(case.rule["procedure"])
    step = {"key": PLAIN, "label": "核定", "verb": "confirm", "by": [Office.COUNTY_OFFICE.value]}
    return Procedure.model_validate(
        {"label": "条文没有规定程序，由县级驻村办核定", "matter": case.matter, "steps": [step]}
    )


def run_of(
    case: Case,
    acts: Iterable[CaseAct],
    today: date,
    *,
    events: Mapping[str, date] | None = None,
    is_work: IsWork | None = None,
) -> Run:
    """The run of a case, whose unit (and posting, if any) should be at hand.

    `events` are days that deadlines count from, beside the day it was sent and those of the posting; `is_work` is the
    calendar, where many runs share one.
    """
    done = tuple(
        Done(act.key, act.day, act.body, cast(Ending, act.outcome), frozenset(act.joined))
        for act in acts
        if act.round == case.round
    )
    asked = timezone.localdate(case.at) if case.at else today
    situation = Situation(
        case=matching(case.unit, frozenset(case.roles), frozenset(case.classes), asked),
        related=related_of(case.unit.level),
        own=frozenset(POST_OFFICES[role] for role in case.roles if case.posting_id and role in POST_OFFICES),
        events={"start": asked, **_posted(case), **(events or {})},
        on=today,
        is_work=is_work or work_days(),
    )
    return Run(case, procedure_of(case), done, situation)


def _posted(case: Case) -> dict[str, date]:
    posting: Any = case.posting
    if posting is None:
        return {}
    return {"posting_first": posting.first} | ({"posting_last": posting.last} if posting.last else {})


class Hand(NamedTuple):
    """How an actor may do a step: in which of his offices, for which body; `own` where the body is he himself and not
    one whose paper he enters."""

    office: str
    body: str
    own: bool


def hand_of(actor: Actor, run: Run, entry: Open) -> Hand | None:
    """How an actor may do an open step, or None.

    Never on his own case, but what the procedure leaves to the person concerned; a unit, a team and a person only in
    their own cases.
    """
    case, scope = run.case, actor.scope
    himself = case.person in actor.persons
    if himself and run.judges(entry.key):
        return None
    if scope.unit not in (None, case.unit_id) or actor.position.team not in (None, case.team_id):
        return None
    for body in run.by(entry):
        allowed = recorders(body) if body else frozenset({Office.COUNTY_OFFICE, Office.COUNTY_ORG_DEPT})
        office = actor.office_for([name for name in allowed if (name == Office.CADRE) == himself])
        if office and (not himself or body in OWN):
            return Hand(office, body, own=speaks(office, body) or (himself and body in OWN))
    return None


def awaited_words(run: Run, entry: Open) -> str:
    """Who may do an open step, in words."""
    return "或".join(body_words(body, run.names) for body in run.by(entry) if body) or "条文没有写明的机关"
