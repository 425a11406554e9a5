"""`manage.py demo_load`: the demonstration data; only where settings.DEMO is on."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from apps.core.errors import ApplicationError
from apps.core.months import Month
from apps.desk.demo.load import demo_load


class Command(BaseCommand):
    help = "载入演示数据（仅限演示环境）；已载入的不再重复。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", type=Month.parse, help="未月结的当月，如 2026-11；默认本月")

    def handle(self, *args: Any, **options: Any) -> None:
        as_of = options["as_of"] or Month.of(timezone.localdate())
        try:
            loaded = demo_load(as_of)
        except ApplicationError as error:
            raise CommandError(error.message) from error
        if not loaded.people:
            self.stdout.write("演示数据已经载入，未作改动。")
            return
        _analyze()
        parts = "，".join(f"{part} {seconds} 秒" for part, seconds in loaded.seconds.items())
        self.stdout.write(
            f"载入演示数据：{loaded.people} 人，{loaded.teams} 支工作队，"
            f"{loaded.months} 个月 {loaded.lines} 行考勤（{parts}）。"
        )


def _analyze() -> None:
    """Fresh statistics, as the role that owns the tables where it is known: the first pages would wait for them."""
    if "owner" in settings.DATABASES:
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")
