"""Sheets of the past: what explains days, the lines, and the signatures that the packs ask for."""

from __future__ import annotations

from collections.abc import Iterator

from apps.attendance.models import DaySpan, SheetLine, SheetSignature
from apps.attendance.selectors import SheetStep, sheet_context, sheet_rows, sheet_steps
from apps.core.months import Month
from apps.desk.demo.keys import Keys
from apps.desk.demo.rows import insert
from apps.rules.marks import MARKS
from apps.teams.models import TeamMonth

CLOSED = ("submitted", "returned", "accepted")
COUNTY = ("county_office",)
CLERK = ("township_clerk",)


def load_sheets(keys: Keys) -> None:
    """Write records and lines of all months, then confirm and close those that came to their end."""
    villages = {posting.cadre: posting.village for posting in keys.world.postings}
    insert(SheetLine, _lines(keys, villages))
    insert(SheetSignature, _signatures(keys))
    insert(TeamMonth, _closings(keys))
    # Last, because no statistics know of these thousands of records yet when the sheets are read for signing.
    insert(DaySpan, _spans(keys, villages))


def _spans(keys: Keys, villages: dict[str, str]) -> Iterator[dict[str, object]]:
    for span in keys.world.spans:
        village = villages[span.cadre]
        offices = COUNTY if span.by == "county" else CLERK
        yield {
            "area": village,
            "posting": keys.postings[span.cadre],
            "person": keys.persons[span.cadre],
            "kind": MARKS[span.mark].category,
            "first": span.first,
            "last": span.last,
            "reason": span.text,
            "document": span.document,
            "by": keys.signer(offices, [village[:7], village[:10]], span.first).name,
            "at": keys.moment(Month.of(span.first).previous(), max(span.first.day - 2, 0), 10, 20),
        }


def _lines(keys: Keys, villages: dict[str, str]) -> Iterator[dict[str, object]]:
    for line in keys.world.lines:
        village = villages[line.cadre]
        yield {
            "area": village,
            "posting": keys.postings[line.cadre],
            "team": keys.teams[village],
            "person": keys.persons[line.cadre],
            "month": line.month.first,
            "marks": line.marks,
            "nights": line.nights,
            "version": 1,
            "by": keys.signer(CLERK, [village[:10]], line.month.last).name,
            "at": keys.moment(line.month, 0, 17, int(village[8:10]) % 50),
        }


def _signatures(keys: Keys) -> Iterator[dict[str, object]]:
    """Every step of every closed team sheet, under exactly the lines that were stored."""
    counties = sorted({team.village[:7] for team in keys.world.teams})
    for month in keys.world.months:
        for county in counties:
            context = sheet_context(county, month)
            if not context.book.sheet.record:
                continue
            rows = [
                row
                for row in sheet_rows(area=county, month=month, with_year=False)
                if keys.world.stage(row.township, month) in CLOSED
            ]
            for step in sheet_steps(context, rows):
                yield _signature(keys, step, month)


def _signature(keys: Keys, step: SheetStep, month: Month) -> dict[str, object]:
    village = step.rows[0].area
    signer = keys.signer(step.step.offices, [village, village[:10]], month.last)
    return {
        "area": village,
        "team": step.team,
        "month": month.first,
        "step": step.step.key,
        "office": signer.office,
        "signer": signer.name,
        "user": signer.user,
        "digest": step.digest,
        "clause": step.step.clause or "",
        "at": keys.moment(month, 1, 9, step.team % 60),
    }


def _closings(keys: Keys) -> Iterator[dict[str, object]]:
    villages = {posting.cadre: posting.village for posting in keys.world.postings}
    for month, village in sorted({(line.month, villages[line.cadre]) for line in keys.world.lines}):
        if keys.world.stage(village[:10], month) in CLOSED:
            yield {
                "area": village,
                "team": keys.teams[village],
                "month": month.first,
                "closed": True,
                "attested_by": keys.signer(CLERK, [village[:10]], month.last).name,
                "changed_at": keys.moment(month, 2, 10, 30),
                "reason": "",
            }
