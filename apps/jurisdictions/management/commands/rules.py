"""`manage.py rules check|new|publish`: what the writer of a rule pack needs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.core.errors import Refused
from apps.jurisdictions.services import pack_folder_publish
from apps.rules.catalogue import Clause, citations, read_catalogue, with_own
from apps.rules.pack import Pack
from apps.rules.problems import PackError
from apps.rules.reader import inherits_from, read_pack
from apps.rules.skeleton import skeleton
from apps.rules.tightening import tightenings

_SHIPPED = Path(settings.BASE_DIR) / "fixtures" / "rules"


class Command(BaseCommand):
    """`check` and `new` touch files only; `publish` writes the database, in the names of two people."""

    help = "规则包：check <文件夹> 检查；new <代码> 生成带说明的空白包；publish <文件夹> 由两人发布。发布前用 rules_rehearse <文件夹> 试算。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="检查一个规则包")
        check.add_argument("folder", type=Path)
        new = verbs.add_parser("new", help="生成带说明的空白规则包")
        new.add_argument("code")
        new.add_argument("--inherits", default="central")
        new.add_argument("--to", type=Path, default=Path(), help="写到哪个文件夹下（默认当前文件夹）")
        publish = verbs.add_parser("publish", help="发布一个规则包，连同它自带的条款")
        publish.add_argument("folder", type=Path)
        publish.add_argument("--by", required=True, help="提出人")
        publish.add_argument("--confirmed-by", required=True, help="确认人，须是另一人")

    def handle(self, *args: object, **options: Any) -> None:
        if options["verb"] == "check":
            self._check(options["folder"])
        elif options["verb"] == "publish":
            self._publish(options["folder"], options["by"], options["confirmed_by"])
        else:
            self._new(options["code"], options["inherits"], options["to"])

    def _check(self, folder: Path) -> None:
        if not folder.is_dir():
            raise CommandError(f"没有文件夹 {folder}。")
        clauses = _clauses(folder)
        above = _above(folder, clauses)
        pack = _read(folder, clauses, above)
        for found in tightenings(pack, above) if above else ():
            self.stdout.write(f"提醒 {found}")
        self.stdout.write(f"{folder}：没有发现问题，引用条款 {len(citations(pack))} 条。")

    def _publish(self, folder: Path, by: str, confirmed_by: str) -> None:
        self._check(folder)
        try:
            new = pack_folder_publish(folder=folder, proposed_by=by, confirmed_by=confirmed_by)
        except (PackError, Refused) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("已发布。" if new else "内容与已发布的相同，没有产生新版本。")

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


def _clauses(folder: Path) -> dict[str, Clause]:
    try:
        return with_own(read_catalogue(_SHIPPED.parent / "clauses"), folder)
    except (ValueError, KeyError) as error:
        raise CommandError(f"{folder.name} 的条款目录有误：{error}") from error


def _read(folder: Path, clauses: dict[str, Clause], above: Pack | None = None) -> Pack:
    try:
        return read_pack(folder, clauses, above)
    except PackError as error:
        raise CommandError(f"{error}\n共 {len(error.problems)} 处。") from error


def _above(folder: Path, clauses: dict[str, Clause]) -> Pack | None:
    """The pack above, from beside this one or from those that came with the software; None where there is none."""
    inherits = inherits_from(folder)
    places = [place / inherits for place in (folder.parent, _SHIPPED) if inherits]
    found = next((place for place in places if (place / "pack.yaml").exists()), None)
    return _read(found, clauses, _above(found, clauses)) if found else None
