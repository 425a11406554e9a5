"""A ledger: in a list, and one version with its rules, way and sums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.api import MonthField
from apps.ledgers.models import Ledger, LedgerKind
from apps.ledgers.selectors.chain import Link, chain_of, county_links, frozen_book
from apps.ledgers.selectors.lists import remarks_of
from apps.rules.marks import CATEGORIES

DAYS_PER_CATEGORY = {
    "type": "object",
    "properties": {category: {"type": "integer"} for category in CATEGORIES},
    "required": list(CATEGORIES),
}


def days_per_category(counts: Sequence[int]) -> dict[str, int]:
    """The first 11 of a line's counts by category."""
    return dict(zip(CATEGORIES, counts, strict=False))


class LedgerSerializer(serializers.ModelSerializer[Ledger]):
    """A ledger in a list."""

    month = MonthField()
    kind_text = serializers.CharField(source="get_kind_display")
    state_text = serializers.CharField(source="get_state_display")
    url = serializers.HyperlinkedIdentityField(view_name="api:ledger-detail")

    class Meta:
        model = Ledger
        fields: tuple[str, ...] = (
            "id",
            "url",
            "area",
            "name",
            "kind",
            "kind_text",
            "month",
            "version",
            "state",
            "state_text",
            "people",
            "changed_at",
        )
        read_only_fields = fields


class LedgerMeasureSerializer(serializers.Serializer[Any]):
    """A floor or ceiling of the rules that the ledger was made under."""

    index = serializers.IntegerField()
    title = serializers.CharField(source="label")
    unit = serializers.CharField(source="figure_unit")
    clause = serializers.CharField()
    pack = serializers.CharField()
    pack_version = serializers.CharField(source="version")


class LedgerStepSerializer(serializers.Serializer[Any]):
    """A step of the way of a ledger, and who did it when."""

    key = serializers.CharField()
    title = serializers.CharField(source="label")
    verb = serializers.CharField()
    offices = serializers.CharField()
    clause = serializers.CharField(allow_null=True)
    due = serializers.DateField(allow_null=True)
    person = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField(allow_null=True)
    late = serializers.BooleanField(allow_null=True)


class RemarkSerializer(serializers.Serializer[Any]):
    """What the county asked about a line (or, without one, about the ledger) when it returned this version."""

    line = serializers.CharField(source="line.ref", allow_null=True, default=None)
    text = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()


class PartSerializer(serializers.Serializer[Any]):
    """A township ledger that a county ledger was put together from."""

    ledger = serializers.IntegerField()
    area = serializers.CharField()
    name = serializers.CharField()
    version = serializers.IntegerField()
    people = serializers.IntegerField()
    hash = serializers.CharField()


class LedgerDetailSerializer(LedgerSerializer):
    """One version of a ledger: its rules, its way so far, its sums and its content hash."""

    rules = serializers.SerializerMethodField()
    measures = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField()
    remarks = serializers.SerializerMethodField()
    parts = PartSerializer(many=True)
    counts = serializers.SerializerMethodField()
    lines = serializers.HyperlinkedIdentityField(view_name="api:ledger-lines")

    class Meta(LedgerSerializer.Meta):
        fields = (
            *LedgerSerializer.Meta.fields,
            "hash",
            "attested_by",
            "reason",
            "created_at",
            "rules",
            "measures",
            "steps",
            "remarks",
            "parts",
            "counts",
            "lines",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.CharField())
    def get_rules(self, ledger: Ledger) -> str:
        book = frozen_book(ledger)
        return f"{book.title}{book.number}"

    @extend_schema_field(LedgerMeasureSerializer(many=True))
    def get_measures(self, ledger: Ledger) -> Any:
        rows = [
            {**measure.model_dump(), "figure_unit": measure.figure_unit, "index": index}
            for index, measure in enumerate(frozen_book(ledger).presence)
        ]
        return LedgerMeasureSerializer(rows, many=True).data

    @extend_schema_field(LedgerStepSerializer(many=True))
    def get_steps(self, ledger: Ledger) -> Any:
        links = (*chain_of(ledger), *county_links(ledger)) if ledger.kind == LedgerKind.TOWNSHIP else ()
        return LedgerStepSerializer([_step(link) for link in links], many=True).data

    @extend_schema_field(RemarkSerializer(many=True))
    def get_remarks(self, ledger: Ledger) -> Any:
        return RemarkSerializer(remarks_of(ledger), many=True).data

    @extend_schema_field(DAYS_PER_CATEGORY)
    def get_counts(self, ledger: Ledger) -> dict[str, int]:
        return days_per_category(ledger.totals.get("counts", [0] * len(CATEGORIES)))


def _step(link: Link) -> dict[str, Any]:
    step, act = link.step, link.act
    return {
        "key": step.key,
        "label": step.label,
        "verb": step.verb,
        "offices": link.offices,
        "clause": step.clause,
        "due": link.due,
        "person": act.person if act else None,
        "at": act.at if act else None,
        "late": act.late if act else None,
    }
