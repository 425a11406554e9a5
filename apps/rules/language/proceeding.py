"""A procedure under way: which steps may be done now and by whom, and what is wrong with what was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, NamedTuple

from apps.core.findings import Finding
from apps.rules.language.actors import Actor
from apps.rules.language.deadlines import IsWork, is_weekday, last_day
from apps.rules.language.parts import clause_of, severity_of
from apps.rules.language.procedures import JUDGING, Message, Procedure, Step, acts_of
from apps.rules.language.selectors import Case

Ending = Literal["done", "refused", "returned"]


@dataclass(frozen=True, slots=True)
class Done:
    """One recorded act: the key of its step, filing or notice, the day, the office that acted, and how it ended.

    `refused` ends the procedure, unless enough others of parallel steps agree; `returned` undoes every step from the one it names in `returns_to` (else the first).
    `joined` are those who took part or were heard, as recorded.
    """

    key: str
    day: date
    by: str = ""
    outcome: Ending = "done"
    joined: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of one run: the case, who stands in which relation, the offices that the person concerned holds
    himself (`own`), the days of the events that deadlines count from, and the day on which it is looked at."""

    case: Case = field(default_factory=Case)
    related: Mapping[tuple[str, str], str] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    events: Mapping[str, date] = field(default_factory=dict)
    on: date | None = None
    is_work: IsWork = is_weekday


class Open(NamedTuple):
    """Something that may be done now.  `by` are the offices that may do it, `along` those who take part or are heard;
    `unknown` the relations that nobody is named for; `due` its last day, None where there is none or its event is not
    known yet."""

    key: str
    kind: Literal["step", "filing", "notice"]
    label: str
    by: tuple[str, ...]
    along: tuple[str, ...]
    to: tuple[str, ...]
    unknown: tuple[Actor, ...]
    due: date | None
    late: bool
    clause: str | None


State = Literal["open", "complete", "refused", "lapsed"]


@dataclass(slots=True)
class _Run:
    """The bookkeeping of one walk; `known` grows by the days of steps that are done or deemed done, and by `refused`."""

    situation: Situation
    done: dict[str, Done]
    known: dict[str, date]
    lapsed: bool = False
    refused: bool = False

    @property
    def over(self) -> bool:
        return self.lapsed or self.refused


def next_steps(procedure: Procedure, done: Sequence[Done] = (), situation: Situation | None = None) -> tuple[Open, ...]:
    """What may be done now, in the order in which it is written: steps, those that nobody waits for even after the
    last one; then messages whose moment has come.  Nothing once it has lapsed, no step once it is refused.  `done` is
    read in the order given."""
    run, steps, state = _walked(procedure, done, situation or Situation())
    found = [_opened(procedure, step, run) for step in steps]
    return (*found, *_messages(procedure, run, state))


def state_of(procedure: Procedure, done: Sequence[Done] = (), situation: Situation | None = None) -> State:
    """Whether it is open, complete, refused or lapsed.  One without steps (delegated, left open) is never complete."""
    return _walked(procedure, done, situation or Situation())[2]


def procedure_findings(
    procedure: Procedure, done: Sequence[Done], situation: Situation | None = None, *, finished: bool = False
) -> list[Finding]:
    """What is wrong with the acts done: unknown, out of order, by someone else, without those who take part, by the person concerned himself, late;
    what is overdue on the situation's day; with `finished`, also every step that is missing."""
    seen = situation or Situation()
    found: list[Finding] = []
    ordered = sorted(done, key=lambda act: act.day)
    for index, act in enumerate(ordered):
        found += _act_findings(procedure, act, next_steps(procedure, ordered[:index], replace(seen, on=act.day)), seen)
    for entry in next_steps(procedure, ordered, seen):
        if entry.late:
            found.append(
                _told(procedure, entry.key, "step_overdue", f"“{entry.label}”已过期限 {entry.due}，还没有办。")
            )
        elif finished:
            found.append(_told(procedure, entry.key, "step_missing", f"“{entry.label}”没有办。"))
    if state_of(procedure, ordered, seen) == "lapsed":
        found.append(Finding("procedure_lapsed", "notice", "有一步到期没有办，这件事按规定作罢。", procedure.clause))
    return found


