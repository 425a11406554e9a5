"""What somebody served in the villages of a county: spans, months, and whether they count as experience.

A county says so in a rule of the key `grassroots_experience`, as a condition on months stationed or as a treatment after
so many months (docs/rule-packs.md); without one nothing is said.  A posting that ended by recall does not count where an
effect in force says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from apps.core.errors import NotFound
from apps.jurisdictions.models import Division, Village
from apps.rules.language.conditions import Facts
from apps.rules.language.effects import Effect
from apps.rules.language.eligibility import Eligibility, verdict
from apps.rules.language.entitlements import Entitlement, qualifies
from apps.rules.language.ladders import Ladder
from apps.rules.language.selectors import Case as Matching
from apps.rules.language.windows import Stretch
from apps.staffing.models import Departure, DepartureWhy
from apps.staffing.selectors.law import Law, law_on
from apps.teams.models import Posting, PostRole
from apps.teams.spans import joined, months_in

EXPERIENCE = "grassroots_experience"
LOST = "service_not_counted"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ServiceSpan:
    """One posting: `months` are completed ones up to the day asked about, `recalled` whether it ended by recall."""

    posting: int
    village: str
    roles: str
    unit: str
    first: date
    last: date | None
    months: int
    recalled: bool


@dataclass(frozen=True)
class Experience:
    """What the county's rules make of the service: `name` is what it counts as, `needed` how many months they ask for,
    `lost` the clause by which a recalled posting does not count, where one was."""

    name: str
    needed: int
    months: int
    counts: bool
    clause: str
    lost: str

    @property
    def words(self) -> str:
        return f"{self.name}：规定满{self.needed}个月，计入{self.months}个月，{'符合' if self.counts else '不符合'}。"


@dataclass(frozen=True)
class ServiceRecord:
    """Somebody's service in a county up to a day; `months` are completed ones of all spans laid end to end."""

    name: str
    unit: str
    county: str
    on: date
    spans: tuple[ServiceSpan, ...]
    months: int
    experience: Experience | None


def service_record(*, person: str, county: str, on: date) -> ServiceRecord:
    """The record of a person's postings in a county (its code), read in its area; NotFound where he has none.

    Seven queries and one per pack not read before.
    """
    rows = Posting.objects.within(county).filter(person=person, first__lte=on)
    postings = list(rows.select_related("unit", "team__village").order_by("first", "id"))
    if not postings:
        raise NotFound
    recalled = recalled_of(postings)
    return ServiceRecord(
        name=postings[-1].name,
        unit=postings[-1].unit.name,
        county=Division.objects.get(pk=county).name,
        on=on,
        spans=tuple(_span(each, each.team.village, on, recalled=each.pk in recalled) for each in postings),
        months=months_of(postings, on),
        experience=_experience(law_on(county, on), postings, recalled, on),
    )


def recalled_of(postings: Iterable[Posting]) -> frozenset[int]:
    """Those of some postings that ended by recall.  One query."""
    rows = Departure.objects.filter(posting__in=list(postings), why=DepartureWhy.RECALL, ended_on__isnull=False)
    return frozenset(rows.values_list("posting_id", flat=True))


def _span(posting: Posting, village: Village, on: date, *, recalled: bool) -> ServiceSpan:
    return ServiceSpan(
        posting=posting.pk,
        village=village.name,
        roles="、".join(str(PostRole(role).label) for role in posting.roles),
        unit=posting.unit.name,
        first=posting.first,
        last=posting.last,
        months=months_of([posting], on),
        recalled=recalled,
    )


def months_of(postings: Sequence[Posting], on: date) -> int:
    """Completed months of all postings up to a day, their days laid end to end, each day once."""
    spans = joined((each.first, min(each.last or on, on)) for each in postings if each.first <= on)
    if not spans:
        return 0
    days = sum(((last or on) - first).days + 1 for first, last in spans)
    return months_in((spans[0][0], spans[0][0] + timedelta(days=days - 1)))


def _experience(law: Law, postings: Sequence[Posting], recalled: frozenset[int], on: date) -> Experience | None:
    lost = _lost(law) if recalled else ""
    counted = [each for each in postings if not (lost and each.pk in recalled)]
    condition = law.rules("eligibility").get(EXPERIENCE)
    if condition is not None:
        return _by_condition(condition.rule, counted, on, lost)
    treatment = law.rules("entitlements").get(EXPERIENCE)
    return _by_treatment(treatment.rule, counted, on, lost) if treatment is not None else None


def _by_condition(rule: Eligibility, counted: Sequence[Posting], on: date, lost: str) -> Experience | None:
    """Months of all postings together against the months that the condition asks for."""
    asked = rule.requires
    if asked is None or asked.fact != "stationed_months" or asked.at_least is None:
        return None
    months = months_of(counted, on)
    passed = verdict(rule, Facts(on, {"stationed_months": months})).state == "eligible"
    return Experience(rule.label, int(asked.at_least), months, passed, asked.clause or rule.clause or "", lost)


def _by_treatment(rule: Entitlement, counted: Sequence[Posting], on: date, lost: str) -> Experience | None:
    """The longest stay without a gap, of the postings whose roles it speaks of, against the term that it asks for."""
    if rule.after_months is None:
        return None
    fitting = [each for each in counted if rule.applies.matches(Matching(roles=frozenset(each.roles), day=on))]
    stays = joined((each.first, min(each.last or on, on)) for each in fitting)
    terms = [Stretch(first, last or on) for first, last in stays]
    months = max((months_in((term.first, term.last)) for term in terms), default=0)
    name = "、".join(rule.items)
    return Experience(
        name, rule.after_months, months, any(qualifies(rule, term) for term in terms), rule.clause or "", lost
    )


def _lost(law: Law) -> str:
    """The clause of the effect in force by which recalled service does not count; '' where there is none."""
    ladders = [held.rule for held in law.rules("ladders").values()]
    found = (effect.clause or rule.clause for rule in ladders for effect in _effects(rule) if effect.do == LOST)
    return next((clause for clause in found if clause), "")


def _effects(ladder: Ladder) -> Iterable[Effect]:
    return (effect for rung in ladder.rungs for effect in rung.effects)
