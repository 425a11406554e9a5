"""Workbooks, prints and imports."""

from django.urls import include, path

app_name = "reports"
urlpatterns = [
    path("", include("apps.reports.roster.urls")),
    path("", include("apps.reports.sheetbook.urls")),
]
