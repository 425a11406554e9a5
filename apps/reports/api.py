"""A dispatch unit's quarter: as JSON, page by page, and as the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.access import require
from apps.accounts.api import actor_of
from apps.core.api import INVALID
from apps.core.attachment import XLSX, attachment
from apps.reports.compile.quarter import quarter_workbook
from apps.reports.compile.quarter.case import QuarterCase, quarter_case
from apps.reports.compile.quarter.rows import quarter_row
from apps.reports.selectors.unit import unit_people, unit_people_count
from apps.reports.serializers import QuarterPersonSerializer


class _People:
    """The people of a quarter as a paginator wants them: counted by one query, read as a stream to the page's end."""

    def __init__(self, case: QuarterCase) -> None:
        self.case = case

    def count(self) -> int:
        return unit_people_count(self.case.unit, self.case.months)

    def __getitem__(self, page: slice) -> Sequence[dict[str, Any]]:
        people = unit_people(self.case.unit, self.case.months)
        return [quarter_row(self.case, person) for person in islice(people, page.start, page.stop)]


class UnitQuarterView(GenericAPIView[Any]):
    """The people of one's own unit in a quarter."""

    serializer_class = QuarterPersonSerializer

    @extend_schema(summary="派出单位季度数据", responses={200: QuarterPersonSerializer(many=True), **INVALID})
    def get(self, request: Request, year: int, quarter: int) -> Response:
        """Across all counties, by place; only what the counties accepted."""
        actor = actor_of(request)
        require(actor, "unit.view")
        case = quarter_case(actor.scope.unit or 0, year, quarter)
        page = self.paginate_queryset(_People(case))  # type: ignore[arg-type]
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class UnitQuarterBookView(GenericAPIView[Any]):
    """The same as the official workbook."""

    throttle_scope = "workbook"

    @extend_schema(summary="派出单位季度表（Excel）", responses={(200, XLSX): OpenApiTypes.BINARY, **INVALID})
    def get(self, request: Request, year: int, quarter: int) -> HttpResponse:
        """One workbook whatever the number of people."""
        actor = actor_of(request)
        require(actor, "unit.view")
        content = quarter_workbook(actor.scope.unit or 0, year, quarter)
        return attachment(content, f"{actor.position.label}{year}年第{quarter}季度驻村情况.xlsx")
