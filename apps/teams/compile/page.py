"""One village as of a day, in the words of its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from apps.core.errors import NotFound
from apps.jurisdictions.models import VillageClass, VillageClassSpan, VillageMeasure
from apps.jurisdictions.selectors import division_names
from apps.rules.language.eligibility import Eligibility
from apps.rules.said_words import VALUE_WORDS
from apps.teams.compile.composition import Law, composition_law
from apps.teams.compile.ending import TermLine, term_lines
from apps.teams.compile.reductions import reduction_rule, strength_names
from apps.teams.compile.sources import Sources, sources_of
from apps.teams.compile.states import VillageState, village_states
from apps.teams.compile.villages import TONES, WORDS, Told, VillageSummary, reasons_of, village_summary
from apps.teams.models import HelpingUnit, PostRole, StrengthReduction
from apps.teams.posts import Holder, Post, Stretch, stretches

_CLASS = dict(VillageClass.choices)
_ROLE = dict(PostRole.choices)


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A post in words; `tone` is done, bad (the rules ask for somebody) or off (they do not)."""

    label: str
    post: Post
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A village's summary in words; `places` is {code: name} of townships."""

    summary: VillageSummary
    places: Mapping[str, str]

    @property
    def township(self) -> str:
        return self.places.get(self.summary.state.area[:10], "")

    @property
    def classes(self) -> str:
        return "、".join(str(label) for kind, label in VillageClass.choices if kind in self.summary.state.classes)

    @property
    def word(self) -> str:
        return WORDS[self.summary.kind]

    @property
    def tone(self) -> str:
        return TONES[self.summary.kind]

    @property
    def people(self) -> int:
        return len(self.summary.state.present)

    @property
    def faults(self) -> list[Told]:
        """What has to be mended, explained or filled in."""
        return [each for each in self.summary.told if each.kind in ("gap", "unexplained", "unstated")]

    @property
    def posts(self) -> list[ShownPost]:
        return [_shown(post) for post in self.summary.posts]


def _shown(post: Post) -> ShownPost:
    label = str(_ROLE[post.role])
    if post.vacant_since is None and not post.never:
        return ShownPost(label, post, "在岗", "done")
    since = (
        "从未派人" if post.never and not post.holders else "" if post.never else f"自{day_words(post.vacant_since)}起"
    )
    if post.holders:
        return ShownPost(label, post, f"缺{post.missing}人" + (f"，{since}" if since else ""), "bad")
    if post.due:
        return ShownPost(label, post, f"空缺，{since}", "bad")
    return ShownPost(label, post, f"没有人担任，{since}", "off")


def day_words(day: date | None) -> str:
    """2026年5月1日; empty for no day."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


@dataclass(frozen=True, slots=True)
class Past:
    """One stretch of a post: who held it from when to when, nobody where `names` is empty."""

    label: str
    names: str
    span: str


@dataclass(frozen=True, slots=True)
class VillagePage:
    """A village as of a day.  `reduction` is the rule that allows fewer people, None where it does not apply."""

    area: str
    shown: Shown
    members: list[tuple[Holder, str]]
    spans: list[tuple[str, VillageClassSpan | None]]
    measures: list[tuple[VillageMeasure, str]]
    offered: list[tuple[str, str]]
    reductions: list[StrengthReduction]
    reduction: Eligibility | None
    past: list[Past]
    terms: list[TermLine]
    sources: Sources | None
    helpers: list[HelpingUnit]

    @property
    def state(self) -> VillageState:
        return self.shown.summary.state


def village_page(area: str, day: date) -> VillagePage:
    """Everything about one village on a day.  NotFound for no village's code, LookupError where no pack covers it.

    A fixed number of queries.
    """
    states = village_states(area, day)
    if len(states) != 1 or states[0].area != area:
        raise NotFound
    [state], law = states, composition_law(area, day)
    summary = village_summary(state, law, reasons_of(area).get(state.pk, {}))
    rule = reduction_rule(law)
    return VillagePage(
        area=area,
        shown=Shown(summary, division_names([area[:10]])),
        members=[(each, role_words(each)) for each in state.present],
        spans=_spans(state),
        measures=[(row, measure_words(row.name)) for row in _measures(state)],
        offered=_offered(state, law),
        reductions=list(StrengthReduction.objects.filter(village=state.pk)),
        reduction=rule if rule is not None and rule.applies.matches(state.case) else None,
        past=[past for post in summary.posts for past in _past(post.role, state)],
        terms=[line for line in term_lines(area, day) if line.term is not None],
        helpers=list(HelpingUnit.objects.filter(village=state.pk, first__lte=day).select_related("unit")),
        sources=sources_of(area, state.present, state.classes, day),
    )


def role_words(holder: Holder) -> str:
    """The roles that somebody holds, as on the roster."""
    return "、".join(str(label) for role, label in PostRole.choices if role in holder.roles)


def _spans(state: VillageState) -> list[tuple[str, VillageClassSpan | None]]:
    """The classes with their spans, and those of the present without a recorded beginning."""
    rows = list(VillageClassSpan.objects.filter(village=state.pk).order_by("kind", "first"))
    dated = {row.kind for row in rows}
    bare: list[tuple[str, VillageClassSpan | None]] = [
        (str(_CLASS[kind]), None) for kind in sorted(state.classes - dated)
    ]
    return [*((str(_CLASS[row.kind]), row) for row in rows), *bare]


def measure_words(name: str) -> str:
    """A measured number's name as a person reads it."""
    return VALUE_WORDS.get(name, name)


def _measures(state: VillageState) -> QuerySet[VillageMeasure]:
    return VillageMeasure.objects.filter(village=state.pk, first__lte=state.day).order_by("name", "-first")


def _offered(state: VillageState, law: Law) -> list[tuple[str, str]]:
    """Names of numbers that the rules ask about, with their words."""
    asked = {name for rule in law.sets.values() for name in rule.applies.attributes}
    return [(name, measure_words(name)) for name in sorted({*strength_names(state, law), *asked, *state.measures})]


def _past(role: str, state: VillageState) -> list[Past]:
    """A post's stretches up to the day, latest first; without the time before anybody held it."""
    label = str(_ROLE[role])
    found = [each for each in stretches(role, state.postings) if each.first is not None and each.first <= state.day]
    return [Past(label, "、".join(who.name for who in each.holders), _words(each)) for each in reversed(found)]


def _words(each: Stretch) -> str:
    until = f"至{day_words(each.last)}" if each.last else "至今"
    return f"{day_words(each.first)}{until}"