def _act_findings(procedure: Procedure, act: Done, open_then: Sequence[Open], seen: Situation) -> Iterator[Finding]:
    entry = next((entry for entry in open_then if entry.key == act.key), None)
    part = _parts(procedure).get(act.key)
    if part is None:
        yield Finding("step_unknown", "block", f"程序里没有“{act.key}”这一步。", procedure.clause)
        return
    label = part.words if isinstance(part, Step) else part.label or "告知、备案"
    if entry is None:
        first = "、".join(other.label for other in open_then if other.kind == "step") or "没有"
        yield _told(procedure, act.key, "step_out_of_order", f"“{label}”这时不能办；这时该办的是：{first}。", act.day)
        return
    if act.by and act.by in seen.own and _judges(procedure, part):
        yield _told(procedure, act.key, "self_approval", f"“{label}”不能由本人给自己办。", act.day)
    elif act.by and entry.by and act.by not in entry.by and not entry.unknown:
        yield _told(procedure, act.key, "step_wrong_actor", f"“{label}”不由这个单位（职务）办。", act.day)
    if not act.joined.issuperset(entry.along):
        yield _told(procedure, act.key, "step_alone", f"“{label}”没有会同或征求应参加的各方。", act.day)
    if entry.late:
        yield _told(procedure, act.key, "step_late", f"“{label}”应在 {entry.due} 以前（含当日）办。", act.day)


def _told(procedure: Procedure, key: str, code: str, message: str, day: date | None = None) -> Finding:
    part = _parts(procedure)[key]
    modality = part.modality or procedure.modality
    inputs = {"step": key} | ({"day": day.isoformat()} if day else {})
    return Finding(code, severity_of(modality), message, clause_of(part, procedure), inputs=inputs)


def _parts(procedure: Procedure) -> dict[str, Step | Message]:
    steps: Iterable[Step | Message] = acts_of(procedure.steps)
    return {part.key: part for part in (*steps, *procedure.filings, *procedure.notices)}


def _judges(procedure: Procedure, part: Step | Message) -> bool:
    return procedure.self_approval == "excluded" and isinstance(part, Step) and part.verb in JUDGING


def _walked(procedure: Procedure, done: Sequence[Done], situation: Situation) -> tuple[_Run, list[Step], State]:
    standing = _standing(procedure, done)
    known = dict(situation.events) | {key: act.day for key, act in standing.items() if act.outcome == "done"}
    run = _Run(situation, standing, known)
    steps, blocked = _walk(procedure.steps, run)
    if run.refused:
        run.known["refused"] = max(act.day for act in standing.values() if act.outcome == "refused")
    if run.over:
        return run, [], "lapsed" if run.lapsed else "refused"
    if blocked or not procedure.steps:
        return run, steps, "open"
    ends = [run.known[act.key] for act in acts_of(procedure.steps) if act.key in run.known]
    run.known |= {"end": max(ends)} if ends else {}
    return run, steps, "complete"


def _standing(procedure: Procedure, done: Sequence[Done]) -> dict[str, Done]:
    """The acts that still stand: a return undoes those from the step on that it goes back to."""
    acts = acts_of(procedure.steps)
    order = [act.key for act in acts]
    back = {act.key: act.returns_to for act in acts}
    standing: dict[str, Done] = {}
    for act in done:
        if act.outcome == "returned":
            target = back.get(act.key)
            first = order.index(target) if target in order else 0
            standing = {key: held for key, held in standing.items() if key not in order[first:]}
        else:
            standing[act.key] = act
    return standing


def _walk(steps: Iterable[Step], run: _Run) -> tuple[list[Step], bool]:
    """The acts open now, and whether what follows has to wait for one of them."""
    found: list[Step] = []
    for step in steps:
        if not step.applies.matches(run.situation.case):
            continue
        inner, blocked = _within(step, run)
        found += inner
        if blocked or run.over:
            return found, True
    return found, False


