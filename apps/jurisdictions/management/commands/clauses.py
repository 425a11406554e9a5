"""`manage.py clauses`: which clauses the rules cite and which a passing test proves."""

from __future__ import annotations

import argparse
import json
import unicodedata
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.rules.catalogue import Coverage, coverage, read_catalogue, table, totals
from apps.rules.reader import read_packs

FILTERS = ("pack", "topic", "kind")
SHOWN = 3


class Command(BaseCommand):
    """Reads files only: the catalogue, the shipped packs and the last test run's report.  Runs no test."""

    help = "按规则包和类型列出条款：总数、被规则引用数、有通过的测试证明数。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="输出 JSON")
        parser.add_argument("--missing", action="store_true", help="只列没有规则引用或没有测试证明的条款")
        for name in FILTERS:
            parser.add_argument(f"--{name}", type=_words, default=(), help="只看这些，用逗号分开")

    def handle(self, *args: object, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        report = root / "var" / "clauses" / "report.json"
        if not report.exists():
            raise CommandError(
                "还没有测试报告（var/clauses/report.json）。请先运行 python3 dev test，本命令不运行测试。"
            )
        found = _found(root, json.loads(report.read_text("utf-8")), options)
        if options["missing"]:
            found = [entry for entry in found if not entry.cited or not entry.covered]
        if options["json"]:
            body = {"clauses": [entry.dump() for entry in found], "total": totals(found)}
            self.stdout.write(json.dumps(body, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(_missing_text(found) if options["missing"] else _table_text(found))


def _found(root: Path, report: dict[str, list[str]], options: dict[str, Any]) -> list[Coverage]:
    clauses = read_catalogue(root / "fixtures" / "clauses")
    asked = [clause for clause in clauses.values() if _asked(clause, options)]
    return coverage(asked, read_packs(root / "fixtures" / "rules", clauses).values(), report)


def _asked(clause: Any, options: dict[str, Any]) -> bool:
    return all(not options[name] or getattr(clause, name) in options[name] for name in FILTERS)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _table_text(found: list[Coverage]) -> str:
    lines = [_row("规则包", "类型", "条款", "有规则引用", "有测试证明", "没有测试证明的条款")]
    for (pack, kind), entries in table(found).items():
        known = totals(entries)
        bare = [entry.clause.id for entry in entries if not entry.covered]
        more = f" 等 {len(bare)} 条" if len(bare) > SHOWN else ""
        lines.append(
            _row(pack, kind, known["clauses"], known["cited"], known["covered"], " ".join(bare[:SHOWN]) + more)
        )
    known = totals(found)
    lines.append(_row("合计", "", known["clauses"], known["cited"], known["covered"], ""))
    asked = [known[name] for name in ("non_statement", "non_statement_cited", "non_statement_covered")]
    lines.append(_row("不含说明性条款", "", *asked, "（--missing 列出全部）"))
    return "\n".join(lines)


def _missing_text(found: list[Coverage]) -> str:
    lines = [_row("条款", "主题", "类型", "引用", "证明", "要旨")]
    for entry in found:
        clause = entry.clause
        cited, covered = ("有" if known else "无" for known in (entry.cited, entry.covered))
        lines.append(_row(clause.id, clause.topic, clause.kind, cited, covered, clause.gist))
    return "\n".join([*lines, f"共 {len(found)} 条"])


def _row(*cells: object) -> str:
    widths = (15, 16, 13, 12, 12, 0)
    return "".join(_padded(str(cell), width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _padded(text: str, width: int) -> str:
    """Filled to a width on the screen, where a Chinese character takes two places."""
    taken = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    return text + " " * max(1, width - taken)
