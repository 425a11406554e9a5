"""Which days of a posting are leave, and which can be none because they are something else already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from apps.core.findings import Finding
from apps.core.sql import fetch
from apps.leave.models import VALID, Judgement, LeaveOverrun, LeaveRequest
from apps.rules.language.windows import Stretch
from apps.teams.models import Posting

# Read by name from above, as the sheet reads leave: a day is on record in one place only.
_RECORDED = """
SELECT posting_id, first, last FROM attendance_dayspan
WHERE posting_id = ANY(%s) AND first <= %s AND last >= %s ORDER BY posting_id, first
"""


def leaves_over(posting: int, first: date, last: date) -> bool:
    """Whether a granted leave, or an absence that was judged, touches the days from `first` to `last`.  Two queries."""
    granted = LeaveRequest.objects.filter(posting=posting, state__in=VALID, first__lte=last, until__gte=first)
    return granted.exists() or bool(_absences(posting, Stretch(first, last)))


def recorded_over(posting: int, span: Stretch) -> list[Stretch]:
    """The official records (trips, meetings, training) of a posting that touch a span, in order.  One query."""
    return recorded_of([posting], span).get(posting, [])


def recorded_of(postings: Iterable[int], span: Stretch) -> dict[int, list[Stretch]]:
    """{posting: its official records that touch a span, in order}; those without any left out.  One query."""
    found: dict[int, list[Stretch]] = defaultdict(list)
    for posting, first, last in fetch(_RECORDED, [list(postings), span.last, span.first]):
        found[posting].append(Stretch(first, last))
    return dict(found)


def clashes(posting: Posting, span: Stretch) -> list[Finding]:
    """Why days of a span cannot be leave: outside the posting, on record as official, judged as absence."""
    found = []
    if span.first < posting.first or (posting.last is not None and span.last > posting.last):
        until = words(posting.last) if posting.last else "现在"
        found.append(Finding("not_posted", "block", f"派驻期从{words(posting.first)}到{until}，请假不能超出派驻期。"))
    for held in recorded_over(posting.pk, span):
        text = f"{words(held.first)}至{words(held.last)}已登记公务；确需请假的，请先由乡镇更正公务记录。"
        found.append(Finding("on_duty", "block", text))
    for held in _absences(posting.pk, span):
        text = f"{words(held.first)}至{words(held.last)}已认定为脱岗，不能再补假。"
        found.append(Finding("judged", "block", text))
    return found


def words(day: date) -> str:
    """A day as a sentence says it."""
    return f"{day.year}年{day.month}月{day.day}日"


def _absences(posting: int, span: Stretch) -> list[Stretch]:
    rows = LeaveOverrun.objects.filter(
        posting=posting, judgement=Judgement.ABSENT, first__lte=span.last, last__gte=span.first
    )
    return [Stretch(first, last) for first, last in rows.order_by("first").values_list("first", "last")]
