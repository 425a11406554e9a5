"""The sheet's own arithmetic: the ordinary pattern, what a cell may hold, what is missing from a line.

Pure: plain values in, values and findings out.  A line is a string of one letter per day (`apps.rules.marks`) and,
where nights are kept, a second one of 1 (stayed), 0 (did not) and space.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from apps.core.findings import Finding
from apps.core.months import Month
from apps.rules.book import SheetRule
from apps.rules.calendar import WORK_KINDS
from apps.rules.marks import GAP, LETTER_OF, MARKS, OUT, STAYED, WORD_OF, short_word
from apps.rules.terms import MarkRule

IN_VILLAGE = LETTER_OF["in_village"]
REST = LETTER_OF["rest"]
_SHORT = {"√": "V", "✓": "V", "村": "V", "公务": "O", "抽回": "D"}
AWAY = "v"  # in the village that day, not overnight


@dataclass(frozen=True, slots=True)
class Explained:
    """Days that a record outside the sheet explains: they show `category` and the sheet cannot contradict it.

    A `derived` one (a leave) is never written into the line by whoever made it: it stands over what the line holds;
    `number` is that of the request it comes from.
    """

    first: date
    last: date
    category: str
    reason: str
    derived: bool = False
    number: int | None = None

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class PostedMonth:
    """What a line's month looks like before anyone types: who is posted when, and what is already explained."""

    month: Month
    first: date
    last: date | None
    mask: str
    occasional: bool = False
    explained: tuple[Explained, ...] = ()

    def is_posted(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    @property
    def posted(self) -> int:
        """Days in post within the month."""
        return len(_days(self.month, self.first, self.last))

    def explanation(self, day: date) -> Explained | None:
        for span in self.explained:
            if span.covers(day):
                return span
        return None

    @property
    def free_days(self) -> frozenset[int]:
        """Days of the month in post that no record explains."""
        days = _days(self.month, self.first, self.last)
        return days.difference(*(_days(self.month, span.first, span.last) for span in self.explained))


@lru_cache(maxsize=1024)
def _days(month: Month, first: date, last: date | None) -> frozenset[int]:
    """The days of a month from `first` to `last`, both included; without a last one to its end."""
    start, end = max(first, month.first), month.last if last is None else min(last, month.last)
    return frozenset(range(start.day, end.day + 1)) if start <= end else frozenset()


@lru_cache(maxsize=64)
def words(sheet: SheetRule) -> dict[str, str]:
    """{accepted text: letter or `v`} for the kinds of day this sheet offers: letters, signs, words, usual short forms."""
    offered = set(sheet.categories)
    found = {letter: letter for letter, mark in MARKS.items() if mark.category in offered}
    found |= {short_word(c, sheet.word(c)): LETTER_OF[c] for c in offered}
    found |= {WORD_OF[c]: LETTER_OF[c] for c in offered} | {sheet.word(c): LETTER_OF[c] for c in offered}
    found |= {text: letter for text, letter in _SHORT.items() if letter in found}
    if sheet.nights and IN_VILLAGE in found:
        found |= {AWAY: AWAY, "在村未住": AWAY}
    return found


@lru_cache(maxsize=64)
def _reasoned(sheet: SheetRule) -> dict[str, MarkRule]:
    """{letter: its rule} of the marks that stand only where a record gives the reason."""
    return {LETTER_OF[mark.category]: mark for mark in sheet.marks if mark.reason}


@lru_cache(maxsize=64)
def free_words(sheet: SheetRule) -> dict[str, str]:
    """Those of `words` that may be typed on any of `PostedMonth.free_days`: `cell_problem` has nothing against them."""
    return {text: letter for text, letter in words(sheet).items() if letter not in _reasoned(sheet)}


@lru_cache(maxsize=64)
def _free(sheet: SheetRule) -> frozenset[str]:
    """The letters (and `v`) that may stand on any day in post that no record explains."""
    return frozenset(free_words(sheet).values())


def read_mark(text: str, sheet: SheetRule) -> str | None:
    """The letter (or `v`) that a typed text means on this sheet, `.` for empty, None when it means nothing.

    Full-width forms and surrounding space are forgiven; lower case too, except that `v` has its own meaning where
    nights are kept.
    """
    known = words(sheet)
    if text in known:
        return known[text]
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain in ("", GAP):
        return GAP
    return known.get(plain) or known.get(plain.upper())


def split_cell(cell: str) -> tuple[str, str]:
    """A cell as (letter, night): `v` is in the village without the night."""
    if cell == AWAY:
        return IN_VILLAGE, "0"
    return cell, STAYED if cell == IN_VILLAGE else " "


def marks_of(cells: str) -> str:
    """The letters of a line's cells."""
    return cells.replace(AWAY, IN_VILLAGE)


_NIGHTS = str.maketrans({cell: split_cell(cell)[1] for cell in (*MARKS, GAP, OUT, AWAY)})


def nights_of(cells: str) -> str:
    """The nights of a line's cells: what `split_cell` says of each."""
    return cells.translate(_NIGHTS)


def join_cells(marks: str, nights: str) -> str:
    """The two strings of a line as one cell per day, `v` where the night was not stayed."""
    if "0" not in nights:
        return marks
    return "".join(AWAY if night == "0" else mark for mark, night in zip(marks, nights.ljust(len(marks)), strict=False))


def ordinary_cells(case: PostedMonth, sheet: SheetRule) -> str:
    """The pattern of a month nobody touched: explained days as explained, then the work calendar where the pack
    pre-fills from it, otherwise empty; `-` outside the posting."""
    fill = sheet.prefill == "calendar" and not case.occasional
    cells = []
    for day, kind in zip(case.month.dates(), case.mask, strict=True):
        if not case.is_posted(day):
            cells.append(OUT)
        elif span := case.explanation(day):
            cells.append(LETTER_OF[span.category])
        elif fill:
            cells.append(IN_VILLAGE if kind in WORK_KINDS else REST)
        else:
            cells.append(GAP)
    return "".join(cells)


def standing_cells(cells: str, case: PostedMonth) -> str:
    """The cells of a saved line with the days that something derived explains; the line itself where there are none."""
    if not (derived := _derived(case)):
        return cells
    return "".join(derived.get(day, cell) for day, cell in enumerate(cells, start=1))


def kept_cells(shown: str, stored: str | None, case: PostedMonth, sheet: SheetRule) -> str:
    """What a line keeps of the cells it shows: under the days that something derived explains it keeps what it held
    (the ordinary pattern, if it held nothing), so that they are as before once the leave is shorter."""
    if not (derived := _derived(case)):
        return shown
    spans = tuple(span for span in case.explained if not span.derived)
    under = ordinary_cells(replace(case, explained=spans), sheet) if stored is None else stored
    return "".join(under[day - 1] if day in derived else cell for day, cell in enumerate(shown, start=1))


def _derived(case: PostedMonth) -> dict[int, str]:
    """{day: letter} of the days in post that something derived explains."""
    posted = _days(case.month, case.first, case.last)
    return {
        day: LETTER_OF[span.category]
        for span in case.explained
        if span.derived
        for day in posted & _days(case.month, span.first, span.last)
    }


def cell_problem(day_number: int, text: str, case: PostedMonth, sheet: SheetRule) -> Finding | None:
    """Why a text may not stand on a day of this line, or None."""
    if not 1 <= day_number <= case.month.days:
        return Finding("day_unknown", "block", f"{case.month.label}没有{day_number}日。", day=day_number)
    letter = read_mark(text, sheet)
    if letter is None:
        return Finding("mark_unknown", "block", _unknown(text, sheet), day=day_number)
    day = date(case.month.year, case.month.month, day_number)
    if not case.is_posted(day):
        return Finding("not_posted", "block", f"{day_number}日不在派驻期内，此格不用填写。", day=day_number)
    span = case.explanation(day)
    if span and letter != LETTER_OF[span.category]:
        message = f"{day_number}日已有记录“{span.reason}”，应为{sheet.word(span.category)}；请先更正该记录。"
        return Finding("contradicts_record", "block", message, day=day_number)
    return _needs_reason(day_number, letter, span, sheet)


def _needs_reason(day: int, letter: str, span: Explained | None, sheet: SheetRule) -> Finding | None:
    rule = _reasoned(sheet).get(letter)
    if rule is None or span is not None:
        return None
    message = f"{sheet.word(rule.category)}须写明事由：请先在“公务记录”中登记{day}日的事由，再填此格。"
    return Finding("reason_missing", "block", message, clause=rule.clause, day=day)


def _unknown(text: str, sheet: SheetRule) -> str:
    offered = "、".join(f"{LETTER_OF[c]} {sheet.word(c)}" for c in sheet.categories)
    plain = unicodedata.normalize("NFKC", text).strip()
    if len(plain.split()) > 1:
        return f"一格只能填一项，收到“{plain[:20]}”，请分到各自的日期。"
    if plain.upper() in MARKS or plain in WORD_OF.values():
        return f"本地规定的考勤表没有“{plain[:20]}”这一项，可填：{offered}。"
    return f"看不懂“{plain[:20]}”，可填：{offered}。"


def line_findings(cells: str, case: PostedMonth, sheet: SheetRule) -> list[Finding]:
    """What keeps a line from being closed: empty days, marks outside the posting or the month, contradictions.

    Empty days of people who serve on some days only are no gaps.  The month equation follows: without these
    findings every day in post carries exactly one category.
    """
    if len(cells) != case.month.days:
        text = f"{case.month.label}有{case.month.days}天，这一行有{len(cells)}格。"
        return [Finding("length", "block", text)]
    plain, free = _free(sheet), case.free_days
    if len(free) == len(cells) and plain.issuperset(cells):
        return []  # most lines: nothing to look at day by day
    found = []
    for day, (cell, date_) in enumerate(zip(cells, case.month.dates(), strict=True), start=1):
        if cell in plain and day in free:
            continue
        if cell == OUT and not case.is_posted(date_):
            continue
        if cell == OUT:
            found.append(Finding("posted_empty", "block", f"{day}日在派驻期内，须填写。", day=day))
        elif cell == GAP and not case.occasional and case.is_posted(date_):
            found.append(Finding("gap", "block", f"{day}日没有登记。", clause=sheet.prefill_clause, day=day))
        elif cell != GAP and (problem := cell_problem(day, cell, case, sheet)):
            found.append(problem)
    return found


def leave_unrecorded(cells: str, case: PostedMonth) -> list[Finding]:
    """Days of leave that no granted request explains: told, not refused, since the paper may still be on its way."""
    letter = LETTER_OF["leave"]
    if letter not in cells:
        return []
    return [
        Finding(
            "leave_unrecorded",
            "notice",
            f"{day}日登记为请假，但没有已批准的请假；有纸质假条的请在“请假”中补登。",
            day=day,
        )
        for day, cell in enumerate(cells, start=1)
        if cell == letter and day in case.free_days
    ]


def covers(roles: Iterable[str], covered: Sequence[str]) -> bool:
    """Is a posting with these roles covered by a step for the roles `covered` (none named: for all)?"""
    return not covered or any(role in covered for role in roles)
