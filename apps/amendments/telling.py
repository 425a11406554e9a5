"""A rehearsal in words: its counts, its summary, its table.  The command prints them, the pages show them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from itertools import groupby
from typing import Any

from apps.core.cells import safe
from apps.core.months import Month
from apps.ledgers.services.rehearse import Change, Rehearsal, Standing

HEADS = (
    "乡镇", "村", "姓名", "月份", "是否月结", "项目",
    "现行完成", "现行应达", "现行状态", "新规完成", "新规应达", "新规状态",
)  # fmt: skip


def counted(found: Rehearsal) -> dict[str, Any]:
    """The counts of a rehearsal as plain values, with no person in them."""
    closed = sum(change.closed for change in found.changes)
    return {
        "months": [str(month) for month in found.months],
        "changed_months": len(found.changed_months),
        "cadres": found.cadres,
        "figures": len(found.changes),
        "outcomes": sum(change.outcome for change in found.changes),
        "closed": closed,
        "open": len(found.changes) - closed,
        "ledgers": len(found.ledgers),
        "added": list(found.added),
        "removed": list(found.removed),
    }


def summary(counts: Mapping[str, Any]) -> list[str]:
    """The sentences that a rehearsal comes down to."""
    months = counts["months"]
    span = f"{months[0]} 至 {months[-1]} 共 {len(months)} 个月" if months else "没有已保存的考勤"
    told = [f"试算范围：{span}。试算不改动任何数据。"]
    told += [
        f"{word}项目：{'、'.join(counts[name])}。"
        for word, name in (("新增", "added"), ("取消", "removed"))
        if counts[name]
    ]
    if not counts["figures"]:
        return [*told, "没有数字变化。"]
    return [
        *told,
        f"有变化的：{counts['cadres']} 人，{counts['changed_months']} 个月，{counts['figures']} 个数字，"
        f"其中 {counts['outcomes']} 个状态改变。",
        f"其中已月结的 {counts['closed']} 个：已月结月份的台账按当时冻结的规则保存，发布后也不变，涉及现有台账 "
        f"{counts['ledgers']} 份；未月结的 {counts['open']} 个，发布后按新规则计算。",
    ]


def cells(change: Change) -> list[str | int]:
    """One row of the table under HEADS; text is safe for a spreadsheet."""
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


def table(found: Rehearsal) -> str:
    """All rows as CSV text with a byte order mark, as spreadsheets expect it."""
    out = StringIO()
    out.write("\ufeff")
    csv.writer(out).writerows([HEADS, *map(cells, found.changes)])
    return out.getvalue()


def by_month(changes: tuple[Change, ...]) -> Iterator[tuple[Month, list[tuple[Change, list[Change]]]]]:
    """(month, [(the person's first change, all of his)]) in the order of the rehearsal."""
    for month, rows in groupby(changes, key=lambda change: change.month):
        people = groupby(rows, key=lambda change: change.posting)
        yield month, [(found[0], found) for found in (list(each) for _, each in people)]
