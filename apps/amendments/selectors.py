"""Reads: proposals, what each would change, where it is stricter than the level above, what may be set otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from apps.amendments.checking import closed_words, inherited
from apps.amendments.drafting import MORE_WORDS, Field, Standing, standing
from apps.amendments.models import Amendment, State
from apps.core.errors import NotFound
from apps.jurisdictions.history import Change, Publication, latest_changes
from apps.jurisdictions.law import CONSTRUCT_WORDS, OTHER, topic_order, topic_word
from apps.jurisdictions.selectors import (
    clause_source,
    clauses_of,
    last_publication,
    pack_of,
    packs_above,
    publications,
)
from apps.rules.language.rule import Rule
from apps.rules.marks import WORD_OF
from apps.rules.own import OwnClause
from apps.rules.pack import CONSTRUCTS, Pack
from apps.rules.said import MODALITY_WORDS, Names
from apps.rules.said_words import FIELD_WORDS
from apps.rules.say import names_of
from apps.rules.tightening import Tightening, tightenings

# Of the month's book, whose words the pages say in their own way.
OWN_WORDS = {
    **{("counts", category): word for category, word in WORD_OF.items()},
    **{("modality", modality): word for modality, word in MODALITY_WORDS.items()},
    ("days", "all"): "每一天",
}


def amendments_in(area: str) -> QuerySet[Amendment]:
    """The proposals for the packs of an area and those inside it, newest first, without their content."""
    rows: QuerySet[Amendment] = Amendment.objects.within(area).defer("content", "clauses").order_by("-id")
    return rows


def amendment_of(amendment: int) -> Amendment:
    """One proposal in scope; NotFound otherwise."""
    found: Amendment | None = Amendment.objects.filter(pk=amendment).first()
    if found is None:
        raise NotFound
    return found


def rehearsal_counts(found: Amendment) -> bool:
    """Whether a rehearsal was run and nothing that the pack stands on was published since.  One query."""
    return found.rehearsed_at is not None and found.rehearsed_after == last_publication(found.area)


def published_since(found: Amendment) -> bool:
    """Whether another version of the same pack was published after the proposal."""
    return any(each.pack.code == found.code and each.published > found.proposed_at for each in publications(found.area))


def changes_by(found: Amendment) -> list[tuple[str, str, Change]]:
    """(part, key, change) of every rule that the proposal makes, or has made, say something else.

    Of one that is not published against the versions published by now.  One query and one per pack not read before.
    """
    published = publications(found.area)
    if found.state == State.PUBLISHED:
        last = next(place for place, each in enumerate(published) if each.pack.version == found.hash)
        return latest_changes(published[: last + 1])
    return latest_changes([*published, Publication(found.pack, timezone.now(), found.proposer, "")])


def sources_for(found: Amendment, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """{id: what a page shows of the clause}, those that the proposal brings along included.  One query."""
    own = found.own
    told = {clause.id: _own_source(clause, own.source.title) for clause in own.clauses} if own else {}
    return told | {id_: clause_source(clause) for id_, clause in clauses_of(ids).items()}


def _own_source(clause: OwnClause, regulation: str) -> dict[str, Any]:
    return {"id": clause.id, "article": clause.article, "gist": clause.gist, "regulation": regulation, "new": True}


@dataclass(frozen=True, slots=True)
class Stricter:
    """A value stricter than above without a source of its own, in words, with the ids of both clauses."""

    what: str
    here: str
    above: str
    clause: str | None
    clause_above: str | None


def stricter(found: Amendment) -> list[Stricter]:
    """层层加码 of a proposal.  One query and one per pack not read before."""
    pack, above = found.pack, inherited(packs_above(found.area))
    return [_stricter(each, (pack, above)) for each in tightenings(pack, above)] if above else []


def _stricter(each: Tightening, packs: tuple[Pack, Pack]) -> Stricter:
    construct, key, *path = each.where.split(" › ")
    rule = next(held[key] for held in (getattr(pack, construct) for pack in packs) if key in held)
    words = [
        f"第{int(part) + 1}项" if part.isdigit() else MORE_WORDS.get(part) or FIELD_WORDS.get(part, part)
        for part in path
    ]
    return Stricter(" › ".join([rule.label, *words]), each.here, each.above, each.clause, each.clause_above)


@dataclass(frozen=True, slots=True)
class Offer:
    """A rule of which one value may be set otherwise, as the form lists it."""

    standing: Standing
    topic: str
    kind: str
    inherited_from: str

    @property
    def label(self) -> str:
        return f"{self.standing.label}（{self.kind}）"


class Offers:
    """The law in force in a county, to choose one value from: topic, rule, field.

    LookupError where no pack covers the county on the day.
    """

    def __init__(self, area: str, on: date) -> None:
        own, above = pack_of(area), packs_above(area)
        packs = [pack for pack in (own, *above) if pack is not None and pack.effective <= on]
        if not packs:
            raise LookupError(f"no rules published for {area} on {on}")
        self.own = own
        self.above = above[0] if above else None
        self._titles = {pack.code: pack.title for pack in packs}
        held = standing(packs, on)
        self._names = _names(packs)
        clauses = clauses_of(each.clause for each in held.values() if each.clause)
        topics = {id_: clause.topic for id_, clause in clauses.items()}
        self.clauses = {id_: clause_source(clause) for id_, clause in clauses.items()}
        self.rules = {name: self._offer(each, topics) for name, each in held.items()}

    def _offer(self, each: Standing, topics: Mapping[str, str]) -> Offer:
        construct = each.name.partition(".")[0]
        kind = "考勤天数" if construct == "presence" else CONSTRUCT_WORDS[construct]
        own = self.own is not None and each.pack == self.own.code
        return Offer(each, topics.get(each.clause or "", OTHER), kind, "" if own else self._titles[each.pack])

    def topics(self) -> list[tuple[str, str]]:
        """[(key, title)] of the topics that have rules, in the order of the 制度 page."""
        return [(key, topic_word(key)) for key in topic_order({offer.topic for offer in self.rules.values()})]

    def of_topic(self, topic: str) -> list[tuple[str, str]]:
        """[(name, label)] of a topic's rules that have anything to set otherwise."""
        return [(name, offer.label) for name, offer in self.rules.items() if offer.topic == topic and self.fields(name)]

    def fields(self, name: str) -> list[Field]:
        """What may be set otherwise of a rule; empty for an unknown one."""
        offer = self.rules.get(name)
        found = offer.standing.fields(self._names, own=not offer.inherited_from) if offer else []
        return [field for field in found if self._sayable(name, field)]

    def _sayable(self, rule: str, field: Field) -> bool:
        """Whether a person can be asked for it: an amount, a yes or no, or a word of a closed list, with a Chinese name."""
        amount = re.fullmatch(r"是|否|[0-9.、:-]+", field.text) is not None
        return not re.search("[a-z]", field.label) and (amount or bool(self.options(rule, field)))

    def words(self, rule: str, field: Field) -> str:
        """The value in force as it is shown and typed: closed words in Chinese."""
        if not self.options(rule, field):
            return field.text
        values = field.value if isinstance(field.value, list) else [field.value]
        return "、".join(self.word(field, value) for value in values)

    def options(self, rule: str, field: Field) -> list[tuple[str, str]]:
        """[(word of the language, Chinese)] of the closed list that the value is taken from; empty for an open one."""
        return [(word, self.word(field, word)) for word in closed_words(rule, field.path)]

    def word(self, field: Field, value: str) -> str:
        """A word of a closed list in Chinese, or as it is where nobody has named it."""
        name = next((part for part in reversed(field.path) if isinstance(part, str)), "")
        return OWN_WORDS.get((name, value)) or self._names.word(name, value)


def _names(packs: Iterable[Pack]) -> Names:
    rules: list[tuple[str, Rule]] = []
    for pack in reversed(list(packs)):
        rules += [pair for part in CONSTRUCTS for pair in getattr(pack, part).items()]
    return names_of(rules)
