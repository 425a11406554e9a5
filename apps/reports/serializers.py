"""What the interface says of a dispatch unit's quarter; the values are those of `compile.quarter.quarter_rows`."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api import MONTH_PATTERN
from apps.rules.marks import CATEGORIES


class DaysSerializer(serializers.Serializer[Any]):
    """Days per category."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {category: serializers.IntegerField() for category in CATEGORIES}


class QuarterMonthSerializer(serializers.Serializer[Any]):
    """A month of a person.  `waiting` for the county's acceptance has no figures: they are missing, not nought."""

    month = serializers.RegexField(MONTH_PATTERN)
    status = serializers.ChoiceField(choices=["accepted", "waiting", "not_posted"])
    version = serializers.IntegerField(allow_null=True)
    hash = serializers.CharField(allow_null=True)
    posted = serializers.IntegerField(allow_null=True)
    counts = DaysSerializer(allow_null=True)
    marks = serializers.CharField(allow_null=True)


class QuarterSumsSerializer(serializers.Serializer[Any]):
    """Sums over the accepted months, and which those are."""

    months = serializers.ListField(child=serializers.IntegerField())
    posted = serializers.IntegerField()
    counts = DaysSerializer()


class QuarterMeasureSerializer(serializers.Serializer[Any]):
    """A floor or ceiling as the accepted ledger of `month` left it; states as in a ledger's lines."""

    name = serializers.CharField()
    title = serializers.CharField(source="label")
    window = serializers.CharField()
    unit = serializers.CharField()
    month = serializers.IntegerField()
    done = serializers.IntegerField()
    due = serializers.IntegerField()
    state = serializers.IntegerField()
    state_text = serializers.CharField()
    clause = serializers.CharField()


class QuarterFindingSerializer(serializers.Serializer[Any]):
    """What the unit should look at, with the clause that says so."""

    code = serializers.CharField()
    severity = serializers.CharField()
    message = serializers.CharField()
    clause = serializers.CharField(allow_null=True)


class QuarterPersonSerializer(serializers.Serializer[Any]):
    """A person in one posting: days by category and month, the year to date against the floors, findings."""

    posting = serializers.IntegerField()
    county = serializers.CharField()
    township = serializers.CharField()
    village = serializers.CharField(allow_blank=True)
    name = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())
    roles_text = serializers.CharField()
    months = QuarterMonthSerializer(many=True)
    quarter = QuarterSumsSerializer()
    year_to_date = QuarterMeasureSerializer(many=True)
    monthly = QuarterMeasureSerializer(many=True)
    findings = QuarterFindingSerializer(many=True)
