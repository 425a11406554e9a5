"""What effects come to for a case: proposals that a named person decides on, never decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from apps.core.findings import Finding
from apps.rules.exact import exact
from apps.rules.language.deadlines import Deadline, IsWork, deadline_faults, is_weekday, last_day, months_on
from apps.rules.language.effect_words import words
from apps.rules.language.effects import (
    AllowanceWithheld,
    Ban,
    Base,
    GradeCap,
    GradeFixed,
    Length,
    ScoreChange,
    Start,
    Target,
)
from apps.rules.language.parts import Fault, severity_of
from apps.rules.language.rule import Rule
from apps.rules.language.vocabularies import Vocabulary, worse
from apps.rules.language.windows import Stretch, Window, window_at
from apps.rules.language.working import Exact, Working
from apps.rules.problems import Place, suggestion
from apps.rules.vocabulary import Modality


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is known of the case.  `subjects` by kind, `related` by (relation, of whom), `reasons` those accepted."""

    event: date
    decided: date | None = None
    confirmed: date | None = None
    term: Stretch | None = None
    subjects: Mapping[str, str] = field(default_factory=dict)
    related: Mapping[tuple[str, str], str] = field(default_factory=dict)
    reasons: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """One effect for one case.  `who` is None while it is not known, `first` while its day is still to come, `last`
    also where no end is stated, `due` (the last day to do it) where no deadline is.  `exempt` names the accepted reason for which it falls away; it is shown all the same.
    Proposals of one `choice` are alternatives: the person who decides takes one.  `also` are the clauses of others that
    propose the same (see `merging`).
    """

    effect: Base
    do: str
    text: str
    who: str | None
    by: tuple[str, ...]
    modality: Modality
    clause: str | None
    first: date | None
    last: date | None
    due: date | None = None
    exempt: str | None = None
    choice: str | None = None
    also: tuple[str, ...] = ()

    def finding(self) -> Finding:
        """For a list of findings; severity by modality, a notice where it falls away."""
        severity = "notice" if self.exempt else severity_of(self.modality)
        told = f"建议：{self.text}" + (f"（因“{self.exempt}”不适用）" if self.exempt else "")
        days = {"first": _iso(self.first), "last": _iso(self.last), "due": _iso(self.due)}
        inputs = {"who": self.who, **days} | ({"also": list(self.also)} if self.also else {})
        return Finding(f"effect_{self.do}", severity, told, self.clause, inputs=inputs)


def proposal(
    effect: Base,
    rule: Rule,
    occasion: Occasion,
    *,
    clause: str | None = None,
    modality: Modality | None = None,
    choice: str | None = None,
    is_work: IsWork = is_weekday,
) -> Proposal:
    """An effect as it would fall; `is_work` tells workdays for its deadline; `clause` and `modality` stand where the effect has none of its own, then the rule's."""
    first, last = span(effect, occasion)
    exempt = next((reason for reason in effect.unless if reason in occasion.reasons), None)
    judged = f"（须认定：{effect.judged}）" if effect.judged else ""
    by = tuple(who for actor in effect.by if (who := actor.resolved(occasion.related)) is not None)
    return Proposal(
        effect=effect,
        do=str(getattr(effect, "do", "")),
        text=words(effect) + judged,
        who=target(effect.whom, occasion),
        by=by,
        modality=effect.modality or modality or rule.modality,
        clause=effect.clause or clause or rule.clause,
        first=first,
        last=last,
        due=_due(effect, first, occasion, is_work),
        exempt=exempt,
        choice=choice,
    )


def target(onto: Target, occasion: Occasion) -> str | None:
    """On whom an effect falls: an id of the case, or an office by its name; None where the case does not say."""
    if onto.office is not None:
        return onto.office
    if onto.subject is not None:
        return occasion.subjects.get(onto.subject)
    return occasion.related.get((str(onto.relation), str(onto.of)))


