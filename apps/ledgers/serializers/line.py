"""A person's month in a ledger, how it stands, and the arithmetic behind a figure."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.api import MonthField
from apps.core.errors import NotFound
from apps.ledgers.models import LedgerLine
from apps.ledgers.selectors.chain import book_by_hash
from apps.ledgers.selectors.figures import own_book
from apps.ledgers.selectors.table import Standing, standings
from apps.ledgers.serializers.ledger import DAYS_PER_CATEGORY, days_per_category
from apps.rules.book import RuleBook
from apps.rules.figures import State

STATE_CODES = {state: state.name.lower() for state in State}


class StandingSerializer(serializers.Serializer[Any]):
    """How a person stands against one measure; `trace` leads to the arithmetic."""

    index = serializers.IntegerField()
    title = serializers.CharField(source="label")
    done = serializers.IntegerField()
    due = serializers.IntegerField()
    state = serializers.ChoiceField(choices=sorted(STATE_CODES.values()))
    state_text = serializers.CharField()
    clause = serializers.CharField()
    trace = serializers.URLField()


class LedgerLineSerializer(serializers.ModelSerializer[LedgerLine]):
    """One person's month as signed: `marks` one letter per day, `counts` days per category."""

    id = serializers.CharField(source="ref", label="行号")
    month = MonthField()
    unit = serializers.CharField(source="unit.name")
    posted = serializers.IntegerField(label="派驻天数", read_only=True)
    counts = serializers.SerializerMethodField()
    year_to_date = serializers.SerializerMethodField()
    measures = serializers.SerializerMethodField()

    class Meta:
        model = LedgerLine
        fields: tuple[str, ...] = (
            "id",
            "ledger",
            "month",
            "area",
            "village",
            "name",
            "roles",
            "unit",
            "first",
            "last",
            "posted",
            "marks",
            "nights",
            "counts",
            "year_to_date",
            "measures",
        )
        read_only_fields = fields

    @extend_schema_field(DAYS_PER_CATEGORY)
    def get_counts(self, line: LedgerLine) -> dict[str, int]:
        return days_per_category(line.counts)

    @extend_schema_field(DAYS_PER_CATEGORY)
    def get_year_to_date(self, line: LedgerLine) -> dict[str, int]:
        return days_per_category(line.ytd)

    @extend_schema_field(StandingSerializer(many=True))
    def get_measures(self, line: LedgerLine) -> Any:
        book = self.book_of(line)
        found = standings(book, line) if book else ()
        rows = [self._standing(line, standing) for standing in found]
        return StandingSerializer(rows, many=True).data

    def book_of(self, line: LedgerLine) -> RuleBook | None:
        return book_by_hash(line.ledger.book_id)

    def _standing(self, line: LedgerLine, found: Standing) -> dict[str, Any]:
        at = reverse("api:trace", kwargs={"line": line.pk, "measure": found.index})
        return {
            "index": found.index,
            "label": found.label,
            "done": found.done,
            "due": found.due,
            "state": STATE_CODES[State(line.state[found.index])],
            "state_text": found.word,
            "clause": found.clause,
            "trace": self.context["request"].build_absolute_uri(at),
        }


class OwnLineSerializer(LedgerLineSerializer):
    """One's own month: as above, without the ledger, which belongs to the township.

    `measures` is empty where the rules changed since: then no figure could be explained.
    """

    class Meta(LedgerLineSerializer.Meta):
        fields = tuple(name for name in LedgerLineSerializer.Meta.fields if name != "ledger")
        read_only_fields = fields

    def book_of(self, line: LedgerLine) -> RuleBook | None:
        try:
            return own_book(line)
        except NotFound:
            return None


class TraceStepSerializer(serializers.Serializer[Any]):
    """One step of arithmetic: `op` over inputs, earlier steps and numbers."""

    name = serializers.CharField()
    text = serializers.CharField()
    op = serializers.CharField()
    of = serializers.ListField()
    value = serializers.IntegerField()


class TraceSerializer(serializers.Serializer[Any]):
    """Where a figure comes from; its steps recompute from the inputs to `value`."""

    where = serializers.CharField()
    rule = serializers.CharField()
    title = serializers.CharField(source="label")
    pack = serializers.CharField()
    version = serializers.CharField()
    clause = serializers.CharField(allow_null=True)
    inputs = serializers.DictField()
    steps = TraceStepSerializer(many=True)
    value = serializers.IntegerField()
    due = serializers.IntegerField()
    note = serializers.CharField(allow_blank=True)
