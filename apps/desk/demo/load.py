"""The demonstration world written into the database, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

from django.conf import settings
from django.db import connection
from django.utils import timezone

from apps.accounts.models import User
from apps.core.errors import Conflict, Forbidden
from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.desk.demo.build import demo_world
from apps.desk.demo.keys import Keys
from apps.desk.demo.load_accounts import load_accounts
from apps.desk.demo.load_leaves import load_leaves
from apps.desk.demo.load_leaving import load_leaving
from apps.desk.demo.load_ledgers import load_ledgers
from apps.desk.demo.load_notices import load_notices
from apps.desk.demo.load_people import load_people
from apps.desk.demo.load_sheets import load_sheets
from apps.desk.demo.load_staffing import load_staffing
from apps.desk.demo.load_watch import load_watch
from apps.desk.demo.plan import Plan, read_plan
from apps.jurisdictions.models import RulePack
from apps.jurisdictions.selectors import calendar_of
from apps.teams.models import Team

PARTS = {
    "人员": load_people,
    "账号": load_accounts,
    "考勤": load_sheets,
    "台账": load_ledgers,
    "请假": load_leaves,
    "选派": load_staffing,
    "值守": load_watch,
    "公示": load_notices,
    "离任": load_leaving,
}
LOCK = 20180413  # advisory: two loaders at once take turns, and the second finds the work done


@dataclass(slots=True)
class Loaded:
    """What was loaded, and the seconds each part took; nothing when it was there already."""

    people: int = 0
    teams: int = 0
    months: int = 0
    lines: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        start = monotonic()
        yield
        self.seconds[part] = round(monotonic() - start, 2)


def demo_load(as_of: Month) -> Loaded:
    """Write people, accounts, fourteen months of sheets and ledgers before `as_of`; all or nothing.

    A second time it does nothing, also with another month.  Forbidden where settings.DEMO is off; Conflict where
    divisions and rules are not published yet, or where real teams exist.
    """
    if not settings.DEMO:
        raise Forbidden("演示数据只在演示环境（DEMO）中载入。")
    plan, loaded = read_plan(), Loaded()
    with entered(Scope(area=NATION)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            # Statistics know nothing of the rows that this transaction writes: planned as if the tables were empty,
            # joins would run row by row.
            cursor.execute("SET LOCAL enable_nestloop = off")
        if not _is_loaded(plan):
            _load(plan, as_of, loaded)
    return loaded


def _is_loaded(plan: Plan) -> bool:
    if User.objects.filter(username=plan.world.nation_office.username).exists():
        return True
    if Team.objects.exists():
        raise Conflict("数据库里已有工作队，不再载入演示数据。")
    if not RulePack.objects.exists():
        raise Conflict("请先运行 rules_publish，载入行政区划、工作日历和制度。")
    return False


def _load(plan: Plan, as_of: Month, loaded: Loaded) -> None:
    years = {as_of.shifted(-back).year for back in range(plan.world.months + 1)}
    with loaded.timed("生成"):
        world = demo_world(as_of, {year: calendar_of(year) for year in years}, plan)
    keys = Keys(world, timezone.now())
    for part, write in PARTS.items():
        with loaded.timed(part):
            write(keys)
    loaded.people, loaded.teams = len(world.cadres), len(world.teams)
    loaded.months, loaded.lines = len(world.months), len(world.lines)