def span(effect: Base, occasion: Occasion) -> tuple[date | None, date | None]:
    """First and last day, both included; None for what is not stated or not known yet."""
    first = _first(effect.start, occasion)
    return first, _last(effect.length, first, occasion)


def _first(start: Start | None, occasion: Occasion) -> date | None:
    match start:
        case "event":
            return occasion.event
        case "decision":
            return occasion.decided
        case "confirmation":
            return occasion.confirmed
        case "next_month":
            return months_on(occasion.event.replace(day=1), 1)
        case "month_begin" | "quarter_begin" | "year_begin":
            held = _window(start.removesuffix("_begin"), occasion.decided or occasion.event)
            return held.first
        case _:
            return None


def _last(length: Length | None, first: date | None, occasion: Occasion) -> date | None:
    if length is None or first is None:
        return None
    if length.days is not None:
        return first + timedelta(days=length.days)
    if length.months is not None or length.years is not None:
        return months_on(first, (length.months or 0) + 12 * (length.years or 0))
    if length.until == "term_end":
        return occasion.term.last if occasion.term else None
    if length.until in ("month_end", "quarter_end", "year_end"):
        return _window(length.until.removesuffix("_end"), first).last
    return None


def _due(effect: Base, first: date | None, occasion: Occasion, is_work: IsWork) -> date | None:
    """The last day of what has a deadline; counted from the decision where the text names nothing else and no start."""
    written = (getattr(effect, name, None) for name in ("due", "recheck"))
    deadline = next((one for one in written if isinstance(one, Deadline)), None)
    if deadline is None:
        return None
    days = {
        "start": first or occasion.decided,
        "event": occasion.event,
        "decision": occasion.decided,
        "confirmation": occasion.confirmed,
    }
    return last_day(deadline, {name: day for name, day in days.items() if day is not None}, is_work)


def _window(name: str, day: date) -> Stretch:
    held = window_at(Window.model_validate({"of": name}), day)
    if held is None:
        raise ValueError(f"期间“{name}”里没有 {day}。")
    return held


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def held_grade(effects: Collection[Base], grade: str, vocabulary: Vocabulary, key: str) -> str:
    """A grade of the vocabulary `key` after all fixed grades (the worst of them) and caps that speak of it."""
    fixed = [effect.grade for effect in effects if isinstance(effect, GradeFixed) and effect.vocabulary == key]
    caps = [effect.grade for effect in effects if isinstance(effect, GradeCap) and effect.vocabulary == key]
    found = max(fixed, key=vocabulary.place) if fixed else grade
    for cap in caps:
        found = worse(vocabulary, found, cap)
    return found


def changed_score(effect: ScoreChange, rule: Rule, score: Exact) -> dict[str, Any]:
    """The trace of a score after its change; `value` is the score in its plain form.

    A score already beyond the floor or cap is not drawn back to it: the change stops there, no more.
    """
    work = Working()
    names = [work.put("score", score), work.put("points", effect.points)]
    found = work.take("变动后 = {value}", "sum", names)
    if effect.floor is not None and effect.points < 0:
        found = work.take("不低于下限 = {value}", "max", [found, min(exact(effect.floor), exact(score))])
    if effect.cap is not None and effect.points > 0:
        found = work.take("不高于上限 = {value}", "min", [found, max(exact(effect.cap), exact(score))])
    work.done(found)
    return work.trace(rule)


def withheld(effect: AllowanceWithheld, rule: Rule, on: date, paid: Mapping[str, int]) -> dict[str, Any]:
    """The trace of what is not paid, in whole fen.  `paid` is the allowance due per month, `{"2026-03": 90000}`.

    A part of an allowance is rounded down to the fen, in the person's favour.  A sum is never more than what is due
    in the months named (all of `paid` where no period is).
    """
    work = Working()
    held = None if effect.period is None else _window(effect.period, on)
    months = [month for month in sorted(paid) if held is None or held.holds(date.fromisoformat(f"{month}-01"))]
    due = work.take(
        f"{'、'.join(months) or '没有'}：应发共 {{value}} 分",
        "sum",
        [work.put(month, paid[month]) for month in months],
    )
    if effect.yuan is not None:
        fen = work.take(f"{effect.yuan} 元 = {{value}} 分", "product", [effect.yuan, 100])
        due = work.take("不超过应发 = {value} 分", "min", [fen, due])
    elif effect.percent is not None:
        part = work.take(f"× {effect.percent} = {{value}}", "product", [due, effect.percent])
        part = work.take("÷ 100 = {value}", "quotient", [part, 100])
        due = work.take("舍去不足一分 = {value} 分", "round_down", [part, 0])
    work.done(due, "扣发 {value} 分")
    return work.trace(rule, unit="分")


