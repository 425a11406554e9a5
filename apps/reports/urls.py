"""Workbooks, prints and imports."""

from django.urls import include, path

from apps.reports.views import books

app_name = "reports"
urlpatterns = [
    path("ledgers/<int:ledger>/ledger.xlsx", books.ledger_xlsx, name="ledger_xlsx"),
    path("unit/<int:year>/<int:quarter>/quarter.xlsx", books.unit_quarter, name="unit_quarter"),
    path("", include("apps.reports.roster.urls")),
    path("", include("apps.reports.sheetbook.urls")),
]
