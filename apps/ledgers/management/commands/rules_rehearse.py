"""`manage.py rules_rehearse <folder>`: what a rule pack would change on the stored months, before it is published."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.core.cells import safe
from apps.core.months import Month
from apps.core.tenancy import Scope, entered
from apps.jurisdictions.models import Clause
from apps.jurisdictions.selectors import pack_latest
from apps.ledgers.services.rehearse import Change, Rehearsal, Standing, rehearse
from apps.rules.catalogue import with_own
from apps.rules.pack import Pack
from apps.rules.problems import PackError
from apps.rules.reader import inherits_from, read_pack

HEADS = (
    "乡镇", "村", "姓名", "月份", "是否月结", "项目",
    "现行完成", "现行应达", "现行状态", "新规完成", "新规应达", "新规状态",
)  # fmt: skip


class Command(BaseCommand):
    """Prints the summary and every figure that would differ; writes nothing but the file asked for."""

    help = "试算规则包：按已保存的考勤逐月比较现行规则和新规则，只列出有变化的数字，不写入数据库。"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--from", dest="first", type=_month, help="从哪个月起，如 2026-01；默认今年一月")
        parser.add_argument("--to", dest="last", type=_month, help="到哪个月止，如 2026-10；默认有考勤的最后一个月")
        parser.add_argument("--csv", type=Path, help="把变化写成 CSV 文件")

    def handle(self, *args: object, **options: Any) -> None:
        first, last = options["first"], options["last"]
        if first and last and last < first:
            raise CommandError(f"--from {first} 晚于 --to {last}，请对调。")
        pack = _pack(options["folder"])
        with entered(Scope(area=pack.area[:10])):
            found = rehearse(pack=pack, today=timezone.localdate(), first=first, last=last)
        if options["csv"]:
            with options["csv"].open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows([HEADS, *map(_cells, found.changes)])
        else:
            self._print(_table(found))
        self._print(_summary(found))

    def _print(self, lines: Iterator[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _pack(folder: Path) -> Pack:
    if not folder.is_dir():
        raise CommandError(f"没有文件夹 {folder}。")
    try:
        clauses = {*Clause.objects.values_list("pk", flat=True), *with_own({}, folder)}
        return read_pack(folder, clauses, pack_latest(inherits_from(folder) or ""))
    except PackError as error:
        raise CommandError(f"{error}\n共 {len(error.problems)} 处。") from error
    except (ValueError, KeyError) as error:
        raise CommandError(f"{folder.name} 的条款目录有误：{error}") from error


def _table(found: Rehearsal) -> Iterator[str]:
    if found.changes:
        yield "\t".join(HEADS)
    for change in found.changes:
        yield "\t".join(map(str, _cells(change)))


def _cells(change: Change) -> list[str | int]:
    return [
        safe(change.township_name),
        safe(change.village),
        safe(change.name),
        str(change.month),
        "已月结" if change.closed else "未月结",
        safe(change.label),
        *_standing(change.old),
        *_standing(change.new),
    ]


def _standing(standing: Standing | None) -> list[str | int]:
    return [standing.judged.done, standing.judged.due, standing.word] if standing else ["", "", "不适用"]


def _summary(found: Rehearsal) -> Iterator[str]:
    months = (
        f"{found.months[0]} 至 {found.months[-1]} 共 {len(found.months)} 个月" if found.months else "没有已保存的考勤"
    )
    yield f"试算 {found.pack.title}{found.pack.number}（{found.pack.effective} 生效）：{months}。没有写入数据库。"
    for word, labels in (("新增", found.added), ("取消", found.removed)):
        if labels:
            yield f"{word}项目：{'、'.join(labels)}。"
    if not found.changes:
        yield "没有数字变化。"
        return
    outcomes = sum(change.outcome for change in found.changes)
    yield (
        f"有变化的：{found.cadres} 人，{len(found.changed_months)} 个月，{len(found.changes)} 个数字，"
        f"其中 {outcomes} 个状态改变。"
    )
    closed = sum(change.closed for change in found.changes)
    yield (
        f"其中已月结的 {closed} 个：已月结月份的台账按当时冻结的规则保存，发布后也不变，涉及现有台账 "
        f"{len(found.ledgers)} 份；未月结的 {len(found.changes) - closed} 个，发布后按新规则计算。"
    )
