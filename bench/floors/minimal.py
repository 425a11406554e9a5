"""The floors of pages: Django with nothing around two views, on the same tables, served by the same gunicorn.

`/sheet/<area>/<month>` is one SQL statement to JSON; `/list` a generic list of fifty with its template; `/grid/…` the
grid library alone, fed by the first.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar

import django
import environ
from django.conf import settings

env = environ.Env()
HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent.parent / "static" / "vendor"

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        SECRET_KEY="floor",  # noqa: S106 - nothing is signed
        ROOT_URLCONF=__name__,
        DATABASES={"default": {**env.db_url_config(os.environ["DATABASE_OWNER_URL"]), "CONN_MAX_AGE": None}},
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [HERE]}],
        USE_TZ=True,
        LANGUAGE_CODE="zh-hans",
        TIME_ZONE="Asia/Shanghai",
    )
    django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.generic import ListView  # noqa: E402
from django.views.static import serve  # noqa: E402

from apps.core.months import Month  # noqa: E402

_SHEET = """
SELECT json_agg(json_build_array(p.id, p.name, p.roles, l.marks, l.version) ORDER BY p.area, p.id)::text
FROM teams_posting p LEFT JOIN attendance_sheetline l ON l.posting_id = p.id AND l.month = %s
WHERE p.area >= %s AND p.area < %s
"""


class Row(models.Model):
    """The ledger table, as far as a list shows it."""

    objects: ClassVar[models.Manager[Row]]

    name = models.CharField(max_length=80)
    month = models.DateField()
    kind = models.CharField(max_length=10)
    people = models.IntegerField()
    version = models.IntegerField()
    state = models.CharField(max_length=12)
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "ledgers_ledger"


class Rows(ListView):
    queryset = Row.objects.order_by("-month", "id")
    paginate_by = 50
    template_name = "list.html"


def sheet(request: HttpRequest, area: str, month: str) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(_SHEET, [f"{month}-01", area, f"{area}~"])
        return HttpResponse(cursor.fetchone()[0], content_type="application/json")


def grid(request: HttpRequest, area: str, month: str) -> HttpResponse:
    return render(request, "grid.html", {"area": area, "month": month, "days": Month.parse(month).days})


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [
    path("healthz", healthz),
    path("sheet/<str:area>/<str:month>", sheet),
    path("list", Rows.as_view()),
    path("grid/<str:area>/<str:month>", grid),
    path("vendor/<path:path>", serve, {"document_root": VENDOR}),
]
application = WSGIHandler()
