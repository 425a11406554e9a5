"""One month of the demonstration driven through the site, from entry to the unit's workbook.

Nothing is written past the site: every act is a request of the person whose turn it is under the pack.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from guardian.models import UserObjectPermission

from apps.accounts.models import User
from apps.core.errors import NotFound
from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.desk.demo.plan import Plan, read_plan
from apps.desk.demo.visitor import VisitError, Visitor
from apps.jurisdictions.selectors import book_of
from apps.ledgers.models import Ledger, LedgerKind, LedgerState
from apps.rules.book import RuleBook
from apps.teams.models import Team

PATIENCE = 120  # seconds that a background job may take


@dataclass
class Drive:
    """The demonstration's first jurisdiction, its shown township and the month before this one."""

    base: str
    say: Callable[[str], None]
    today: date
    plan: Plan = field(default_factory=read_plan)
    _visitors: dict[str, Visitor] = field(default_factory=dict)

    @property
    def area(self) -> str:
        return self.plan.jurisdictions[0].show_township

    @property
    def month(self) -> Month:
        return Month.of(self.today).previous()

    @property
    def book(self) -> RuleBook:
        with entered(Scope(area=NATION)):
            return book_of(self.area, self.month.last)

    @property
    def sheet(self) -> str:
        return f"/sheet/{self.area}/{self.month}/"

    def visitor(self, username: str) -> Visitor:
        if username not in self._visitors:
            self._visitors[username] = Visitor(self.base, username, self.plan.world.password)
        return self._visitors[username]

    def holder(self, office: str, area: str) -> Visitor:
        """Whoever holds an office on an area (or on the team of a village), logged in."""
        with entered(Scope(area=NATION)):
            team = Team.objects.filter(area=area).values_list("pk", flat=True).first()
            grants = UserObjectPermission.objects.filter(permission__codename=office, user__is_active=True)
            found = grants.filter(object_pk__in=[area, str(team)]).order_by("user_id").last()
        if found is None:
            raise VisitError(f"演示数据里没有 {area} 的 {office}。")
        return self.visitor(User.objects.get(pk=found.user_id).username)

    def ledger(self) -> Ledger | None:
        with entered(Scope(area=NATION)):
            rows = Ledger.objects.filter(area=self.area, kind=LedgerKind.TOWNSHIP, month=self.month.first)
            return rows.exclude(state=LedgerState.SUPERSEDED).first()

    def run(self) -> None:
        """The whole month.  Run again it corrects the month that it finished before: a new version."""
        self.say(f"{self.area} {self.month}：{self.book.title}")
        self.reopen_when_closed()
        self.enter()
        self.sign_sheets()
        self.close_and_wait()
        self.walk_the_chain()
        self.review()
        self.workbook()

    def reopen_when_closed(self) -> None:
        """A month closed by an earlier run is opened again by the county or the township, with a reason."""
        ledger = self.ledger()
        if ledger is None:
            return
        by_county = ledger.state in (LedgerState.SUBMITTED, LedgerState.ACCEPTED)
        area, office = (self.area[:7], self.book.ledger.review_office) if by_county else (self.area, "township_clerk")
        visitor = self.holder(office, area)
        visitor.get(f"/ledgers/{ledger.pk}/")
        visitor.post(f"/ledgers/{ledger.pk}/reopen/", all="1", reason="演示：再走一遍更正")
        self.say(f"已重新打开第{ledger.version}版")

    def enter(self) -> None:
        """A wrong cell is answered, a right one is kept, and the answer says which is which."""
        clerk = self.holder("township_clerk", self.area)
        sheet = clerk.data(f"{self.sheet}data.json")
        row = next(row for row in sheet["rows"] if row["edit"] and "V" in row["m"][:28])
        day = row["m"].index("V") + 1
        typed = {
            "key": "check",
            "rows": [{"p": row["p"], "v": row["v"], "cells": {day: ["V", "培训"], 31: ["", "？"]}}],
        }
        answer = clerk.post_json(f"{self.sheet}save.json", typed)
        if answer["rows"][0]["m"][day - 1] != "N" or len(answer["errors"]) != 1:
            raise VisitError(f"保存的回答不对：{answer}")
        back = {"key": "back", "rows": [{"p": row["p"], "v": answer["rows"][0]["v"], "cells": {day: ["N", "V"]}}]}
        clerk.post_json(f"{self.sheet}save.json", back)
        self.fill_gaps(clerk, sheet["rows"])
        self.say(f"登记 {len(sheet['rows'])} 人，错格已指出，对格已保存")

    def fill_gaps(self, clerk: Visitor, rows: list[dict[str, Any]]) -> None:
        """Empty days of a sheet that starts empty: somebody has to say what they were."""
        for row in rows:
            days = {day: [".", "V"] for day, cell in enumerate(row["m"], start=1) if cell == "." and row["f"]}
            if days:
                edit = {"key": "gaps", "rows": [{"p": row["p"], "v": row["v"], "cells": days}]}
                clerk.post_json(f"{self.sheet}save.json", edit)

    def sign_sheets(self) -> None:
        """Every confirmation and signature that the pack asks for under the teams' sheets."""
        with entered(Scope(area=NATION)):
            villages = list(Team.objects.within(self.area).values_list("area", flat=True))
        for step in self.book.sheet.record:
            office = step.offices[0]
            for area in villages if office in ("team_leader", "village_signer") else [self.area]:
                visitor = self.holder(office, area)
                visitor.get(f"/sheet/{area}/{self.month}/")
                visitor.post(f"/sheet/{area}/{self.month}/sign/{step.key}/")
            self.say(f"“{step.label}”已办理")

    def close_and_wait(self) -> None:
        clerk = self.holder("township_clerk", self.area)
        clerk.get(self.sheet)
        clerk.post(f"/ledgers/close/{self.area}/{self.month}/")
        until = time.monotonic() + PATIENCE
        while (ledger := self.ledger()) is None or ledger.state == LedgerState.QUEUED:
            if time.monotonic() > until:
                raise VisitError("台账在规定时间内没有编成，请看后台日志。")
            time.sleep(0.2)
        self.say(f"台账第{ledger.version}版已编成，{ledger.people}人")

    def current(self) -> Ledger:
        ledger = self.ledger()
        if ledger is None:
            raise NotFound
        return ledger

    def walk_the_chain(self) -> None:
        ledger = self.current()
        for step in self.book.ledger.steps:
            visitor = self.holder(step.offices[0], self.area)
            visitor.get(f"/ledgers/{ledger.pk}/")
            visitor.post(f"/ledgers/{ledger.pk}/step/{step.key}/")
            self.say(f"“{step.label}”已办理")

    def review(self) -> None:
        ledger = self.current()
        county = self.holder(self.book.ledger.review_office, self.area[:7])
        county.get(f"/ledgers/{ledger.pk}/")
        county.post(f"/ledgers/{ledger.pk}/review/", decision="accept")
        if self.current().state != LedgerState.ACCEPTED:
            raise VisitError("县级审核没有通过。")
        self.say("县级已审核通过")

    def workbook(self) -> None:
        """The dispatch unit downloads its quarter."""
        unit = self.visitor(f"{self.plan.jurisdictions[0].slug}-liaison")
        address = reverse("reports:unit_quarter", kwargs={"year": self.month.year, "quarter": self.month.quarter})
        content = unit.download(address)
        if not content.startswith(b"PK"):
            raise VisitError("季度表不是工作簿。")
        self.say(f"派出单位季度表 {len(content)} 字节")
