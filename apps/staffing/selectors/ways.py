"""The ways in which somebody may leave a post before or at the end of his term, as the rules in force know them.

A procedure of the matter `replacement` is a way (each of its kinds one); the conditions on requests that stand in the
same article of the same text say on which grounds.  Grounds without a procedure are a way too, which the county's
office settles.  A recall and the end of a term are recorded: nothing is left to decide here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from apps.core.findings import Finding
from apps.jurisdictions.offices import Office
from apps.jurisdictions.selectors import clauses_of
from apps.rules.language.conditions import Condition, Facts, Happened
from apps.rules.language.eligibility import Eligibility, verdict
from apps.rules.language.procedures import Procedure, acts_of
from apps.rules.language.selectors import Case as Matching
from apps.staffing.bodies import recorders
from apps.staffing.models import DepartureWhy
from apps.staffing.selectors.law import Law, law_on, matching
from apps.teams.compile.states import VillageState, village_states
from apps.teams.compile.terms import WITHDRAWAL
from apps.teams.models import Posting
from apps.teams.spans import contains

TOPICS = frozenset({"adjustment", "term", "transition"})
HELP, PROMOTION = "education_help", "promotion_in_post"
TERM = "term"
ASKING = ("apply", "propose", "report")
_Named = tuple[str, Eligibility]  # a rule with its key
_Article = tuple[str, str]  # a pack and an article of its text
_RECORDS = frozenset({Office.COUNTY_OFFICE, Office.COUNTY_ORG_DEPT})
_ASKS = _RECORDS | {Office.UNIT_PERSONNEL, Office.UNIT_HEAD}


@dataclass(frozen=True)
class Way:
    """One thing that may be asked for about a posting.

    `matter` and `kind` choose its procedure; `grounds` is the rule that names its grounds, `rules` all conditions on
    requests that are judged; `senders` are the offices that may ask; `sends` whether the unit has to send a successor.
    """

    key: str
    label: str
    why: DepartureWhy
    kind: str = ""
    procedure: Procedure | None = None
    grounds: Eligibility | None = None
    rules: tuple[tuple[str, Eligibility], ...] = ()
    senders: frozenset[Office] = _ASKS
    clause: str = ""
    sends: bool = False

    @property
    def recorded(self) -> bool:
        """Whether it is only written down: decided elsewhere, or by the calendar."""
        return self.why != DepartureWhy.ADJUSTMENT

    @property
    def stated(self) -> tuple[str, ...]:
        """What somebody has to state for its grounds to hold."""
        return tuple(each.declared for each in _conditions(self.grounds) if each.declared)

    @property
    def needs_help(self) -> bool:
        """Whether an earlier talk or help must be on record."""
        return any(each.event == HELP for each in _conditions(self.grounds))

    @property
    def asks_promotion(self) -> bool:
        """Whether it matters that somebody was promoted while in post."""
        return any(each.event == PROMOTION for _, rule in self.rules for each in _conditions(rule))

    @property
    def needs_evidence(self) -> bool:
        """Whether leaving is forbidden but on the grounds named: then they have to be proved."""
        return self.grounds is not None and self.grounds.modality == "forbidden"

    def ground_words(self, ground: str) -> str:
        """A ground as it is called; its own words for one that is not listed."""
        told = self.grounds.grounds if self.grounds else None
        listed = {**told.accepted, **told.refused} if told else {}
        return listed[ground].label if ground in listed else ground


@dataclass(frozen=True)
class Told:
    """What a request says as far as rules ask for it; `stated` are the statements that were made."""

    ground: str = ""
    stated: frozenset[str] = frozenset()
    helped_on: date | None = None
    promoted_on: date | None = None


@dataclass(frozen=True)
class Standpoint:
    """A posting, its village on the day, and the law there."""

    posting: Posting
    day: date
    law: Law
    village: VillageState

    @property
    def case(self) -> Matching:
        return matching(self.posting.unit, frozenset(self.posting.roles), self.village.classes, self.day)


def standpoint(posting: Posting, day: date) -> Standpoint:
    """Of a posting whose unit is at hand, read in its village's area.  Eight queries."""
    [village] = village_states(posting.area, day)
    return Standpoint(posting, day, law_on(posting.area, day), village)


def ways_of(place: Standpoint) -> list[Way]:
    """All ways open to a posting, in the order of the rules: recalls after the others, the end of the term last.

    Two queries.
    """
    procedures = [
        held.rule
        for held in place.law.procedures.values()
        if held.rule.matter in ("replacement", "recall") and held.rule.steps and held.rule.applies.matches(place.case)
    ]
    special, general = _conditions_on_requests(place)
    found = [way for article, rule in _by_article(procedures) for way in _ways(rule, special.get(article), general)]
    used = {id(way.grounds) for way in found}
    found += [_unprocedural(named, general) for named in special.values() if id(named[1]) not in used]
    found.sort(key=lambda way: way.why == DepartureWhy.RECALL)
    return [*found, Way(TERM, "任期届满", DepartureWhy.END_OF_TERM, rules=general, senders=_RECORDS)]


