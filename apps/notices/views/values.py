"""What notices show and no register holds: filled in once by the county or the township."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.errors import BadInput
from apps.core.http import told
from apps.notices.forms import ValueForm
from apps.notices.selectors.values import asked_values
from apps.notices.services import value_set


@require_http_methods(["GET", "POST"])
@told("/notices/values/")
def values(request: ScopedRequest) -> HttpResponse:
    """The fields to fill in at one's own level; a POST fills in one."""
    require(request.actor, "notice.values")
    area = request.actor.scope.area or ""
    if request.method == "POST":
        form = ValueForm(request.POST)
        if not form.is_valid():
            raise BadInput("内容最多 200 字，请缩短后再保存。")
        value_set(actor=request.actor, area=area, **form.cleaned_data)
        messages.success(request, f"已保存“{form.cleaned_data['label']}”；已发布的公示要重新发布才会更新。")
        return redirect("notices:values")
    return render(request, "notices/values.html", {"asked": asked_values(area, timezone.localdate())})
