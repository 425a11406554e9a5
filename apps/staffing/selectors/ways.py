"""The ways in which somebody may leave a post before or at the end of his term, as the rules in force know them.

A procedure of the matter `replacement` is a way (each of its kinds one); the conditions on requests that stand in the
same article of the same text say on which grounds.  Grounds without a procedure are a way too, which the county's
office settles.  A recall and the end of a term are recorded: nothing is left to decide here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
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
_ASKING = ("apply", "propose", "report")
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
    case: Matching = field(init=False)

    def __post_init__(self) -> None:
        case = matching(self.posting.unit, frozenset(self.posting.roles), self.village.classes, self.day)
        object.__setattr__(self, "case", case)


def standpoint(posting: Posting, day: date) -> Standpoint:
    """Of a posting whose unit is at hand, read in its village's area.  Eight queries."""
    [village] = village_states(posting.area, day)
    return Standpoint(posting, day, law_on(posting.area, day), village)


def ways_of(place: Standpoint) -> list[Way]:
    """All ways open to a posting, in the order of the rules; the end of the term last.  One query."""
    requests = [
        (key, held.rule)
        for key, held in place.law.rules("eligibility").items()
        if held.rule.of == "request" and held.rule.applies.matches(place.case)
    ]
    procedures = [
        held.rule
        for held in place.law.procedures.values()
        if held.rule.matter in ("replacement", "recall") and held.rule.steps and held.rule.applies.matches(place.case)
    ]
    cited = {rule.clause or "" for rule in (*procedures, *(rule for _, rule in requests))}
    articles = {key: (clause.pack, clause.article, clause.topic) for key, clause in clauses_of(cited).items()}
    topical = [(key, rule) for key, rule in requests if articles.get(rule.clause or "", ("", "", ""))[2] in TOPICS]
    general = tuple((key, rule) for key, rule in topical if rule.grounds is None)
    special = {
        articles[rule.clause or ""][:2]: (key, rule) for key, rule in topical if rule.grounds is not None
    }
    found = [way for rule in procedures for way in _ways(rule, special.get(articles.get(rule.clause or "", ())[:2]), general)]
    taken = {id(way.grounds) for way in found}
    found += [
        Way(key, rule.label, DepartureWhy.ADJUSTMENT, grounds=rule, rules=((key, rule), *general), clause=rule.clause or "")
        for key, rule in special.values()
        if id(rule) not in taken
    ]
    order = sorted(found, key=lambda way: way.why == DepartureWhy.RECALL)
    return [*order, Way(TERM, "任期届满", DepartureWhy.END_OF_TERM, rules=general, senders=_RECORDS)]


def _ways(
    rule: Procedure, grounds: tuple[str, Eligibility] | None, general: tuple[tuple[str, Eligibility], ...]
) -> Iterator[Way]:
    recall = rule.matter == "recall"
    first, sends = acts_of(rule.steps)[0], any(
        step.verb == "carry_out" and any(who.office == "dispatch_unit" for who in step.by) for step in acts_of(rule.steps)
    )
    senders = _ASKS
    if recall:
        senders = _RECORDS
    elif first.verb in _ASKING:
        senders = frozenset(office for who in first.by for office in recorders(who.office or ""))
    for kind in rule.kinds or ("",):
        yield Way(
            key=f"{rule.matter}:{kind or rule.label}",
            label=f"召回：{kind}" if recall and kind else kind or rule.label,
            why=DepartureWhy.RECALL if recall else DepartureWhy.ADJUSTMENT,
            kind=kind,
            procedure=rule,
            grounds=grounds[1] if grounds and not recall else None,
            rules=((*((grounds,) if grounds and not recall else ()), *general)),
            senders=senders,
            clause=rule.clause or "",
            sends=sends,
        )


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
        each.team == place.posting.team_id and each.posting != place.posting.pk and contains((each.first, each.last), place.day)
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
