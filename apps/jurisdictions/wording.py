"""A rule book in Chinese words: every value in force with whom it binds, its notes and its clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from apps.jurisdictions.models import VillageClass
from apps.jurisdictions.offices import Office
from apps.rules.book import LedgerRule, Measure, RuleBook, SheetRule
from apps.rules.language.procedures import ACT_WORDS
from apps.rules.said import MODALITY_WORDS as RULE_MODALITIES
from apps.rules.said_words import RELATION_WORDS, each_window
from apps.rules.terms import Cited, Due, Step
from apps.rules.vocabulary import OFFICE_WORDS, ROLE_WORDS

RECIPIENT_WORDS = OFFICE_WORDS | {"org_dept_same_level": RELATION_WORDS["org_dept_at_level"]}
VERB_WORDS = ACT_WORDS | {"accept": "审核通过或退回"}
PRORATE_WORDS = {
    "none": "不折算",
    "posted_days": "不满{whole}的，按派驻天数折算",
    "posted_workdays": "不满{whole}的，按派驻期内工作日折算",
    "information": "不满{whole}的，折算数只作参考，不据此判定",
}
WHOLE_WORDS = {"year": "一年", "half_year": "半年", "quarter": "一个季度"}
MODALITY_WORDS = RULE_MODALITIES | {"statement": "说明"}


@dataclass(frozen=True)
class Entry:
    """One value in force; `preset` says that the text left it open and a reading was taken."""

    label: str
    value: str
    who: str = ""
    notes: tuple[str, ...] = ()
    clause: str | None = None
    see: tuple[str, ...] = ()
    preset: bool = False

    @property
    def cited(self) -> tuple[str, ...]:
        """The clauses it rests on, its own first; none where it is an arrangement of the product."""
        return (*([self.clause] if self.clause else []), *self.see)


@dataclass(frozen=True)
class Topic:
    """Values that belong together."""

    key: str
    title: str
    entries: tuple[Entry, ...]


def topics_of(book: RuleBook) -> list[Topic]:
    """The values in force by topic, in the order of the regulation; empty topics are left out."""
    found = [
        Topic("presence", "在岗与驻村天数", tuple(measure_entry(measure, book.sheet) for measure in book.presence)),
        Topic("sheet", "考勤月表", (*_marks(book), *_sheet(book.sheet))),
        Topic("ledger", "月度台账的编制、签报和备案", tuple(_ledger(book.ledger, book.sheet))),
        Topic("documents", "其他定期材料", tuple(_documents(book.ledger))),
        Topic("settings", "其他约定", tuple(_entry(value.note, "", value) for value in book.settings.values())),
    ]
    return [topic for topic in found if topic.entries]


def _entry(label: str, value: str, source: Cited, who: str = "") -> Entry:
    notes = (source.note,) if source.note and source.note != label else ()
    return Entry(label, value, who, notes, source.clause, source.see, source.preset)


def measure_entry(measure: Measure, sheet: SheetRule) -> Entry:
    """A floor or ceiling in words, days named as on the sheet."""
    return Entry(
        label=measure.label,
        value=_amount(measure, sheet),
        who=_whom(measure.binds, measure.village_classes),
        notes=tuple(text for text in (measure.note, *measure.presets.values()) if text),
        clause=measure.clause,
        see=measure.see,
        preset=bool(measure.presets),
    )


def _amount(measure: Measure, sheet: SheetRule) -> str:
    unit = "个工作日" if measure.unit == "workday" else measure.unit_word
    window = each_window(measure.window)
    if measure.share is not None:
        amount = f"{window}不少于工作日的 {measure.share[0]}/{measure.share[1]}"
    elif measure.at_most is not None:
        amount = f"{window}累计不超过 {measure.at_most} {unit}"
    else:
        amount = f"{window}不少于 {measure.at_least} {unit}"
    counted = "、".join(sheet.word(category) for category in measure.counts)
    days = "，只计工作日" if measure.days == "work" else ""
    whole = WHOLE_WORDS.get(measure.window, "")
    prorate = f"；{PRORATE_WORDS[measure.prorate].format(whole=whole)}" if whole and measure.at_most is None else ""
    return f"{amount}（计入：{counted}{days}）{prorate}"


def _whom(roles: Sequence[str], classes: Sequence[str] | None) -> str:
    """The posting roles in words; with village classes only those of such villages."""
    words = "、".join(ROLE_WORDS[role] for role in roles)
    if classes is None:
        return words
    return f"{'、'.join(str(VillageClass(name).label) for name in classes)}的{words}"


def _marks(book: RuleBook) -> Iterator[Entry]:
    for mark in book.sheet.marks:
        counted = dict.fromkeys(measure.label for measure in book.presence if mark.category in measure.counts)
        value = f"计入{'、'.join(counted)}" if counted else "只登记，不计入规定的天数"
        yield _entry(f"登记“{book.sheet.word(mark.category)}”", f"{value}；须写明事由" if mark.reason else value, mark)


def _sheet(sheet: SheetRule) -> Iterator[Entry]:
    prefill = "工作日预填在村，休息日预填休息，只登记例外" if sheet.prefill == "calendar" else "不预填，逐日登记"
    yield Entry("预填", prefill, clause=sheet.prefill_clause)
    yield Entry("住村", "登记是否住村" if sheet.nights else "不登记", clause=sheet.nights_clause)
    for rule in sheet.occasional:
        yield _entry("不必天天在村", "不预填，空着的日子不算漏登", rule, _whom(rule.binds, rule.village_classes))
    yield from _steps(sheet.record, sheet)
    if sheet.due is not None:
        yield _entry("考勤月表送齐", _by(sheet.due), sheet.due)


def _ledger(ledger: LedgerRule, sheet: SheetRule) -> Iterator[Entry]:
    yield from _steps(ledger.steps, sheet)
    yield from _steps([ledger.review, *ledger.filings, *([ledger.feedback] if ledger.feedback else [])], sheet)
    if ledger.compile_due is not None:
        yield _entry("县级台账自动编制", f"次月 {ledger.compile_due.day} 日起", ledger.compile_due)
    if ledger.unit_quarter is not None:
        rule = ledger.unit_quarter
        value = f"{Office(rule.signer).label}签字，报{RECIPIENT_WORDS[rule.recipient]}"
        yield _with_due(_entry(rule.label, value, rule, "派出单位，每季度"), rule.due)


def _documents(ledger: LedgerRule) -> Iterator[Entry]:
    for document in ledger.documents:
        yield _entry(document.label, each_window(document.period), document, str(Office(document.office).label))


def _steps(steps: Iterable[Step], sheet: SheetRule) -> Iterator[Entry]:
    for step in steps:
        who = "或".join(str(Office(office).label) for office in step.offices)
        words = [ROLE_WORDS[role] for role in step.covers]
        only = "、".join(sheet.word(category) for category in step.categories)
        value = VERB_WORDS[step.verb]
        value += (f"，针对{'、'.join(words)}" if words else "") + (f"，有“{only}”时办理" if only else "")
        yield _with_due(_entry(step.label, value, step, who), step.due)


def _with_due(entry: Entry, due: Due | None) -> Entry:
    """The entry with its due day and what is noted on that."""
    if due is None:
        return entry
    value = "；".join(text for text in (entry.value, _by(due)) if text)
    notes = (*entry.notes, *([due.note] if due.note else []))
    cited = (due.clause,) if due.clause and due.clause != entry.clause else ()
    return replace(entry, value=value, notes=notes, see=(*entry.see, *cited), preset=entry.preset or due.preset)


def _by(due: Due) -> str:
    """A last day, included."""
    return f"{'次月' if due.of == 'next_month' else '季度结束后次月'} {due.day} 日前（含当日）"
