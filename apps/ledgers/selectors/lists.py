"""Lists of ledgers and their lines."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from apps.core.months import Month
from apps.ledgers.models import Job, JobState, Ledger, LedgerKind, LedgerLine, LedgerRemark, LedgerState


def ledgers_in(*, area: str, month: Month | None = None, state: str = "", kind: str = "") -> QuerySet[Ledger]:
    """Ledgers of an area, newest month first, by place; superseded versions only when asked for."""
    found = Ledger.objects.within(area)
    if kind in LedgerKind.values:
        found = found.filter(kind=kind)
    if month is not None:
        found = found.filter(month=month.first)
    superseded = {"state": LedgerState.SUPERSEDED}
    found = found.filter(state=state) if state in LedgerState.values else found.exclude(**superseded)
    return found.only("area", "kind", "name", "month", "version", "state", "people", "changed_at").order_by(
        "-month", "area", "kind"
    )


def county_lacks(*, area: str, month: Month) -> str:
    """Why a county's ledger of a month cannot be put together (again) now, in words; '' when it can.  One query."""
    rows = Ledger.objects.within(area).filter(month=month.first).exclude(state=LedgerState.SUPERSEDED)
    found = list(rows.filter(Q(kind=LedgerKind.COUNTY) | Q(state=LedgerState.ACCEPTED)).only("kind", "parts"))
    accepted = {row.pk for row in found if row.kind == LedgerKind.TOWNSHIP}
    if not accepted:
        return "还没有审核通过的乡镇台账"
    done = any({part["ledger"] for part in row.parts} == accepted for row in found if row.kind == LedgerKind.COUNTY)
    return "已编好，乡镇台账没有变化" if done else ""


def lines_of(ledger: Ledger) -> list[LedgerLine]:
    """The lines of a ledger by village, leaders first; of a county ledger those of all its parts, by township.

    One query for the ledger's own lines.
    """
    ids = [part["ledger"] for part in ledger.parts] if ledger.kind == LedgerKind.COUNTY else [ledger.pk]
    rows = LedgerLine.objects.filter(ledger_id__in=ids).select_related("unit")
    return sorted(
        rows, key=lambda line: (line.area, not {"leader", "first_secretary"} & set(line.roles), line.posting_id)
    )


def counterparts(ledger: Ledger, *, month: Month | None = None, version: int | None = None) -> dict[int, LedgerLine]:
    """{posting: line} of the same place's current ledger of another month, or of another version of this one."""
    found = Ledger.objects.filter(area=ledger.area, kind=LedgerKind.TOWNSHIP)
    if version is not None:
        found = found.filter(month=ledger.month, version=version)
    elif month is not None:
        found = found.filter(month=month.first).exclude(state__in=[LedgerState.SUPERSEDED, LedgerState.QUEUED])
    other = found.first()
    return {line.posting_id: line for line in LedgerLine.objects.filter(ledger=other)} if other else {}


def versions_of(ledger: Ledger) -> QuerySet[Ledger]:
    """All versions of a place's month, newest first."""
    return Ledger.objects.filter(area=ledger.area, kind=ledger.kind, month=ledger.month).order_by("-version")


def remarks_of(ledger: Ledger) -> Sequence[LedgerRemark]:
    """What the county asked about a version, in order."""
    return list(LedgerRemark.objects.filter(ledger=ledger).select_related("line"))


def open_job(*, ledger: Ledger) -> Job | None:
    """The newest job that fills this ledger, done or not; None when there never was one."""
    exact = Job.objects.filter(subject=ledger.pk, kind__in=["ledgers", "county"]).first()
    if exact is not None and exact.state != JobState.DONE:
        return exact
    running = Job.objects.filter(
        area=ledger.area[:7], month=ledger.month, state__in=[JobState.QUEUED, JobState.RUNNING]
    )
    return running.first() or exact
