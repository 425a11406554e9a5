"""Which notices the rules in force ask of a village, and from where each takes what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apps.jurisdictions.law import bodies_of
from apps.jurisdictions.selectors import book_of, clauses_of, law_of, packs_of
from apps.rules.language.duties import Duty
from apps.rules.language.records import Record
from apps.rules.said_words import BODY_WORDS

PUBLICATION, DISCLOSURE = "plan_publication", "village_disclosure"


@dataclass(frozen=True)
class NoticeRule:
    """A record of kind notice with the values that its pack sets; `author` in words, `basis` where the clause stands."""

    key: str
    record: Record
    pack: str
    version: str
    settings: dict[str, str]
    author: str
    basis: str


def notice_rules(area: str, on: date) -> list[NoticeRule]:
    """The notices that a village's people are to be shown, in the order of the packs; none where nothing says so."""
    try:
        held = law_of(area, "records", on)
    except LookupError:
        return []
    found = [(key, each) for key, each in held.items() if each.rule.is_public_notice]
    if not found:
        return []
    packs = packs_of(area, on)
    versions, words = {pack.code: pack.version for pack in packs}, BODY_WORDS | bodies_of(packs)
    settings = {name: str(each.value) for name, each in book_of(area, on).settings.items() if each.value is not None}
    clauses = clauses_of(each.rule.clause for _, each in found if each.rule.clause)
    rules = []
    for key, each in found:
        clause = clauses.get(each.rule.clause or "")
        author = "、".join(words.get(who.office, who.office) for who in each.rule.author if who.office)
        basis = f"《{clause.body['title']}》{clause.article}" if clause else ""
        rules.append(NoticeRule(key, each.rule, each.pack, versions[each.pack], settings, author, basis))
    return rules


def asks_for_notices(area: str, on: date) -> bool:
    """Whether any notice is to be shown in an area.  One query."""
    try:
        return any(each.rule.is_public_notice for each in law_of(area, "records", on).values())
    except LookupError:
        return False


def publication_rule(area: str, on: date) -> Duty | None:
    """The duty to tell the village the team's plan; None where no rule says so."""
    try:
        held = law_of(area, "duties", on).get(PUBLICATION)
    except LookupError:
        return None
    return held.rule if held else None


def disclosure_rule(area: str, on: date) -> Record | None:
    """The record of what the village lays open; None where no rule says so."""
    try:
        held = law_of(area, "records", on).get(DISCLOSURE)
    except LookupError:
        return None
    return held.rule if held else None


def disclosure_kinds(rule: Record) -> tuple[str, ...]:
    """The kinds of matter that are told apart."""
    return next((each.choices for each in rule.fields if each.choices), ())
