"""The error pages.  Each shows the request's number, never a trace; the interface gets JSON (`apps.core.api`)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from structlog.contextvars import get_contextvars

TOLD = {
    400: "请求的内容有误，请按接口说明核对。",
    403: "这个请求没有通过核验。",
    404: "没有这个地址，请按接口说明核对。",
    500: "系统出了问题，请稍后再试；仍不行时请把请求编号告诉管理员。",
}


def _page(request: HttpRequest, code: str, status: int, template: str = "") -> HttpResponse:
    request_id = get_contextvars().get("request_id")
    if request.path.startswith("/api/"):
        body: dict[str, object] = {"message": TOLD[status], "code": code, "details": [], "request_id": request_id}
        return JsonResponse({"error": body}, status=status)
    return render(request, f"errors/{template or code}.html", {"request_id": request_id}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what was sent cannot be understood."""
    return _page(request, "400", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: inside the scope, without the role."""
    return _page(request, "403", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not yours; the two look the same.  Who is in a position keeps his way around."""
    return _page(request, "404", 404, "not_found" if hasattr(request, "actor") else "")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return _page(request, "500", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without its token."""
    return _page(request, "csrf", 403)
