"""The buttons of a proposal: rehearse, publish, refuse, withdraw."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from apps.accounts.middleware import ScopedRequest
from apps.amendments.services import (
    amendment_publish,
    amendment_refuse,
    amendment_rehearse,
    amendment_withdraw,
)
from apps.core.http import told

LIST = "/rules/amendments/"


@require_POST
@told(LIST)
def rehearse(request: ScopedRequest, amendment: int) -> HttpResponse:
    """Rehearse it on the stored months."""
    found = amendment_rehearse(actor=request.actor, amendment=amendment)
    messages.success(request, f"试算完成：{len(found.changes)} 个数字有变化。没有改动任何数据。")
    return redirect("amendments:detail", amendment=amendment)


@require_POST
@told(LIST)
def publish(request: ScopedRequest, amendment: int) -> HttpResponse:
    """Publish it as its second person."""
    found = amendment_publish(actor=request.actor, amendment=amendment, remark=request.POST.get("remark", ""))
    messages.success(request, f"已发布“{found.title}”。未月结的月份从现在起按新的规则计算，已月结的不变。")
    return redirect("amendments:detail", amendment=amendment)


@require_POST
@told(LIST)
def refuse(request: ScopedRequest, amendment: int) -> HttpResponse:
    """Send it back to its proposer."""
    found = amendment_refuse(actor=request.actor, amendment=amendment, remark=request.POST.get("remark", ""))
    messages.success(request, f"已退回给{found.proposer}，没有发布。")
    return redirect("amendments:detail", amendment=amendment)


@require_POST
@told(LIST)
def withdraw(request: ScopedRequest, amendment: int) -> HttpResponse:
    """Take back one's own."""
    amendment_withdraw(actor=request.actor, amendment=amendment, remark=request.POST.get("remark", ""))
    messages.success(request, "已撤回，没有发布。")
    return redirect("amendments:detail", amendment=amendment)
