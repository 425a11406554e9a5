"""`manage.py demo_logins`: who a visitor may be; only where settings.DEMO is on."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.accounts.models import User
from apps.accounts.selectors import positions, team_position
from apps.core.tenancy import NATION, Scope, entered
from apps.desk.demo.plan import read_plan


class Command(BaseCommand):
    help = "列出演示账号和身份（仅限演示环境）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="连同各乡镇、各村的其余账号一并列出")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("演示账号只存在于演示环境（DEMO）。")
        plan = read_plan()
        self.stdout.write(f"口令（所有演示账号相同）：{plan.world.password}")
        users = User.objects.filter(is_active=True).order_by("pk")
        if not options["all"]:
            users = users.exclude(username__regex="^c[0-9]")
        with entered(Scope(area=NATION)):
            for user in users:
                self.stdout.write(f"{user.username:<22}{user.name}  {_where(user)}")


def _where(user: User) -> str:
    places = (team_position(place) if place.scope.team else place for place in positions(user))
    return "；".join(f"{place.office_label}（{place.label}）" for place in places)
