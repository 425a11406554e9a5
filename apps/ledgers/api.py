"""Ledgers, their lines and the arithmetic behind every figure, read-only."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.access import require
from apps.accounts.api import actor_of
from apps.core.api import INVALID, REFUSALS
from apps.core.errors import NotFound
from apps.ledgers.models import Ledger, LedgerKind, LedgerLine
from apps.ledgers.selectors.figures import LineKey, line_figure
from apps.ledgers.selectors.lists import ledgers_in
from apps.ledgers.selectors.own import own_lines
from apps.ledgers.serializers import (
    LedgerDetailSerializer,
    LedgerLineSerializer,
    LedgerQuerySerializer,
    LedgerSerializer,
    OwnLineSerializer,
    OwnQuerySerializer,
    TraceSerializer,
)


class LedgerViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Ledger]):
    """Ledgers of the area one is responsible for."""

    serializer_class = LedgerSerializer
    queryset = Ledger._base_manager.none()
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Ledger]:
        actor = actor_of(self.request)
        require(actor, "ledger.view")
        asked = LedgerQuerySerializer(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        return ledgers_in(**{"area": actor.scope.area or "", **asked.validated_data})

    @extend_schema(
        summary="台账列表",
        parameters=[LedgerQuerySerializer],
        responses={200: LedgerSerializer(many=True), **INVALID},
    )
    def list(self, request: Request) -> Response:
        """Newest month first, by place."""
        return super().list(request)

    @extend_schema(summary="一份台账", responses={200: LedgerDetailSerializer, **REFUSALS})
    def retrieve(self, request: Request, pk: int) -> Response:
        """One version with its rules, its way and its sums."""
        ledger = self._found(pk)
        return Response(LedgerDetailSerializer(ledger, context=self.get_serializer_context()).data)

    @extend_schema(summary="台账各行", responses={200: LedgerLineSerializer(many=True), **REFUSALS})
    @action(detail=True, serializer_class=LedgerLineSerializer)
    def lines(self, request: Request, pk: int) -> Response:
        """Its lines by village; of a county's ledger those of all its townships."""
        ledger = self._found(pk)
        ids = [part["ledger"] for part in ledger.parts] if ledger.kind == LedgerKind.COUNTY else [ledger.pk]
        rows = LedgerLine.objects.filter(ledger_id__in=ids).select_related("unit", "ledger")
        page = self.paginate_queryset(rows.order_by("area", "posting_id"))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def _found(self, pk: int) -> Ledger:
        found = Ledger.objects.filter(pk=pk).first()
        if found is None:
            raise NotFound
        require(actor_of(self.request), "ledger.view", found.area)
        return found


class TraceView(GenericAPIView[Any]):
    """The arithmetic behind one figure of a ledger line."""

    serializer_class = TraceSerializer

    @extend_schema(summary="数字的来历", responses={200: TraceSerializer, **REFUSALS})
    def get(self, request: Request, line: LineKey, measure: int) -> Response:
        """For the township, the county, the unit and the person himself."""
        figure = line_figure(actor=actor_of(request), line=line, measure=measure)
        return Response(TraceSerializer({**figure.trace, "where": figure.where, "note": figure.note}).data)


class OwnMonthsView(ListAPIView[LedgerLine]):
    """A cadre's own months."""

    serializer_class = OwnLineSerializer
    queryset = LedgerLine._base_manager.none()

    def get_queryset(self) -> QuerySet[LedgerLine]:
        require(actor_of(self.request), "self.view")
        asked = OwnQuerySerializer(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        return own_lines(year=asked.validated_data.get("year", timezone.localdate().year))

    @extend_schema(
        summary="本人各月台账",
        parameters=[OwnQuerySerializer],
        responses={200: OwnLineSerializer(many=True), **INVALID},
    )
    def get(self, request: Request) -> Response:
        """His lines of a year as last compiled, wherever he was posted."""
        return super().get(request)