def _within(step: Step, run: _Run) -> tuple[list[Step], bool]:
    if step.together:
        return _together(step, run)
    if step.one_of:
        return _one_of(step, run)
    act = run.done.get(step.key)
    due = last_day(step.within, run.known, run.situation.is_work) if step.within else None
    seen = act.day if act else run.situation.on
    over = due is not None and seen is not None and seen > due
    if over and due is not None and step.missing == "deemed":
        run.known[step.key] = due
        return [], False
    run.lapsed |= over and step.missing == "lapses"
    run.refused |= act is not None and act.outcome == "refused"
    if act is not None or run.over:
        return [], run.over
    return [step], step.missing != "goes_on"


def _together(step: Step, run: _Run) -> tuple[list[Step], bool]:
    """Done as soon as enough are; refused as soon as so many refuse that no longer enough can be."""
    fitting = [child for child in step.together if child.applies.matches(run.situation.case)]
    needed = len(fitting) if step.at_least is None else min(step.at_least, len(fitting))
    passed, refused, found = 0, 0, list[Step]()
    for child in fitting:
        inner, blocked = _walk((child,), run)
        refused += run.refused
        passed += not blocked
        found += inner
        run.refused = False
    run.refused = len(fitting) - refused < needed
    return ([], run.over) if passed >= needed or run.over else (found, True)


def _one_of(step: Step, run: _Run) -> tuple[list[Step], bool]:
    fitting = [branch for branch in step.one_of if any(each.applies.matches(run.situation.case) for each in branch)]
    begun = [branch for branch in fitting if any(act.key in run.done for act in acts_of(branch))]
    walked = [_walk(branch, run) for branch in begun or fitting]
    if not walked or any(not blocked for _, blocked in walked):
        return [], False
    return [open_step for inner, _ in walked for open_step in inner], True


def _opened(procedure: Procedure, step: Step, run: _Run) -> Open:
    by, unknown = _names(step.by, run)
    if _judges(procedure, step) and run.situation.own.intersection(by):
        by = tuple(name for name in by if name not in run.situation.own)
        if not by and not unknown:
            by, unknown = _names(step.instead, run)
    along, absent = _names((*step.jointly, *step.asking), run)
    to, _ = _names(step.to, run)
    return _entry(procedure, step, "step", step.words, run, (by, along, to, (*unknown, *absent)))


def _messages(procedure: Procedure, run: _Run, state: State) -> Iterator[Open]:
    """Messages whose moment has come and that are not out yet; after a refusal none that waits for the end."""
    groups: tuple[tuple[Literal["filing", "notice"], str, tuple[Message, ...]], ...] = (
        ("filing", "备案", procedure.filings),
        ("notice", "告知", procedure.notices),
    )
    for kind, word, messages in groups:
        for message in messages:
            if message.key in run.done or message.after not in run.known or state == "lapsed":
                continue
            (by, _), (to, unknown) = _names(message.by, run), _names(message.to, run)
            yield _entry(procedure, message, kind, message.label or word, run, (by, (), to, unknown))


def _entry(
    procedure: Procedure,
    part: Step | Message,
    kind: Literal["step", "filing", "notice"],
    label: str,
    run: _Run,
    names: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[Actor, ...]],
) -> Open:
    by, along, to, unknown = names
    due = last_day(part.within, run.known, run.situation.is_work) if part.within else None
    late = due is not None and run.situation.on is not None and run.situation.on > due
    return Open(part.key, kind, label, by, along, to, unknown, due, late, clause_of(part, procedure))


def _names(actors: Iterable[Actor], run: _Run) -> tuple[tuple[str, ...], tuple[Actor, ...]]:
    """Who it is as far as known, and the actors that nobody is named for."""
    told = [(actor, actor.resolved(run.situation.related)) for actor in actors]
    return tuple(name for _, name in told if name is not None), tuple(actor for actor, name in told if name is None)
