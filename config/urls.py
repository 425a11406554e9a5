"""The site's addresses.  Every page but the login needs a login (LoginRequiredMiddleware)."""

from django.urls import URLPattern, URLResolver, include, path

from config.health import healthz

APPS = (
    "accounts",
    "jurisdictions",
    "teams",
    "staffing",
    "leave",
    "attendance",
    "notices",
    "ledgers",
    "amendments",
    "reports",
    "desk",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", include("config.api_urls")),
    *(path("", include(f"apps.{name}.urls")) for name in APPS),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
