"""`manage.py demo_month`: one demonstration month driven through the running site; used by `dev up --check`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.desk.demo.drive import Drive
from apps.desk.demo.visitor import VisitError


class Command(BaseCommand):
    help = "在运行中的网站上走完一个演示月：登记、签字、月结、编制、审核、季度表（仅限演示环境）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--base-url", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("只在演示环境（DEMO）中运行。")
        try:
            Drive(options["base_url"], self.stdout.write, timezone.localdate()).run()
        except VisitError as error:
            raise CommandError(str(error)) from error
