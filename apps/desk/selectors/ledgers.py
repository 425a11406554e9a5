"""Ledgers that wait for somebody: to be signed or submitted, corrected, reviewed, filed, or put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localtime

from apps.accounts.access import Actor
from apps.core.months import Month
from apps.core.sql import fetch
from apps.core.tenancy import area_end
from apps.desk.selectors.items import Desk, WorkItem
from apps.desk.selectors.months import horizon, unsent_months
from apps.desk.selectors.sheets import close_due, passed, submit_due
from apps.jurisdictions.days import DueDay, due_day
from apps.jurisdictions.offices import Office
from apps.jurisdictions.selectors import book_of, books_on, division_names
from apps.ledgers.models import Job, JobState, Ledger, LedgerKind, LedgerRemark, LedgerState, LedgerStep
from apps.ledgers.selectors.chain import frozen_book
from apps.rules.book import RuleBook
from apps.rules.terms import Due, Step

NAMED = 6  # places named in one line
Acts = Mapping[int, Mapping[str, LedgerStep]]

_COUNTY = """
SELECT t.month, array_agg(t.id), coalesce(min(c.id), 0), coalesce(min(c.state), ''),
       coalesce((SELECT array_agg((part ->> 'ledger')::bigint)
                 FROM ledgers_ledger k, jsonb_array_elements(k.parts) part WHERE k.id = min(c.id)), '{}')
