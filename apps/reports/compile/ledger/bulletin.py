"""考勤情况通报: the month's bulletin, in sentences and a table by village (never ordered by figures)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils import timezone

from apps.reports.compile.ledger.paper import Paper, Row
from apps.reports.compile.words import date_words, safe
from apps.reports.compile.xlsx.look import A4, Book, across, print_setup
from apps.reports.selectors.snapshot import Snapshot
from apps.rules.figures import State
from apps.rules.marks import INDEX_OF

_TOLD = ("absent", "leave", "drawn_off", "seconded")  # kinds of day that are told by name
_LINE = 60  # Chinese characters in a line of the sheet


def bulletin_sheet(book: Book, name: str, found: Snapshot, paper: Paper, basis: str) -> None:
    """The whole sheet."""
    sheet = book.sheet(name)
    columns = 3 + len(paper.kinds) + 1
    on = date_words(timezone.localtime(found.ledger.created_at).date())
    across(sheet, 0, columns, f"{found.county}{found.ledger.name}驻村干部{name}", book.style("title"))
    sheet.set_row(0, 32)
    across(sheet, 1, columns, f"{paper.month.year}年第{paper.month.month}期　　{on}", book.style("centre_line"))
    across(sheet, 2, columns, basis, book.style("note"))
    sheet.set_row(2, 26)
    row = _texts(book, sheet, 3, columns, ["各村驻村工作队：", *_overall(found, paper)])
    row = _villages(book, sheet, row, paper)
    row = _texts(book, sheet, row + 1, columns, [*_told(paper), *_standings(paper)])
    across(sheet, row + 1, columns, f"{found.ledger.name}党委（盖章）", book.style("right"))
    across(sheet, row + 2, columns, on, book.style("right"))
    print_setup(sheet, paper=A4, head_rows=(0, 0), foot=paper.foot, columns=columns, rows=row + 3)


def _texts(book: Book, sheet: Any, row: int, columns: int, texts: Iterable[str]) -> int:
    for text in texts:
        across(sheet, row, columns, text, book.style("paragraph"))
        sheet.set_row(row, 18 * (1 + len(text) // _LINE))
        row += 1
    return row


def _overall(found: Snapshot, paper: Paper) -> list[str]:
    sums = paper.sums
    days = "、".join(f"{kind.word}{count}天" for kind, count in zip(paper.kinds, sums.counts, strict=True) if count)
    nights = f"，住宿{sums.stayed}夜" if paper.nights else ""
    return [
        f"　　{paper.month.label}，{found.ledger.name}在册驻村干部{sums.people}人，派驻合计{sums.posted}天，其中{days or '没有登记'}{nights}。"
        f"本月考勤由{safe(found.ledger.attested_by)}确认月结。现通报如下。",
        "　　一、各村情况",
    ]


def _villages(book: Book, sheet: Any, row: int, paper: Paper) -> int:
    heads = ["序号", "村", "人数", *(kind.word for kind in paper.kinds), "派驻天数"]
    for place, head in enumerate(heads):
        sheet.write_string(row, place, head, book.style("head"))
        sheet.set_column(place, place, 14 if place == 1 else 8)
    groups = groupby(paper.rows, key=lambda each: each.village)
    for number, (village, people) in enumerate(((name, list(rows)) for name, rows in groups), start=1):
        row += 1
        counts = [sum(column) for column in zip(*(person.counts for person in people), strict=True)]
        sheet.write_number(row, 0, number, book.style("centre"))
        sheet.write_string(row, 1, safe(village), book.style("fit"))
        for place, figure in enumerate([len(people), *counts, sum(person.posted for person in people)], start=2):
            sheet.write_number(row, place, figure, book.style("number"))
    return row + 1


def _told(paper: Paper) -> list[str]:
    """Who had such days, by village; or that nobody had."""
    texts = ["　　二、请假、离岗情况"]
    for kind in sorted(paper.kinds, key=lambda kind: kind.place):
        if kind.place not in {INDEX_OF[category] for category in _TOLD}:
            continue
        place = paper.kinds.index(kind)
        people = [_person(row, row.counts[place]) for row in paper.rows if row.counts[place]]
        texts.append(f"　　{kind.word}：{'、'.join(people) if people else '无'}。")
    return texts


def _person(row: Row, days: int) -> str:
    return f"{safe(row.name)}（{safe(row.village)}）{days}天"


def _standings(paper: Paper) -> list[str]:
    if not paper.measures:
        return []
    texts = ["　　三、年度进度"]
    for place, measure in enumerate(paper.measures):
        late = [
            f"{safe(row.name)}（{safe(row.village)}）{standing.done}/{standing.due}{measure.unit}"
            for row in paper.rows
            if (standing := row.standings[place]) and standing.state in (State.OUT_OF_REACH, State.SHORT)
        ]
        told = f"；须重点关注：{'、'.join(late)}" if late else ""
        texts.append(f"　　{measure.short}：{paper.sums.standings[place]}{told}。")
    return texts
