"""What all rows of one unit's quarter share: its months, the accepted ledgers with their rules, the clauses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from apps.cadres.models import DispatchUnit
from apps.core.errors import BadInput, NotFound
from apps.core.months import Month, quarter_months
from apps.jurisdictions.models import Clause
from apps.jurisdictions.selectors import clauses_of
from apps.ledgers.models import UnitFeedback
from apps.ledgers.selectors.chain import book_by_hash
from apps.reports.selectors.unit import unit_ledgers, unit_places
from apps.rules.book import Measure, RuleBook
from apps.rules.marks import CATEGORIES, WORD_OF

QUARTER_WORDS = ("一", "二", "三", "四")
ABSENT = "absent"


@dataclass(frozen=True)
class QuarterCase:
    """One unit, one quarter.  `places` is {township code: (county, township)}."""

    unit: int
    unit_name: str
    months: tuple[Month, Month, Month]
    ledgers: tuple[UnitFeedback, ...]
    places: dict[str, tuple[str, str]]

    @property
    def title(self) -> str:
        first = self.months[0]
        return f"{self.unit_name}派驻干部{first.year}年第{QUARTER_WORDS[first.quarter - 1]}季度驻村情况表"

    @cached_property
    def by_ledger(self) -> dict[int, UnitFeedback]:
        return {row.ledger_id: row for row in self.ledgers}

    @cached_property
    def books(self) -> dict[int, RuleBook]:
        """{ledger: the rules it was made under}."""
        return {row.ledger_id: book_by_hash(row.book_id) for row in self.ledgers}

    @cached_property
    def distinct_books(self) -> list[RuleBook]:
        return list({book.version: book for book in self.books.values()}.values())

    @cached_property
    def categories(self) -> list[int]:
        """The places in CATEGORIES of the kinds of day that any of the counties keeps; all while there is none."""
        offered = {category for book in self.distinct_books for category in book.sheet.categories}
        return [place for place, category in enumerate(CATEGORIES) if category in offered or not offered]

    def word(self, place: int) -> str:
        """The word for a kind of day: the counties' own where they agree."""
        words = {book.sheet.word(CATEGORIES[place]) for book in self.distinct_books}
        return words.pop() if len(words) == 1 else WORD_OF[CATEGORIES[place]]

    @cached_property
    def running(self) -> int:
        """How many measures that run over several months a person may be under at most."""
        return max((len({m.key for m in book.presence if m.runs}) for book in self.distinct_books), default=0)

    @cached_property
    def running_word(self) -> str:
        """What these are called together: by the year, or by whatever windows the counties have."""
        windows = {measure.window for book in self.distinct_books for measure in book.presence if measure.runs}
        return "年度指标" if windows <= {"year"} else "累计指标"

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        """The clauses that the figures rest on, by id.  One query."""
        measures = [measure for book in self.distinct_books for measure in book.presence]
        ids = {clause for measure in measures for clause in (measure.clause, *measure.see)}
        ids |= {mark.clause for book in self.distinct_books for mark in book.sheet.marks if mark.clause}
        ids |= {rule.clause for book in self.distinct_books if (rule := book.ledger.unit_quarter) and rule.clause}
        return dict(sorted(clauses_of(ids).items()))

    def cited(self, clause: str | None) -> str:
        """A clause behind a sentence: 〔第十三条 XX-13-2〕, or nothing."""
        if clause is None:
            return ""
        article = f"{self.clauses[clause].article} " if clause in self.clauses else ""
        return f"〔{article}{clause}〕"

    def absent_clause(self, ledger: int) -> str | None:
        return next((mark.clause for mark in self.books[ledger].sheet.marks if mark.category == ABSENT), None)


def quarter_case(unit: int, year: int, quarter: int) -> QuarterCase:
    """The quarter of a unit.  BadInput for a quarter that does not exist, NotFound for a unit that does not."""
    try:
        months = quarter_months(year, quarter)
    except ValueError as error:
        raise BadInput(f"没有{year}年第{quarter}季度这样的期间，季度应为1至4。") from error
    name = DispatchUnit.objects.filter(pk=unit).values_list("name", flat=True).first()
    if name is None:
        raise NotFound
    ledgers = unit_ledgers(unit, months)
    return QuarterCase(unit, name, months, tuple(ledgers), unit_places(unit, months, ledgers))


def measure_sentence(measure: Measure, done: int, due: int) -> str:
    """`98/220工作日`, in the unit of the figures; a ceiling says that it is one."""
    return f"{done}/{due}{measure.figure_unit}{'（上限）' if measure.at_most is not None else ''}"