FROM ledgers_ledger t
LEFT JOIN ledgers_ledger c ON c.area = %(area)s AND c.kind = 'county' AND c.month = t.month AND c.state <> 'superseded'
WHERE t.area >= %(area)s AND t.area < %(end)s AND t.kind = 'township' AND t.month >= %(from)s AND t.state = 'accepted'
GROUP BY t.month ORDER BY t.month
"""


def current_ledgers(area: str, today: date) -> list[Ledger]:
    """The township ledgers of an area that are not replaced, without their content.  One query."""
    rows = Ledger.objects.within(area).filter(kind=LedgerKind.TOWNSHIP, month__gte=horizon(today)[0].first)
    return list(rows.exclude(state=LedgerState.SUPERSEDED).defer("totals", "parts").order_by("month", "area"))


def _acts(ledgers: Iterable[Ledger]) -> Acts:
    """{ledger: {step: act}} of these ledgers, the newest act of each step.  One query."""
    found: dict[int, dict[str, LedgerStep]] = defaultdict(dict)
    for act in LedgerStep.objects.filter(ledger__in=[ledger.pk for ledger in ledgers]):
        found[act.ledger_id][act.step] = act
    return found


def township_ledgers_desk(*, actor: Actor, today: date, reopened: Iterable[Month]) -> Desk:
    """A township's ledgers on their way; `reopened` are the months that stand open for a correction.

    Four queries at most, whatever the number of ledgers.
    """
    ledgers = [row for row in current_ledgers(actor.scope.area or "", today) if row.state != LedgerState.ACCEPTED]
    acts, open_again = _acts(ledgers), {month.first for month in reopened}
    desk = _returned(actor, [row for row in ledgers if row.state == LedgerState.RETURNED], acts, open_again)
    for ledger in ledgers:
        if ledger.state in (LedgerState.DRAFT, LedgerState.SIGNED):
            _next_step(actor, ledger, acts, desk)
    desk.add(_queued([row for row in ledgers if row.state == LedgerState.QUEUED]))
    return desk


def _next_step(actor: Actor, ledger: Ledger, acts: Acts, desk: Desk) -> None:
    """The step whose turn it is: to do, or to know who has it."""
    done = acts.get(ledger.pk, {})
    step = next((step for step in frozen_book(ledger).ledger.steps if step.key not in done), None)
    if step is None:
        return
    mine = actor.office_for(list(step.offices)) is not None
    offices = "或".join(str(Office(office).label) for office in step.offices)
    item = WorkItem(
        what=f"{Month.of(ledger.month).label}台账：{step.label}",
        meta=f"{ledger.name} · {ledger.people}人 · 第{ledger.version}版" + ("" if mine else f" · 等待{offices}办理"),
        url=_detail(ledger.pk),
        action="去办理" if mine else "查看",
        due=_frozen_due(ledger, step.due),
        clause=step.clause,
    )
    (desk.must if mine else desk.ready).append(item)


def _frozen_due(ledger: Ledger, due: Due | None) -> DueDay | None:
    """A last day of the rules that a ledger was made under."""
    return due_day(frozen_book(ledger), due, Month.of(ledger.month), source=ledger.book_id)


def _returned(actor: Actor, ledgers: Sequence[Ledger], acts: Acts, open_again: Collection[date]) -> Desk:
    """What came back: to correct; once its month is open again only the remarks are left to read."""
    desk = Desk()
    if not ledgers or not actor.may("month.reopen"):
        return desk
    texts: dict[int, list[str]] = defaultdict(list)
    for remark in LedgerRemark.objects.filter(ledger__in=ledgers).select_related("line"):
        who = f"{remark.line.village}·{remark.line.name}：" if remark.line else ""
        texts[remark.ledger_id].append(f"{who}{remark.text}")
    for ledger in ledgers:
        correcting = ledger.month in open_again
        item = _correct(ledger, acts.get(ledger.pk, {}).get("return"), texts[ledger.pk], correcting=correcting)
        (desk.ready if correcting else desk.must).append(item)
    return desk


def _correct(ledger: Ledger, act: LedgerStep | None, texts: Sequence[str], *, correcting: bool) -> WorkItem:
    said = f"{act.person}{_day(act.at)}退回" if act else "已退回"
    note = f"：{act.note}" if act and act.note else ""
    month = Month.of(ledger.month)
    return WorkItem(
        what=f"{month.label}台账的退回意见" if correcting else f"{month.label}台账被退回，请更正",
        meta=f"{said}{note}" + (f"（{len(texts)}条意见）" if texts else ""),
        url=_detail(ledger.pk),
        action="看意见" if correcting else "去更正",
        due=None if correcting else _frozen_due(ledger, submit_due(frozen_book(ledger))),
        remarks=tuple(texts[:NAMED]),
    )


def _day(moment: datetime) -> str:
    local = localtime(moment)
    return f"{local.month}月{local.day}日"


def _queued(ledgers: Sequence[Ledger]) -> Desk:
    desk = Desk()
    if not ledgers:
        return desk
    failed = Job.objects.filter(subject__in=[ledger.pk for ledger in ledgers], state=JobState.FAILED)
    reasons = dict(failed.values_list("subject", "message"))
    for ledger in ledgers:
        label = f"{Month.of(ledger.month).label}台账"
        if ledger.pk in reasons:
            desk.must.append(WorkItem(f"{label}没有编成", reasons[ledger.pk], _detail(ledger.pk), "查看"))
        else:
            desk.ready.append(WorkItem(f"{label}正在编制", "编好后进入签批。", _detail(ledger.pk), "查看进度"))
    return desk


def county_desk(*, actor: Actor, today: date) -> Desk:
    """What waits at the county: reviews, filings, its own ledger, townships that have not submitted.

    Six queries and the rules of the months concerned, whatever the number of townships.
    """
    area = actor.scope.area or ""
    ledgers = current_ledgers(area, today)
    unsent = unsent_months(area=area, today=today)
    accepted = [ledger for ledger in ledgers if ledger.state == LedgerState.ACCEPTED]
    desk = Desk(must=_reviews(actor, [row for row in ledgers if row.state == LedgerState.SUBMITTED]))
    desk.must += _filings(actor, accepted)
    if actor.may("ledger.compile_county"):
        busy = {month.first for month, _ in unsent} | {row.month for row in ledgers if row not in accepted}
        desk.must += _compilations(actor, today, busy)
    made = {(Month.of(row.month), row.area) for row in ledgers}
    desk.add(_unsent(actor, unsent, made, today))
    return desk


def _reviews(actor: Actor, ledgers: Iterable[Ledger]) -> list[WorkItem]:
    found = []
    for ledger in ledgers:
        review, month = frozen_book(ledger).ledger.review, Month.of(ledger.month)
        if actor.office_for(list(review.offices)):
            what = f"审核{ledger.name}{month.label}台账"
            meta = f"{ledger.people}人 · 第{ledger.version}版 · {_day(ledger.changed_at)}报送"
            due = _frozen_due(ledger, review.due)
            found.append(WorkItem(what, meta, _detail(ledger.pk), "去审核", due, review.clause))
    return found


def _filings(actor: Actor, ledgers: Sequence[Ledger]) -> list[WorkItem]:
    """One line per month and filing that this office has to mark, over all townships."""
    acts = _acts(ledgers)
    waiting: dict[tuple[date, str], list[tuple[Ledger, Step]]] = defaultdict(list)
    for ledger in ledgers:
        for step in frozen_book(ledger).ledger.filings:
            if step.key not in acts.get(ledger.pk, {}) and actor.office_for(list(step.offices)):
                waiting[ledger.month, step.key].append((ledger, step))
    return [_filing(Month.of(month), found) for (month, _), found in sorted(waiting.items())]


def _filing(month: Month, found: Sequence[tuple[Ledger, Step]]) -> WorkItem:
    ledgers, (ledger, step) = [each for each, _ in found], found[-1]
    url = _detail(ledgers[0].pk) if len(ledgers) == 1 else _list(month, LedgerState.ACCEPTED)
    meta = f"{len(ledgers)}份已审核台账待备案：{_named([ledger.name for ledger in ledgers])}"
    due = _frozen_due(ledger, step.due)
    return WorkItem(f"{month.label}台账：{step.label}", meta, url, "去备案", due, step.clause)


def _compilations(actor: Actor, today: date, busy: Collection[date]) -> list[WorkItem]:
    """The county's own ledgers to make, or to make again after a correction, once every township is accepted; for the
    office that reviews."""
    area = actor.scope.area or ""
    found = []
    rows = fetch(_COUNTY, {"area": area, "end": area_end(area), "from": horizon(today)[0].first})
    for first, accepted, county, state, parts in rows:
        if first in busy or state == LedgerState.QUEUED or set(accepted) == set(parts):
            continue
        month = Month.of(first)
        book = book_of(area, month.last)
        if actor.office_for(list(book.ledger.review.offices)):
            found.append(_compilation(month, book, area, len(accepted), again=bool(county)))
    return found


def _compilation(month: Month, book: RuleBook, area: str, townships: int, *, again: bool) -> WorkItem:
    rule = book.ledger.compile_due
    meta = "乡镇台账有更正，县级台账需要重新汇总。" if again else f"{townships}个乡镇的台账都已审核通过。"
    url = f"{reverse('ledgers:list')}?{urlencode({'month': str(month)})}"
    due = due_day(book, rule, month, source=area)
    return WorkItem(f"编制{month.label}县级台账", meta, url, "去编制", due, rule.clause if rule else None)


def _unsent(actor: Actor, pairs: Sequence[tuple[Month, str]], made: Collection[tuple[Month, str]], today: date) -> Desk:
    """Townships that have not submitted: for the reviewing office to follow up where they are late, else for
    information."""
    names = division_names(township for _, township in pairs)
    months: dict[Month, dict[bool, list[str]]] = defaultdict(lambda: defaultdict(list))
    area = actor.scope.area or ""
    books = books_on(area, {month.last for month, _ in pairs}) if pairs else {}
    for month, township in pairs:
        late = passed(books[month.last], month, today, made=(month, township) in made) is not None
        months[month][late].append(names.get(township, township))
    desk = Desk()
    for month, found in months.items():
        book = books[month.last]
        mine = actor.office_for(list(book.ledger.review.offices)) is not None
        for late, townships in sorted(found.items(), reverse=True):
            what = f"{month.label}：{len(townships)}个乡镇{'逾期未报送' if late else '尚未报送'}"
            figure = (f"共{len(townships)}个", _unsent_url(area, month, late=late), "done")
            url = f"{reverse('desk:rollup')}?{urlencode({'month': str(month)})}"
            due = due_day(book, close_due(book), month, source=area)
            shown = due if late or due is None or due.day >= today else None  # a day that binds nobody any more
            item = WorkItem(what, _named(townships), url, "查看", shown, figure=figure)
            (desk.must if mine and late else desk.ready).append(item)
    return desk


def _unsent_url(area: str, month: Month, *, late: bool) -> str:
    query = {"area": area, "month": str(month), "what": "unsent-late" if late else "unsent"}
    return f"{reverse('desk:rollup_trace')}?{urlencode(query)}"


def _named(names: Sequence[str]) -> str:
    more = f"等{len(names)}个" if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more


def _detail(ledger: int) -> str:
    return reverse("ledgers:detail", kwargs={"ledger": ledger})


def _list(month: Month, state: str) -> str:
    return f"{reverse('ledgers:list')}?{urlencode({'month': str(month), 'state': state, 'kind': LedgerKind.TOWNSHIP})}"
