"""`manage.py rules check|new|rehearse|publish`: what the writer of a rule pack needs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.amendments.checking import Draft, draft_of_folder, folder_pack
from apps.amendments.services import command_propose, command_publish
from apps.amendments.telling import HEADS, cells, counted, summary, table
from apps.core.errors import ApplicationError
from apps.core.months import Month
from apps.core.tenancy import Scope, entered
from apps.jurisdictions.models import RulePack
from apps.ledgers.services.rehearse import Rehearsal, rehearse
from apps.rules.catalogue import citations, read_catalogue
from apps.rules.own import own_clauses
from apps.rules.pack import Pack
from apps.rules.problems import PackError
from apps.rules.reader import inherits_from, read_pack
from apps.rules.skeleton import skeleton
from apps.rules.tightening import tightenings

_SHIPPED = Path(settings.BASE_DIR) / "fixtures" / "rules"


class Command(BaseCommand):
    """`check` and `new` touch files only, `rehearse` reads the database; `publish` writes it, in two people's names."""

    help = (
        "规则包：check <文件夹> 检查；new <代码> 生成带说明的空白包；rehearse <文件夹> 试算，不写入数据库；"
        "publish <文件夹> 提出并试算，另一人确认后发布。"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="检查一个规则包")
        check.add_argument("folder", type=Path)
        new = verbs.add_parser("new", help="生成带说明的空白规则包")
        new.add_argument("code")
        new.add_argument("--inherits", default="central")
        new.add_argument("--to", type=Path, default=Path(), help="写到哪个文件夹下（默认当前文件夹）")
        trial = verbs.add_parser("rehearse", help="试算：按已保存的考勤比较现行规则和新规则，只列出有变化的数字")
        trial.add_argument("folder", type=Path)
        trial.add_argument("--from", dest="first", type=_month, help="从哪个月起，如 2026-01；默认今年一月")
        trial.add_argument("--to", dest="last", type=_month, help="到哪个月止，如 2026-10；默认有考勤的最后一个月")
        trial.add_argument("--csv", type=Path, help="把变化写成 CSV 文件")
        publish = verbs.add_parser("publish", help="提出一个规则包（连同它自带的条款）并试算，确认后发布")
        publish.add_argument("folder", type=Path)
        publish.add_argument("--by", required=True, help="提出人")
        publish.add_argument("--confirmed-by", help="确认人，须是另一人；不写就只提出和试算，不发布")

    def handle(self, *args: object, **options: Any) -> None:
        if options["verb"] == "check":
            self._check(options["folder"])
        elif options["verb"] == "rehearse":
            self._rehearse(options["folder"], options["first"], options["last"], options["csv"])
        elif options["verb"] == "publish":
            self._publish(options["folder"], options["by"], options["confirmed_by"])
        else:
            self._new(options["code"], options["inherits"], options["to"])

    def _check(self, folder: Path) -> None:
        with _faults(folder):
            clauses = set(read_catalogue(_SHIPPED.parent / "clauses"))
            own = own_clauses(folder, frozenset(clauses))
            clauses |= own.ids if own else set()
            above = _above(folder, clauses)
            pack = read_pack(folder, clauses, above)
        for found in tightenings(pack, above) if above else ():
            self.stdout.write(f"提醒 {found}")
        self.stdout.write(f"{folder}：没有发现问题，引用条款 {len(citations(pack))} 条。")

    def _new(self, code: str, inherits: str, to: Path) -> None:
        folder = to / code
        if folder.exists():
            raise CommandError(f"{folder} 已经存在，没有改动。请换一个代码，或先移走它。")
        try:
            files = skeleton(code, inherits)
        except ValueError as error:
            raise CommandError(str(error)) from error
        folder.mkdir(parents=True)
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
        self.stdout.write(f"已写好 {folder}，请逐个文件填写，再运行 rules check {folder}。")

    def _rehearse(self, folder: Path, first: Month | None, last: Month | None, file: Path | None) -> None:
        if first and last and last < first:
            raise CommandError(f"--from {first} 晚于 --to {last}，请对调。")
        with _faults(folder):
            pack = folder_pack(folder)
        with entered(Scope(area=pack.area)):
            found = rehearse(pack=pack, today=timezone.localdate(), first=first, last=last)
        if file:
            file.write_text(table(found), "utf-8", newline="")
        else:
            self._lines(_printed(found))
        self._lines(summary(counted(found)))

    def _publish(self, folder: Path, by: str, confirmed_by: str | None) -> None:
        if by == confirmed_by:
            raise CommandError("规则须由两人办理：提出人和确认人不能是同一人。")
        with _faults(folder):
            if (draft := _unpublished(folder)) is None:
                self.stdout.write("内容与已发布的相同，没有产生新版本。")
                return
        with _faults(folder), entered(Scope(area=draft.pack.area)):
            found = command_propose(draft=draft, by=by)
            self.stdout.write(f"{by}提出 {found.title}（{draft.pack.effective} 生效），第 {found.pk} 号。")
            self._lines(summary(found.rehearsal))
            if confirmed_by:
                command_publish(amendment=found.pk, by=confirmed_by)
        self.stdout.write(
            "已发布。" if confirmed_by else "没有发布：由另一人看过试算结果后，加 --confirmed-by 再运行一次。"
        )

    def _lines(self, lines: Iterator[str] | list[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


@contextmanager
def _faults(folder: Path) -> Iterator[None]:
    """Whatever is wrong with a folder or with publishing it, as the command's own error."""
    if not folder.is_dir():
        raise CommandError(f"没有文件夹 {folder}。")
    try:
        yield
    except PackError as error:
        raise CommandError(f"{error}\n共 {len(error.problems)} 处。") from error
    except ApplicationError as error:
        raise CommandError(error.message) from error


def _unpublished(folder: Path) -> Draft | None:
    """The pack in a folder, fit to be published; None where exactly this is the published version."""
    pack = folder_pack(folder)
    newest = RulePack.objects.filter(code=pack.code).order_by("published_at", "id").last()
    return None if newest and newest.hash == pack.version else draft_of_folder(folder)


def _above(folder: Path, clauses: set[str]) -> Pack | None:
    """The pack above, from beside this one or from those that came with the software; None where there is none."""
    inherits = inherits_from(folder)
    places = [place / inherits for place in (folder.parent, _SHIPPED) if inherits]
    found = next((place for place in places if (place / "pack.yaml").exists()), None)
    return read_pack(found, clauses, _above(found, clauses)) if found else None


def _printed(found: Rehearsal) -> Iterator[str]:
    if found.changes:
        yield "\t".join(HEADS)
    for change in found.changes:
        yield "\t".join(map(str, cells(change)))
