"""What the interface says of a dispatch unit's quarter."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.api import MonthField
from apps.ledgers.selectors.quarter import QuarterMonth, QuarterRow
from apps.rules.marks import CATEGORIES

DAYS_PER_CATEGORY = {"type": "object", "additionalProperties": {"type": "integer"}}


def _days(counts: tuple[int, ...]) -> dict[str, int]:
    return dict(zip(CATEGORIES, counts, strict=True))


class FindingSerializer(serializers.Serializer[Any]):
    """What falls short of the rules, with the clause that says so."""

    code = serializers.CharField()
    severity = serializers.CharField()
    message = serializers.CharField()
    clause = serializers.CharField(allow_null=True)


class QuarterMonthSerializer(serializers.Serializer[QuarterMonth]):
    """A month of a person as the county accepted it."""

    month = MonthField()
    posted = serializers.IntegerField()
    counts = serializers.SerializerMethodField()
    nights = serializers.IntegerField(allow_null=True)
    gaps = serializers.IntegerField()

    @extend_schema_field(DAYS_PER_CATEGORY)
    def get_counts(self, month: QuarterMonth) -> dict[str, int]:
        return _days(month.counts)


class QuarterStandingSerializer(serializers.Serializer[Any]):
    """The year to date against one floor."""

    title = serializers.CharField(source="label")
    done = serializers.IntegerField()
    due = serializers.IntegerField()
    state_text = serializers.CharField(source="word")
    clause = serializers.CharField()


class QuarterRowSerializer(serializers.Serializer[QuarterRow]):
    """A person in one posting.  `months` has three entries, null where the county has not accepted the month."""

    county = serializers.CharField()
    township = serializers.CharField()
    village = serializers.CharField()
    name = serializers.CharField()
    roles = serializers.CharField()
    first = serializers.DateField()
    last = serializers.DateField(allow_null=True)
    months = serializers.ListField(child=QuarterMonthSerializer(allow_null=True))
    posted = serializers.IntegerField()
    counts = serializers.SerializerMethodField()
    as_of = MonthField()
    measures = QuarterStandingSerializer(many=True, source="standings")
    findings = FindingSerializer(many=True)

    @extend_schema_field(DAYS_PER_CATEGORY)
    def get_counts(self, row: QuarterRow) -> dict[str, int]:
        return _days(row.counts)


class QuarterSourceSerializer(serializers.Serializer[Any]):
    """An accepted ledger behind the figures, with its content hash."""

    county = serializers.CharField()
    township = serializers.CharField()
    month = MonthField()
    version = serializers.IntegerField()
    hash = serializers.CharField()


class QuarterWaitingSerializer(serializers.Serializer[Any]):
    """A month that the county has not accepted yet: its figures are missing, not nought."""

    county = serializers.CharField()
    township = serializers.CharField()
    month = MonthField()
    people = serializers.IntegerField()


class QuarterObligationSerializer(serializers.Serializer[Any]):
    """What a county's regulation asks of the unit itself for the quarter."""

    county = serializers.CharField()
    title = serializers.CharField(source="label")
    signer = serializers.CharField()
    recipient = serializers.CharField()
    due = serializers.DateField(allow_null=True)
    clause = serializers.CharField(allow_null=True)


class QuarterSerializer(serializers.Serializer[Any]):
    """A unit's quarter across all counties."""

    unit = serializers.CharField()
    quarter = serializers.CharField(source="found.label")
    months = serializers.ListField(child=MonthField(), source="found.months")
    people = QuarterRowSerializer(many=True, source="found.rows")
    waiting = QuarterWaitingSerializer(many=True, source="found.waiting")
    sources = QuarterSourceSerializer(many=True, source="found.sources")
    obligations = QuarterObligationSerializer(many=True, source="found.obligations")
