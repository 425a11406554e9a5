"""A unit's quarter as plain values, for the API."""

from __future__ import annotations

from typing import Any

from apps.core.months import Month
from apps.reports.compile.quarter.case import QuarterCase, quarter_case
from apps.reports.compile.quarter.figures import Standing, findings, periodic, running, sums
from apps.reports.compile.words import role_words
from apps.reports.selectors.unit import UnitPerson, unit_people
from apps.rules.marks import CATEGORIES
from apps.rules.vocabulary import PIECES


def quarter_rows(unit: int, year: int, quarter: int) -> list[dict[str, Any]]:
    """The unit's people in a quarter, one object per posting, by place.  Called inside the unit's scope.

    {posting, county, township, village, name, roles: [code], roles_text,
     months: [{month, status: accepted | waiting | not_posted, version, hash, posted, counts: {category: days}, marks}],
     quarter: {months: [n], posted, counts}, year_to_date: [measure], monthly: [measure], findings: [finding]}
    with measure {name, label, window, unit, month, done, due, state, state_text, clause}.  Figures of a month without an
    accepted ledger are null; `year_to_date` are the measures that run over several months, at the end of the last
    accepted one, `monthly` all others of every accepted month; and the quarter's sums are over the months that it names.  BadInput, NotFound as
    `quarter_case`.
    """
    case = quarter_case(unit, year, quarter)
    return [quarter_row(case, person) for person in unit_people(unit, case.months)]


def quarter_row(case: QuarterCase, person: UnitPerson) -> dict[str, Any]:
    """One person; see `quarter_rows`."""
    county, township = case.places[person.area[:10]]
    total = sums(person)
    return {
        "posting": person.posting,
        "county": county,
        "township": township,
        "village": person.village,
        "name": person.name,
        "roles": list(person.roles),
        "roles_text": role_words(person.roles),
        "months": [_month(case, person, month) for month in case.months],
        "quarter": {"months": total.months, "posted": total.posted, "counts": _by_category(total.counts)},
        "year_to_date": [_measure(each) for each in running(case, person)],
        "monthly": [_measure(each) for each in periodic(case, person)],
        "findings": [finding.dump() for finding in findings(case, person)],
    }


def _by_category(counts: list[int]) -> dict[str, int]:
    return dict(zip(CATEGORIES, counts, strict=True))


def _month(case: QuarterCase, person: UnitPerson, month: Month) -> dict[str, Any]:
    line = person.months.get(month.month)
    if line is None:
        status = "waiting" if person.posted_in(month) else "not_posted"
        nothing = dict.fromkeys(("version", "hash", "posted", "counts", "marks"))
        return {"month": str(month), "status": status, **nothing}
    ledger = case.by_ledger[line.ledger]
    return {
        "month": str(month),
        "status": "accepted",
        "version": ledger.version,
        "hash": ledger.hash,
        "posted": line.posted,
        "counts": _by_category(line.counts),
        "marks": line.marks,
    }


def _measure(standing: Standing) -> dict[str, Any]:
    measure = standing.measure
    return {
        "name": measure.name,
        "label": measure.label,
        "window": measure.window,
        "unit": measure.window if measure.window in PIECES else measure.unit,
        "month": standing.month,
        "done": standing.done,
        "due": standing.due,
        "state": int(standing.state),
        "state_text": standing.state_text,
        "clause": measure.clause,
    }
