"""A dispatch unit's quarter: as JSON and as the workbook."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.access import require
from apps.accounts.api import actor_of
from apps.core.api import REFUSALS
from apps.ledgers.selectors.quarter import quarter_of
from apps.reports.serializers import QuarterSerializer


class UnitQuarterView(GenericAPIView[Any]):
    """The people of one's own unit in a quarter."""

    serializer_class = QuarterSerializer

    @extend_schema(summary="派出单位季度数据", responses={200: QuarterSerializer, **REFUSALS})
    def get(self, request: Request, year: int, quarter: int) -> Response:
        """Days by category and month, the year to date against the floors, findings with their clauses."""
        actor = actor_of(request)
        require(actor, "unit.view")
        found = quarter_of(unit=actor.scope.unit or 0, year=year, quarter=quarter)
        return Response(QuarterSerializer({"unit": actor.position.label, "found": found}).data)