def effect_faults(effect: Base, path: Place, vocabularies: Mapping[str, Vocabulary]) -> Iterator[Fault]:
    """Faults of one effect; `vocabularies` are the pack's and those it inherits."""
    onto = effect.whom
    given = [name for name in ("subject", "office", "relation") if getattr(onto, name) is not None]
    if len(given) != 1 or (onto.relation is None) != (onto.of is None):
        instead = "如 whom: person，或 whom: {relation: principal, of: unit}。"
        yield (*path, "whom"), "对谁，只能写 subject、office、relation（加 of）之一。", instead
    length = effect.length
    if length is not None and len(length.model_dump(exclude_none=True)) != 1:
        yield (*path, "length"), "期限要写 days、months、years、until 其中一个。", "如 length: {months: 6}。"
    if isinstance(effect, Ban) and effect.length is None and not effect.note:
        instead = "请补上 length；条文没有写的，用 note: 说明。"
        yield (*path, "length"), "禁止了什么，却没有写多久。", instead
    if length is not None and effect.start is None and not effect.note:
        instead = "请补上 start；条文没有写的，写明取哪种理解（preset: true 加 note:）。"
        yield (*path, "start"), "写了多久，没有写从哪天起。", instead
    for name in ("due", "recheck"):
        deadline = getattr(effect, name, None)
        if isinstance(deadline, Deadline):
            yield from _deadline(deadline, (*path, name))
    if isinstance(effect, GradeCap | GradeFixed):
        yield from _grade(effect, path, vocabularies)
    if isinstance(effect, AllowanceWithheld):
        yield from _money(effect, path)


def _deadline(deadline: Deadline, path: Place) -> Iterator[Fault]:
    yield from deadline_faults(deadline, path)
    if deadline.event not in ("start", "event", "decision", "confirmation"):
        message = f"期限从“{deadline.event}”算起，不知道是哪一天。"
        yield path, message, "请写 after: event、decision、confirmation 或 start。"


def _grade(effect: GradeCap | GradeFixed, path: Place, vocabularies: Mapping[str, Vocabulary]) -> Iterator[Fault]:
    vocabulary = vocabularies.get(effect.vocabulary)
    if vocabulary is None:
        message = f"没有叫“{effect.vocabulary}”的词表。"
        yield (*path, "vocabulary"), message, suggestion(effect.vocabulary, vocabularies)
    elif vocabulary.found(effect.grade) is None:
        words = [word.word for word in vocabulary.words]
        yield (*path, "grade"), f"“{vocabulary.label}”里没有“{effect.grade}”。", suggestion(effect.grade, words)
    elif vocabulary.order == "none":
        yield (*path, "vocabulary"), f"“{vocabulary.label}”不分高低。", "请给词表写上 order。"


def _money(effect: AllowanceWithheld, path: Place) -> Iterator[Fault]:
    if effect.yuan is None and effect.period is None:
        yield path, "没有写扣发多少。", "请写 period（month、quarter、year）或 yuan: 金额。"
    if effect.yuan is not None and effect.percent is not None:
        yield (*path, "percent"), "金额和比例只能写一个。", "请删去其中一个。"
    if effect.percent is not None and not 0 < effect.percent <= 100:
        yield (*path, "percent"), f"比例 {effect.percent} 不在 0 到 100 之间。", "请写如 percent: 50。"
