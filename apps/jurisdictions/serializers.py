"""What the interface says of the rules in force and of clauses."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.tenancy import AREA_FORM
from apps.jurisdictions.models import Clause


class RulesQuerySerializer(serializers.Serializer[Any]):
    """Where and when; one's own area and today unless told."""

    area = serializers.RegexField(AREA_FORM, required=False, error_messages={"invalid": "行政区代码有误。"})
    on = serializers.DateField(required=False)


class MeasureSerializer(serializers.Serializer[Any]):
    """A floor (`at_least`, or `share` of the workdays) or a ceiling (`at_most`) with its clause.

    `presets` holds the readings taken where the text is open.
    """

    name = serializers.CharField()
    title = serializers.CharField(source="label")
    window = serializers.CharField()
    unit = serializers.CharField(source="unit_word")
    counts = serializers.ListField(child=serializers.CharField())
    binds = serializers.ListField(child=serializers.CharField())
    village_classes = serializers.ListField(child=serializers.CharField(), allow_null=True)
    at_least = serializers.IntegerField(allow_null=True)
    at_most = serializers.IntegerField(allow_null=True)
    share = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    modality = serializers.CharField()
    clause = serializers.CharField()
    presets = serializers.DictField(child=serializers.CharField())
    since = serializers.DateField()
    pack = serializers.CharField()
    pack_version = serializers.CharField(source="version")


class StepSerializer(serializers.Serializer[Any]):
    """Who does what with a sheet or a ledger; `clause` is null where only the product asks for it."""

    key = serializers.CharField()
    title = serializers.CharField(source="label")
    verb = serializers.CharField()
    offices = serializers.ListField(child=serializers.CharField())
    clause = serializers.CharField(allow_null=True)


class RulesSerializer(serializers.Serializer[Any]):
    """The rules in force in an area on a day."""

    area = serializers.CharField()
    title = serializers.CharField()
    number = serializers.CharField()
    version = serializers.CharField()
    packs = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    measures = MeasureSerializer(many=True, source="presence")
    sheet = StepSerializer(many=True, source="sheet.record")
    ledger = StepSerializer(many=True, source="ledger.steps")


class ClauseSerializer(serializers.ModelSerializer[Clause]):
    """A clause of a regulation as the catalogue has it."""

    regulation = serializers.CharField(source="body.title")

    class Meta:
        model = Clause
        fields = ("id", "pack", "regulation", "article", "topic", "kind", "modality", "gist")
        read_only_fields = fields
