"""What all interfaces share: one shape of error, pages, and how often one may ask.

    {"error": {"message": "…", "code": "…", "details": [{"field": …, "message": …}]}}

The middleware answers `ApplicationError` in the same shape; this module brings REST framework's own errors into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import exceptions, pagination, serializers, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from apps.core.months import Month

MESSAGES = {
    status.HTTP_400_BAD_REQUEST: "请求的内容有误，请按接口说明核对。",
    status.HTTP_403_FORBIDDEN: "您当前的岗位不能查看这项内容。",
    status.HTTP_404_NOT_FOUND: "没有找到这项内容，可能已被移动，或不在您的管理范围内。",
    status.HTTP_405_METHOD_NOT_ALLOWED: "这个地址只能查询，不能写入。",
    status.HTTP_406_NOT_ACCEPTABLE: "这个地址只提供 JSON。",
    status.HTTP_429_TOO_MANY_REQUESTS: "请求过于频繁，请稍后再试。",
}
MONTH_PATTERN = r"^2[0-9]{3}-(0[1-9]|1[0-2])$"
LOG_IN = "请先登录。"


class Pages(pagination.LimitOffsetPagination):
    """`limit` (1–200, 50 unless told) and `offset`; anything else falls back to the first page."""

    default_limit = 50
    max_limit = 200


def error_response(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """REST framework's EXCEPTION_HANDLER.  None for what it does not know: that goes on to the middleware."""
    response = exception_handler(exception, dict(context))
    if response is None:
        return None
    signed_out = isinstance(exception, exceptions.NotAuthenticated | exceptions.AuthenticationFailed)
    details = list(_details(response.data)) if isinstance(exception, exceptions.ValidationError) else []
    fallback = LOG_IN if signed_out else MESSAGES.get(response.status_code, MESSAGES[400])
    response.data = {
        "error": {
            "message": details[0]["message"] if details else fallback,
            "code": "not_authenticated" if signed_out else _code(exception),
            "details": details,
        }
    }
    return response


def _code(exception: Exception) -> str:
    return str(getattr(exception, "default_code", "not_found")).replace("invalid", "bad_input")


def _details(data: Any) -> Iterator[dict[str, str]]:
    pairs = data.items() if isinstance(data, Mapping) else [("", data)]
    for field, messages in pairs:
        for message in messages if isinstance(messages, list) else [messages]:
            yield {"field": str(field), "message": str(message)}


@extend_schema_field({"type": "string", "pattern": MONTH_PATTERN, "example": "2026-10"})
class MonthField(serializers.Field[Any, Any, str, Any]):
    """A civil month, `2026-10`; from the first day of the month or a Month."""

    def to_representation(self, value: date | Month) -> str:
        return str(value if isinstance(value, Month) else Month.of(value))


class ErrorDetailSerializer(serializers.Serializer[Any]):
    """One thing that is wrong."""

    field = serializers.CharField(required=False)
    message = serializers.CharField()


class ErrorBodySerializer(serializers.Serializer[Any]):
    """What is wrong and what to do, in Chinese."""

    message = serializers.CharField()
    code = serializers.CharField()
    details = ErrorDetailSerializer(many=True)


class ErrorSerializer(serializers.Serializer[Any]):
    """The one shape of every error."""

    error = ErrorBodySerializer()


REFUSALS: dict[int, type[ErrorSerializer]] = dict.fromkeys((403, 404, 429), ErrorSerializer)
INVALID: dict[int, type[ErrorSerializer]] = {400: ErrorSerializer, **REFUSALS}
