"""The landing page: what somebody in a position must do, and what is ready for him."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from apps.accounts.access import ABOVE, COUNTY, TOWNSHIP, Actor
from apps.attendance.selectors import sheet_context
from apps.core.months import Month
from apps.desk.selectors.amendments import amendments_desk
from apps.desk.selectors.items import Desk, WorkItem
from apps.desk.selectors.leave import filed_desk, leave_desk, own_leave_desk
from apps.desk.selectors.leaving import leaving_desk, own_leaving_desk
from apps.desk.selectors.ledgers import county_desk, township_ledgers_desk
from apps.desk.selectors.months import open_months
from apps.desk.selectors.notices import notices_desk
from apps.desk.selectors.own import own_months
from apps.desk.selectors.sheets import sheet_url, sheets_desk
from apps.desk.selectors.staffing import staffing_desk
from apps.desk.selectors.unit import Fed, Quarter, feedback_states
from apps.desk.selectors.villages import villages_desk
from apps.desk.selectors.watch import due_desk, watch_desk
from apps.jurisdictions.days import DueDay, due_day
from apps.jurisdictions.offices import Office
from apps.ledgers.selectors.chain import book_by_hash
from apps.rules.marks import CATEGORIES


def desk_of(*, actor: Actor, today: date) -> Desk:
    """Everything for the offices of one position.  A fixed number of queries, whatever the number of rows."""
    scope = actor.scope
    if scope.unit is not None:
        desk = _joined(staffing_desk(actor=actor, today=today), _joined(filed_desk(actor=actor), unit_desk(today)))
        return _joined(desk, due_desk(actor=actor, today=today))
    if scope.person is not None:
        return _joined(
            own_leaving_desk(actor=actor), _joined(own_leave_desk(actor=actor, today=today), own_desk(today))
        )
    desk = leave_desk(actor=actor, today=today) if actor.may("leave.view") else Desk()
    if actor.position.principal:
        return desk
    if actor.may("staffing.act"):
        desk.add(staffing_desk(actor=actor, today=today))
    if actor.position.team is not None:
        desk.add(sheets_desk(actor=actor, today=today))
    elif actor.offices & TOWNSHIP:
        desk.add(_township(actor, today))
    elif actor.offices & COUNTY:
        desk.add(county_desk(actor=actor, today=today))
        desk.add(amendments_desk(actor=actor))
        desk.add(villages_desk(actor=actor))
    if actor.may("handover.receive") or actor.may("departure.record"):
        desk.add(leaving_desk(actor=actor, today=today))
    desk.add(watch_desk(actor=actor, today=today))
    desk.add(due_desk(actor=actor, today=today))
    if actor.offices & (COUNTY | ABOVE):
        desk.ready.append(_rollup(today))
    elif actor.may("sheet.view"):
        desk.ready.append(_sheet(actor, today))
    return desk


def _joined(first: Desk, second: Desk) -> Desk:
    first.add(second)
    return first


def _township(actor: Actor, today: date) -> Desk:
    area = actor.scope.area or ""
    reopened = [found.month for found in open_months(area=area, today=today) if found.reason]
    desk = township_ledgers_desk(actor=actor, today=today, reopened=reopened)
    desk.add(sheets_desk(actor=actor, today=today))
    desk.add(notices_desk(actor=actor, today=today))
    return desk


def _sheet(actor: Actor, today: date) -> WorkItem:
    month, area = Month.of(today), actor.scope.area or ""
    text = "本月登记的情况。"
    if Office.TOWNSHIP_CLERK in actor.offices:
        daily = sheet_context(area, month).book.sheet.prefill == "none"
        text = "按规定逐日登记。" if daily else "平常日子已按日历预填，有公差、会议、请假等例外时登记。"
    return WorkItem(f"{month.label}考勤月表", text, sheet_url(area, month), "打开")


def _rollup(today: date) -> WorkItem:
    month = Month.of(today).previous()
    url = f"{reverse('desk:rollup')}?{urlencode({'month': str(month)})}"
    return WorkItem(f"{month.label}汇总", "各地报送情况、天数和达标情况。", url, "打开")


def unit_desk(today: date) -> Desk:
    """The workbook of the last quarter: to be sent on while its day has not passed, afterwards ready to look at."""
    quarter = Quarter.of(today).previous()
    states = feedback_states(quarter, today)
    desk = Desk()
    if not states:
        return desk
    given = [state for state in states if state.feedback is not None]
    due = _quarter_due(given, quarter)
    item = WorkItem(
        what=f"{quarter.label}本单位驻村干部台账",
        meta=_fed(states, given),
        url=f"{reverse('desk:unit')}?{urlencode({'quarter': str(quarter)})}",
        action="查看并下载",
        due=due if due and due.day >= today else None,
    )
    complete = len(given) == len(states)
    (desk.must if complete and item.due else desk.ready).append(item)
    return desk


def _fed(states: list[Fed], given: list[Fed]) -> str:
    if len(given) == len(states):
        return f"{len(states)}份乡镇月度台账都已反馈。"
    waiting = [f"{state.township}{state.month.month}月" for state in states if state.feedback is None]
    return (
        f"已反馈{len(given)}份，还有{len(waiting)}份未到：{'、'.join(waiting[:4])}{'等' if len(waiting) > 4 else ''}。"
    )


def _quarter_due(given: list[Fed], quarter: Quarter) -> DueDay | None:
    """The earliest of the days that the rules of its people's counties name."""
    days = []
    for source in sorted({state.feedback.book_id for state in given if state.feedback}):
        book = book_by_hash(source)
        if rule := book.ledger.unit_quarter:
            days.append(due_day(book, rule.due, quarter.months[2], source=source))
    return min((day for day in days if day), key=lambda each: each.day, default=None)


def own_desk(today: date) -> Desk:
    """A cadre has nothing to enter: his latest months, to look at."""
    since = Month.of(today).previous()
    found = own_months(today.year)
    if since.year != today.year:
        found += own_months(since.year)
    url = reverse("desk:self")
    return Desk(
        ready=[
            WorkItem(
                what=f"{each.month.label}我的考勤",
                meta=f"{each.place}，{'已编入台账' if each.line else '登记中'}",
                url=f"{url}?{urlencode({'year': each.month.year})}",
                action="查看",
                figure=(f"在村{each.counts[0]}天", each.days_url(CATEGORIES[0]), "done"),
            )
            for each in found
            if each.month >= since
        ]
    )
