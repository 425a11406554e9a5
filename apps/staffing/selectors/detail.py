"""One case in full: its way step by step, the candidate and what the rules say of him, what the reader may do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.accounts.access import Actor
from apps.jurisdictions.offices import Office
from apps.rules.language.procedures import acts_of
from apps.rules.language.proceeding import Open
from apps.staffing.bodies import body_key, body_words
from apps.staffing.models import LIVE, Candidate, Case, CaseAct, CaseState, Declaration, Outcome
from apps.staffing.selectors.asked import Demands
from apps.staffing.selectors.eligible import NO_RESERVE, Check, channel_words, check_of, demands_of, person_of
from apps.staffing.selectors.gates import gates_at
from apps.staffing.selectors.openings import needs_of
from apps.staffing.selectors.run import Hand, awaited_words, hand_of
from apps.staffing.selectors.standing import Standing, standings
from apps.teams.models import PostRole, Team

TONES = {Outcome.DONE: "done", Outcome.RETURNED: "bad", Outcome.REFUSED: "bad"}


@dataclass(frozen=True)
class WayStep:
    """One step of the way: done (`act`), to be done now, or later; `by` says who did it or who is to do it."""

    label: str
    tone: str
    by: str
    clause: str
    act: CaseAct | None = None
    due: date | None = None
    joined: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Task:
    """A step that the reader may do: for whom, who is to be heard, which gates are to be judged."""

    entry: Open
    hand: Hand
    body: str
    along: tuple[tuple[str, str], ...]
    gates: tuple[str, ...]
    judges: bool


@dataclass(frozen=True)
class Shown:
    """A candidate as the page shows him: his facts in words, what was confirmed, what the rules say today."""

    candidate: Candidate
    facts: list[tuple[str, str, str]]
    declared: list[Declaration]
    check: Check
    needs: tuple[str, ...]

    @property
    def channels(self) -> str:
        return channel_words(self.candidate.channels)


@dataclass(frozen=True)
class Detail:
    """A case as its page shows it; `may` is what else the reader may do, `teams` where a candidate may be posted."""

    standing: Standing
    way: list[WayStep]
    tasks: list[Task]
    shown: Shown | None
    may: frozenset[str]
    teams: list[Team]

    @property
    def case(self) -> Case:
        return self.standing.case


def detail_of(actor: Actor, number: int, today: date) -> Detail:
    """Everything of one case.  Read inside its village's area; about a dozen queries."""
    rows = Case.objects.select_related("unit", "posting", "opening").filter(pk=number)
    [standing] = standings(rows, today)
    case = standing.case
    demands, fitting = demands_of(case, today) if case.matter == "selection" else (None, None)
    shown = None
    if demands and fitting and actor.may("candidate.view"):
        candidate = Candidate.objects.filter(case=case).first()
        if candidate:
            check = check_of(demands, fitting, person_of(candidate, case.round), today, nominating=case.state in LIVE)
            declared = list(Declaration.objects.filter(candidate=candidate, round=case.round))
            needs = needs_of(case.opening) if case.opening else ()
            shown = Shown(candidate, _facts(demands, candidate), declared, check, needs)
    may = _may(actor, case)
    return Detail(
        standing=standing,
        way=list(_way(standing)),
        tasks=list(_tasks(actor, standing, demands)) if actor.may("staffing.act") else [],
        shown=shown,
        may=may,
        teams=list(Team.objects.filter(village=case.opening.village_id)) if "place" in may and case.opening else [],
    )


def _may(actor: Actor, case: Case) -> frozenset[str]:
    himself = case.person in actor.persons and Office.CADRE not in actor.offices
    found = {
        "withdraw": case.state in LIVE and actor.may("staffing.withdraw") and not himself,
        "change": case.state == CaseState.RETURNED and case.matter == "selection" and actor.may("candidate.nominate"),
        "place": case.state == CaseState.DONE
        and case.matter == "selection"
        and case.posting_id is None
        and actor.may("candidate.place"),
    }
    return frozenset(name for name, may in found.items() if may)


def _tasks(actor: Actor, standing: Standing, demands: Demands | None) -> Iterator[Task]:
    run = standing.run
    for entry in standing.open:
        hand = hand_of(actor, run, entry)
        if hand:
            yield Task(
                entry,
                hand,
                body_words(hand.body, run.names),
                tuple((body, body_words(body, run.names)) for body in run.along(entry)),
                gates_at(run, demands, entry.key, hand.body) if demands else (),
                run.judges(entry.key),
            )


def _facts(demands: Demands, candidate: Candidate) -> list[tuple[str, str, str]]:
    """(label, value in words, clause) of what the rules ask today."""
    return [
        (each.label, _value(dict(each.options), candidate.facts.get(each.name)), each.clause) for each in demands.facts
    ]


def _value(words: dict[str, str], raw: Any) -> str:
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, list):
        return "、".join(str(words.get(each, each)) for each in raw) or "无"
    if raw == NO_RESERVE:
        return "不是后备干部"
    return words.get(raw, raw) if raw else "没有填写"


def _way(standing: Standing) -> Iterator[WayStep]:
    """What was done in order, then what is open, then what comes after it."""
    run = standing.run
    for act in standing.acts:
        joined = tuple((body_words(body, run.names), words) for body, words in act.joined.items())
        yield WayStep(act.label, TONES[Outcome(act.outcome)], act_by(act, standing), act.clause, act, joined=joined)
    for entry in standing.open:
        yield WayStep(entry.label, "now", awaited_words(run, entry), entry.clause or "", due=entry.due)
    if standing.case.state != CaseState.OPEN:
        return
    met = {act.key for act in run.done if act.outcome == "done"} | {entry.key for entry in standing.open}
    passed = _passed(standing)
    for step in acts_of(run.procedure.steps):
        if step.key not in met | passed and step.applies.matches(run.situation.case):
            bodies = [who.resolved(run.situation.related) or body_key(who) for who in step.by]
            by = "或".join(body_words(body, run.names) for body in bodies)
            yield WayStep(step.words, "wait", by, step.clause or run.procedure.clause or "")


def _passed(standing: Standing) -> set[str]:
    """Steps of which enough others were done, or of a branch that was not taken."""
    done, found = {act.key for act in standing.run.done}, set[str]()
    for step in standing.run.procedure.steps:
        inner = {act.key for act in acts_of((step,))}
        if inner & done and not inner & {entry.key for entry in standing.open}:
            found |= inner
    return found


def act_by(act: CaseAct, standing: Standing) -> str:
    """Who did it, for which body, and who entered it."""
    body = body_words(act.body, standing.run.names) if act.body else _office(act.office)
    return f"{act.name}（{body}）" if body and body != act.name else act.name


def _office(office: str) -> str:
    return str(Office(office).label) if office in Office.values else ""


def roles_words(roles: list[str]) -> str:
    """Roles in the order in which the product names them."""
    return "、".join(str(role.label) for role in PostRole if role in roles)
