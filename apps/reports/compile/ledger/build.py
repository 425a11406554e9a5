"""From a frozen ledger to its paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from apps.jurisdictions.selectors import calendar_of
from apps.ledgers.models import LedgerState
from apps.reports.compile.ledger.foot import cited, places
from apps.reports.compile.ledger.paper import Day, Kind, MeasureHead, Paper, PartLine, Row, Standing, Sums
from apps.reports.compile.words import NO_NIGHT, WEEKDAYS, day_words, role_words, short_words
from apps.reports.selectors.snapshot import Line, Snapshot
from apps.rules.calendar import WORK_KINDS
from apps.rules.figures import State, state_word
from apps.rules.marks import CATEGORIES, INDEX_OF, LETTER_OF

TITLE = "驻村干部考勤月度台账"
_COUNTY_OFFICES = {"county_office", "county_org_dept", "county_poverty_office"}
_TROUBLE = (State.OUT_OF_REACH, State.SHORT)


def ledger_paper(found: Snapshot) -> Paper:
    """The paper of a ledger: rows by village with leaders first, sums, places to sign, clauses.

    Everything is read from the snapshot; only which days are grey comes from the published calendar.
    """
    return _Build(found).paper()


class _Build:
    def __init__(self, found: Snapshot) -> None:
        self.found = found
        self.book, self.ledger, self.month = found.book, found.ledger, found.month
        self.names = {part.ledger: part.name for part in found.parts}

    def paper(self) -> Paper:
        rows = [self._row(number, line) for number, line in enumerate(self.found.lines, start=1)]
        return Paper(
            title=f"{self.found.county}{self._own_name}{self._label}（{self.month.label}）",
            month=self.month,
            basis=f"依据：《{self.book.title}》{self.book.number}",
            number=f"台账编号：{self.ledger.area[1:]}-{self.month.year}{self.month.month:02d}-{self.ledger.version:02d}",
            status=self._status,
            days=self._days(),
            kinds=self.kinds,
            nights=f"{NO_NIGHT} {self.book.sheet.word('in_village')}未住宿" if self.book.sheet.nights else "",
            measures=[head for head, _ in self.measures],
            rows=rows,
            sums=self._sums(rows),
            parts=self._parts(rows),
            places=places(self.found),
            clauses=cited(self.found, [CATEGORIES[kind.place] for kind in self.kinds]),
            hash=self.ledger.hash,
            foot=f"第{self.ledger.version}版　内容摘要 {self.ledger.hash}",
        )

    @property
    def _own_name(self) -> str:
        return "" if self.found.is_county else self.ledger.name

    @property
    def _label(self) -> str:
        """The county's ledger bears the name that its rules give it, if they do."""
        documents = self.book.ledger.documents if self.found.is_county else ()
        own = (each for each in documents if each.period == "month" and each.office in _COUNTY_OFFICES)
        return next((document.label for document in own), TITLE)

    @property
    def _status(self) -> str:
        state = LedgerState(self.ledger.state).label
        reason = f"　更正原因：{self.ledger.reason}" if self.ledger.reason else ""
        return f"第{self.ledger.version}版　{state}　单位：天　共{self.ledger.people}人{reason}"

    def _days(self) -> list[Day]:
        mask = calendar_of(self.month.year).month_mask(self.month.first)
        return [
            Day(day.day, WEEKDAYS[day.weekday()], kind not in WORK_KINDS)
            for day, kind in zip(self.month.dates(), mask, strict=True)
        ]

    @cached_property
    def signs(self) -> dict[str, str]:
        return short_words(self.book.sheet)

    @cached_property
    def kinds(self) -> list[Kind]:
        """What the sheet offers, and anything else that a line has nevertheless."""
        seen = set("".join({letter for line in self.found.lines for letter in set(line.marks)}))
        offered = set(self.book.sheet.categories)
        return [
            Kind(place, LETTER_OF[category], self.book.sheet.word(category), self.signs[LETTER_OF[category]])
            for place, category in enumerate(CATEGORIES)
            if category in offered or LETTER_OF[category] in seen
        ]

    @cached_property
    def measures(self) -> list[tuple[MeasureHead, set[str]]]:
        """The measures that bind somebody, with the names of their variants."""
        bound = {
            measure.name
            for line in self.found.lines
            for measure, state in zip(self.found.books[line.ledger].presence, line.state, strict=True)
            if state
        }
        found: dict[str, tuple[MeasureHead, set[str]]] = {}
        for measure in self.book.presence:
            if measure.name in bound:
                head = MeasureHead(measure.key, measure.short, measure.figure_unit, measure.at_most is not None)
                found.setdefault(measure.key, (head, set()))[1].add(measure.name)
        return list(found.values())

    def _row(self, number: int, line: Line) -> Row:
        counts = [line.counts[kind.place] for kind in self.kinds]
        return Row(
            number=number,
            township=self.names.get(line.ledger, self.ledger.name),
            village=line.village,
            name=line.name,
            roles=role_words(line.roles),
            unit=line.unit,
            marks=line.marks,
            signs=day_words(line.marks, line.nights, self.signs),
            counts=counts,
            posted=line.posted,
            equation=equation(counts, line.posted),
            stayed=line.nights.count("1"),
            standings=self._standings(line),
            note=self._note(line),
        )

    def _standings(self, line: Line) -> list[Standing | None]:
        by_name = {
            measure.name: Standing(done or 0, due or 0, state, state_word(state, ceiling=measure.at_most is not None))
            for measure, done, due, state in zip(
                self.found.books[line.ledger].presence, line.done, line.due, line.state, strict=True
            )
            if state
        }
        return [next((by_name[name] for name in names if name in by_name), None) for _, names in self.measures]

    def _note(self, line: Line) -> str:
        words = []
        if line.first > self.month.first:
            words.append(f"{line.first.day}日到岗")
        if line.last is not None and line.last <= self.month.last:
            words.append(f"{line.last.day}日离岗")
        if days := line.counts[INDEX_OF["absent"]]:
            words.append(f"{self.book.sheet.word('absent')}{days}天")
        measures = zip(self.found.books[line.ledger].presence, line.state, strict=True)
        for measure, state in measures:
            if state in _TROUBLE:
                words.append(
                    f"{measure.short}{state_word(state, ceiling=measure.at_most is not None)}〔{measure.clause}〕"
                )
        return "；".join(words)

    def _sums(self, rows: Sequence[Row]) -> Sums:
        return Sums(
            people=len(rows),
            counts=[sum(row.counts[place] for row in rows) for place in range(len(self.kinds))],
            posted=sum(row.posted for row in rows),
            stayed=sum(row.stayed for row in rows),
            standings=[_states(row.standings[place] for row in rows) for place in range(len(self.measures))],
        )

    def _parts(self, rows: Sequence[Row]) -> list[PartLine]:
        by_area = {line.ledger: [] for line in self.found.lines}  # type: dict[int, list[Row]]
        for line, row in zip(self.found.lines, rows, strict=True):
            by_area[line.ledger].append(row)
        return [
            PartLine(part.name, part.version, part.hash, self._sums(by_area.get(part.ledger, [])))
            for part in self.found.parts
        ]


def equation(counts: Iterable[int], posted: int) -> str:
    """The month equation as arithmetic: `21+2+8=31`; days that an occasional helper did not serve are 空.

    Source: design.md decision 2.
    """
    terms = [str(count) for count in counts if count]
    empty = posted - sum(counts)
    if empty > 0:
        terms.append(f"空{empty}")
    sign = "=" if empty >= 0 else "≠"
    return f"{'+'.join(terms) or '0'}{sign}{posted}"


def _states(standings: Iterable[Standing | None]) -> str:
    """`已达到12人　进行中3人`, in order of how it stands."""
    found = Counter((standing.state, standing.word) for standing in standings if standing is not None)
    return "　".join(f"{word}{count}人" for (_, word), count in sorted(found.items()))
