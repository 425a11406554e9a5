"""Workbooks, prints and imports."""

from django.urls import include, path

from apps.reports.views import books, documents

app_name = "reports"
urlpatterns = [
    path("ledgers/<int:ledger>/ledger.xlsx", books.ledger_xlsx, name="ledger_xlsx"),
    path("ledgers/<int:subject>/pdf/", documents.paper, {"kind": "ledger"}, name="ledger_pdf"),
    path(
        "ledgers/<int:subject>/pdf/progress/", documents.paper_progress, {"kind": "ledger"}, name="ledger_pdf_progress"
    ),
    path("papers/<slug:kind>/<int:subject>/", documents.paper, name="paper"),
    path("papers/<slug:kind>/<int:subject>/progress/", documents.paper_progress, name="paper_progress"),
    path("ledgers/documents/<int:document>/", documents.document, name="document"),
    path("unit/<int:year>/<int:quarter>/quarter.xlsx", books.unit_quarter, name="unit_quarter"),
    path("", include("apps.reports.roster.urls")),
    path("", include("apps.reports.sheetbook.urls")),
]
