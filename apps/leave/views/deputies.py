"""Deputies: who stands in for me, from when to when, and for whom I do."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.accounts.selectors import deputies_of, deputising
from apps.accounts.services import deputy_appoint, deputy_end
from apps.core.errors import ApplicationError, Forbidden, NotFound
from apps.leave.forms import DeputyForm


@require_http_methods(["GET", "POST"])
def deputies(request: ScopedRequest) -> HttpResponse:
    """One's own deputies; a POST appoints one in the present position."""
    require(request.actor, "deputy.set")
    form = DeputyForm(request.POST or None, initial={"first": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and _appointed(request, form):
        return redirect("leave:deputies")
    user, today = request.actor.user, timezone.localdate()
    context = {"form": form, "mine": deputies_of(user), "others": deputising(user, today), "today": today}
    return render(request, "leave/deputies.html", context)


def _appointed(request: ScopedRequest, form: DeputyForm) -> bool:
    try:
        made = deputy_appoint(actor=request.actor, **form.cleaned_data)
    except (NotFound, Forbidden):
        raise
    except ApplicationError as error:
        form.add_error(None, error.message)
        return False
    messages.success(request, f"已委托{made.deputy.name}代为办理请假。")
    return True


@require_POST
def end(request: ScopedRequest, deputy: int) -> HttpResponse:
    """End one's own appointment today."""
    ended = deputy_end(actor=request.actor, deputy=deputy)
    messages.success(request, f"已终止对{ended.deputy.name}的委托。")
    return redirect("leave:deputies")
