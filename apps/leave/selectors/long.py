"""What follows from many days of leave, by the ladders that climb on them: told before it is asked for, and to whom it
is to decide.  The system proposes; a named person decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from apps.core.findings import Finding
from apps.jurisdictions.days import day_kinds
from apps.leave.length import days_of
from apps.leave.selectors.law import LeaveLaw
from apps.rules.language.counters import Count, Counter, Event, count
from apps.rules.language.ladders import Ladder, proposals
from apps.rules.language.proposals import Occasion, Proposal
from apps.rules.language.windows import Stretch
from apps.rules.said import Names, body_text
from apps.teams.models import Posting

LEAVE = "leave"


@dataclass(frozen=True)
class Followed:
    """What is due after so many days of leave, in words; `by` says who decides."""

    counter: Counter
    ladder: Ladder
    found: Count
    proposals: tuple[Proposal, ...]
    by: str

    @property
    def text(self) -> str:
        due = "、".join(dict.fromkeys(each.text for each in self.proposals))
        return f"{self.counter.label}：{self.found.number}天，属{self.ladder.label}。按规定{due}，由{self.by}决定。"

    @property
    def dones(self) -> frozenset[str]:
        """What would be done, as effects are called."""
        return frozenset(each.do for each in self.proposals)

    def touches(self, span: Stretch) -> bool:
        """Whether a span is among the counted days, where those are days in a row."""
        days = self.found.days
        return not days or (span.first <= days[-1] and span.last >= days[0])


def climbing_on_leave(law: LeaveLaw) -> list[tuple[Counter, Ladder]]:
    """The ladders that climb on a count of leave alone, each with its counter."""
    counters = {key: held.rule for key, held in law.rules("counters").items()}
    ladders: Iterable[Ladder] = (held.rule for held in law.rules("ladders").values())
    return [
        (counters[ladder.climbs], ladder)
        for ladder in ladders
        if ladder.climbs in counters and counters[ladder.climbs].kinds == (LEAVE,)
    ]


def followed(law: LeaveLaw, posting: Posting, days: Iterable[date], on: date) -> Iterator[Followed]:
    """What is due of a posting with these days of leave, as far as `on`.  No query but for calendars."""
    climbs = climbing_on_leave(law)
    if not climbs:
        return
    who, kinds = str(posting.pk), day_kinds()
    events = [Event(LEAVE, day, subjects={"person": who}) for day in sorted(set(days))]
    term = Stretch(posting.first, posting.last or date.max)
    for counter, ladder in climbs:
        found = count(counter, events, on, who, term=term, kind_of_day=kinds)
        due = proposals(ladder, found.number, Occasion(on))
        if due:
            yield Followed(counter, ladder, found, due, _deciders(law, due))


def long_findings(law: LeaveLaw, posting: Posting, leaves: Iterable[Stretch], span: Stretch) -> list[Finding]:
    """The same as warnings under a request for `span`, with all leaves of the posting."""
    days = (day for each in leaves for day in days_of(each))
    return [
        Finding("long", "warn", each.text, each.ladder.clause, inputs={"days": each.found.number})
        for each in followed(law, posting, days, span.last)
        if each.touches(span)
    ]


def _deciders(law: LeaveLaw, due: tuple[Proposal, ...]) -> str:
    names = Names(bodies=law.bodies)
    actors = [actor for each in due for actor in each.effect.by]
    return "、".join(dict.fromkeys(body_text(actor.office, actor.relation, actor.of, names) for actor in actors))
