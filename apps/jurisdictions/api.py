"""The rules in force and their clauses: open to everybody who may log in."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import tenancy
from apps.core.api import INVALID, REFUSALS
from apps.core.errors import BadInput, NotFound
from apps.jurisdictions.models import Clause
from apps.jurisdictions.selectors import book_of
from apps.jurisdictions.serializers import ClauseSerializer, RulesQuerySerializer, RulesSerializer


class RulesView(GenericAPIView[Any]):
    """The rules in force."""

    serializer_class = RulesSerializer

    @extend_schema(summary="现行制度", parameters=[RulesQuerySerializer], responses={200: RulesSerializer, **INVALID})
    def get(self, request: Request) -> Response:
        """In one's own area today, or where and when one asks; a unit or a person says where."""
        asked = RulesQuerySerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        scope = tenancy.current()
        area = asked.validated_data.get("area") or (scope and scope.area)
        if not area:
            raise BadInput("请写明行政区：?area=行政区代码。")
        try:
            book = book_of(area, asked.validated_data.get("on") or timezone.localdate())
        except LookupError as error:
            raise NotFound("这个地区在这一天还没有生效的制度。") from error
        return Response(RulesSerializer(book).data)


class ClauseView(GenericAPIView[Clause]):
    """One clause."""

    serializer_class = ClauseSerializer
    queryset = Clause.objects.none()

    @extend_schema(summary="条款", responses={200: ClauseSerializer, **REFUSALS})
    def get(self, request: Request, clause: str) -> Response:
        """By its id as cited beside a figure."""
        found = Clause.objects.filter(pk=clause).first()
        if found is None:
            raise NotFound
        return Response(ClauseSerializer(found).data)