def _conditions_on_requests(place: Standpoint) -> tuple[dict[_Article, _Named], tuple[_Named, ...]]:
    """Conditions on requests that speak of leaving: {article: the one with grounds}, and those without."""
    requests = [
        (key, held.rule)
        for key, held in place.law.rules("eligibility").items()
        if held.rule.of == "request" and held.rule.applies.matches(place.case)
    ]
    known = clauses_of(rule.clause or "" for _, rule in requests)
    special: dict[_Article, _Named] = {}
    general: list[_Named] = []
    for named in requests:
        clause = known.get(named[1].clause or "")
        if clause is None or clause.topic not in TOPICS:
            continue
        if named[1].grounds is None:
            general.append(named)
        else:
            special[clause.pack, clause.article] = named
    return special, tuple(general)


def _by_article(procedures: list[Procedure]) -> Iterator[tuple[_Article, Procedure]]:
    known = clauses_of(rule.clause or "" for rule in procedures)
    for rule in procedures:
        clause = known.get(rule.clause or "")
        yield (clause.pack, clause.article) if clause else ("", ""), rule


def way_key(rule: Procedure, kind: str) -> str:
    """The key of a procedure as a way, for one of its kinds."""
    return f"{rule.matter}:{kind or rule.label}"


def _unprocedural(named: _Named, general: tuple[_Named, ...]) -> Way:
    """Grounds for which the rules write no procedure."""
    key, rule = named
    return Way(
        key, rule.label, DepartureWhy.ADJUSTMENT, grounds=rule, rules=(named, *general), clause=rule.clause or ""
    )


def _ways(rule: Procedure, named: _Named | None, general: tuple[_Named, ...]) -> Iterator[Way]:
    """A procedure as a way, once for each of its kinds.  Grounds are for what is asked for, not for a recall."""
    recall = rule.matter == "recall"
    own = named if named and not recall else None
    for kind in rule.kinds or ("",):
        yield Way(
            key=way_key(rule, kind),
            label=f"召回：{kind}" if recall and kind else kind or rule.label,
            why=DepartureWhy.RECALL if recall else DepartureWhy.ADJUSTMENT,
            kind=kind,
            procedure=rule,
            grounds=own[1] if own else None,
            rules=(own, *general) if own else general,
            senders=_RECORDS if recall else _senders(rule),
            clause=rule.clause or "",
            sends=any(
                step.verb == "carry_out" and "dispatch_unit" in {who.office for who in step.by}
                for step in acts_of(rule.steps)
            ),
        )


def _senders(rule: Procedure) -> frozenset[Office]:
    """Who may ask: whom the first step names, where it is one of asking; else the unit and the county."""
    first = acts_of(rule.steps)[0]
    if first.verb not in ASKING:
        return _ASKS
    return frozenset(office for who in first.by for office in recorders(who.office or ""))


def departure_findings(place: Standpoint, way: Way, told: Told, *, successor: bool) -> list[Finding]:
    """What the rules say of a request; those that block refuse it.

    What only speaks of a whole team's withdrawal is judged where nobody would be left and nobody is to come.
    """
    found: list[Finding] = []
    empties = not successor and not _others(place)
    for key, rule in way.rules:
        if key == WITHDRAWAL and not empties:
            continue
        own = rule is way.grounds
        words = [each.declared for each in _conditions(rule) if each.declared]
        declared = {word: word in told.stated if own else way.why != DepartureWhy.END_OF_TERM for word in words}
        verdict_ = verdict(rule, _facts(place, told, declared), told.ground if own else None)
        found += [each for each in verdict_.findings if each.code != "to_be_stated" or rule.requires or own]
    return found


def _facts(place: Standpoint, told: Told, declared: dict[str, bool]) -> Facts:
    return Facts(
        on=place.day,
        values={
            "roles": frozenset(place.posting.roles),
            "village_classes": place.village.classes,
            "unit_level": place.posting.unit.level,
            "stationed_months": place.posting.first,
        },
        events={
            HELP: (Happened(told.helped_on),) if told.helped_on else (),
            PROMOTION: (Happened(told.promoted_on),) if told.promoted_on else (),
        },
        declared=declared,
        measured=place.village.known,
    )


def _others(place: Standpoint) -> bool:
    """Whether somebody else is in the team on the day and not to leave."""
    return any(
        each.team == place.posting.team_id
        and each.posting != place.posting.pk
        and contains((each.first, each.last), place.day)
        for each in place.village.postings
    )


def _conditions(rule: Eligibility | None) -> Iterator[Condition]:
    """Every single condition of what a rule requires and excludes."""
    waiting = [part for part in ((rule.requires, rule.excludes) if rule else ()) if part is not None]
    while waiting:
        part = waiting.pop(0)
        waiting += part.parts
        if not part.parts:
            yield part
