"""`manage.py rules_publish`: bring divisions, calendars, clauses and the shipped rule packs into the database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from apps.jurisdictions.services import calendars_load, clauses_load, divisions_load, shipped_packs_publish


class Command(BaseCommand):
    help = "载入行政区划、工作日历、条款目录，发布随软件提供的规则包；重复运行不产生新版本。"

    def handle(self, *args: Any, **options: Any) -> None:
        fixtures = settings.BASE_DIR / "fixtures"
        divisions = divisions_load(file=fixtures / "divisions" / "nation.csv")
        years = calendars_load(folder=fixtures / "calendar")
        clauses = clauses_load(folder=fixtures / "clauses")
        packs, left = shipped_packs_publish(folder=fixtures / "rules")
        self.stdout.write(f"行政区 {divisions} 个，工作日历 {years} 年，条款 {clauses} 条，新发布规则包 {packs} 个。")
        if left:
            self.stdout.write(f"已由当地自行发布过的规则包保持不变：{'、'.join(left)}。")
