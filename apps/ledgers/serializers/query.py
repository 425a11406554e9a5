"""What one may ask for."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api import MONTH_PATTERN
from apps.core.months import Month
from apps.core.tenancy import AREA_FORM
from apps.ledgers.models import LedgerKind, LedgerState


class LedgerQuerySerializer(serializers.Serializer[Any]):
    """Which ledgers.  Superseded versions only when asked for."""

    month = serializers.RegexField(
        MONTH_PATTERN, required=False, error_messages={"invalid": "月份应写成 2026-10 的形式。"}
    )
    state = serializers.ChoiceField(choices=LedgerState.choices, required=False)
    kind = serializers.ChoiceField(choices=LedgerKind.choices, required=False)
    area = serializers.RegexField(AREA_FORM, required=False, error_messages={"invalid": "行政区代码有误，如 C620000。"})

    def validate_month(self, value: str) -> Month:
        return Month.parse(value)


class OwnQuerySerializer(serializers.Serializer[Any]):
    """Which year; this one unless told."""

    year = serializers.IntegerField(min_value=2000, max_value=2999, required=False)
