"""Login, logout, and the choice of position."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from apps.accounts.forms import LoginForm
from apps.accounts.middleware import SESSION_KEY, ScopedRequest


class LoginView(auth.LoginView):
    template_name = "accounts/login.html"
    form_class = LoginForm
    redirect_authenticated_user = True


@require_POST
def position_choose(request: ScopedRequest) -> HttpResponse:
    """Make one of the user's own positions the current one; an unknown key changes nothing."""
    wanted = request.POST.get("position", "")
    if any(position.key == wanted for position in request.positions):
        request.session[SESSION_KEY] = wanted
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "/")
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else "/"
