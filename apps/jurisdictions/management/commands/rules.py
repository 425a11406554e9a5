"""`manage.py rules check|new`: what the writer of a rule pack needs before it is published."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.rules.catalogue import Clause, citations, read_catalogue, with_own
from apps.rules.pack import Pack
from apps.rules.problems import PackError
from apps.rules.reader import read_pack
from apps.rules.skeleton import skeleton
from apps.rules.tightening import tightenings


class Command(BaseCommand):
    """Reads and writes files only; publishing is a matter of two people and goes through the database."""

    help = "规则包：check <文件夹> 检查；new <代码> --inherits <上级> 生成带说明的空白包。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="检查一个规则包")
        check.add_argument("folder", type=Path)
        new = verbs.add_parser("new", help="生成带说明的空白规则包")
        new.add_argument("code")
        new.add_argument("--inherits", default="central")
        new.add_argument("--to", type=Path, default=Path(), help="写到哪个文件夹下（默认当前文件夹）")

    def handle(self, *args: object, **options: Any) -> None:
        if options["verb"] == "check":
            self._check(options["folder"])
        else:
            self._new(options["code"], options["inherits"], options["to"])

    def _check(self, folder: Path) -> None:
        if not folder.is_dir():
            raise CommandError(f"没有文件夹 {folder}。")
        clauses = _clauses(folder)
        pack = _read(folder, clauses)
        above = _above(folder, pack, clauses)
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


def _clauses(folder: Path) -> dict[str, Clause]:
    try:
        return with_own(read_catalogue(Path(settings.BASE_DIR) / "fixtures" / "clauses"), folder)
    except (ValueError, KeyError) as error:
        raise CommandError(f"{folder.name} 的条款目录有误：{error}") from error


def _read(folder: Path, clauses: dict[str, Clause]) -> Pack:
    try:
        return read_pack(folder, clauses)
    except PackError as error:
        raise CommandError(f"{error}\n共 {len(error.problems)} 处。") from error


def _above(folder: Path, pack: Pack, clauses: dict[str, Clause]) -> Pack | None:
    """The pack above, from beside this one or from those that came with the software."""
    places = [folder.parent, Path(settings.BASE_DIR) / "fixtures" / "rules"]
    found = [
        place / pack.inherits for place in places if pack.inherits and (place / pack.inherits / "pack.yaml").exists()
    ]
    return _read(found[0], clauses) if found else None
