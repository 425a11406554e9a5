"""Publishing, taking down, putting up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.errors import BadInput, NotFound
from apps.core.http import told
from apps.jurisdictions.models import Village
from apps.notices.forms import DisplayForm, PublishForm, WithdrawForm
from apps.notices.selectors.standing import notice_of
from apps.notices.services import notice_display, notice_publish, notice_withdraw


@require_POST
@told("/notices/")
def publish(request: ScopedRequest, area: str) -> HttpResponse:
    """Publish one notice of a village as previewed."""
    if not Village.objects.filter(area=area).exists():
        raise NotFound
    require(request.actor, "notice.publish", area)
    form = PublishForm(request.POST)
    if not form.is_valid():
        raise BadInput("请从村的公示页面发布。")
    made = notice_publish(actor=request.actor, area=area, **form.cleaned_data)
    messages.success(request, f"已发布“{made.title}”第{made.version}版；打印张贴后请登记张贴日期。")
    return redirect("notices:notice", notice=made.pk)


@require_POST
@told("/notices/")
def display(request: ScopedRequest, notice: int) -> HttpResponse:
    """Say when a notice was put up."""
    require(request.actor, "notice.publish", notice_of(notice).area)
    form = DisplayForm(request.POST)
    if not form.is_valid():
        raise BadInput("请填写张贴日期。")
    notice_display(actor=request.actor, notice=notice, on=form.cleaned_data["on"])
    messages.success(request, "已登记张贴日期。")
    return redirect("notices:notice", notice=notice)


@require_POST
@told("/notices/")
def withdraw(request: ScopedRequest, notice: int) -> HttpResponse:
    """Take a notice down."""
    require(request.actor, "notice.publish", notice_of(notice).area)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        raise BadInput("请写明为什么撤下。")
    made = notice_withdraw(actor=request.actor, notice=notice, reason=form.cleaned_data["reason"])
    messages.success(request, "已撤下；公开页面只显示“已撤下”。")
    return redirect("notices:notice", notice=made.pk)
