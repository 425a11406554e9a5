from django.urls import include, path

from apps.core.http import converters_register
from apps.ledgers.views import detail, lists, months

converters_register()
app_name = "ledgers"
urlpatterns = [
    path("ledgers/", lists.ledgers, name="list"),
    path("ledgers/<int:ledger>/", detail.detail, name="detail"),
    path("ledgers/<int:ledger>/progress/", months.progress, name="progress"),
    path("ledgers/<int:ledger>/step/<slug:step>/", detail.step, name="step"),
    path("ledgers/<int:ledger>/file/<slug:step>/", detail.file, name="file"),
    path("ledgers/<int:ledger>/review/", detail.review, name="review"),
    path("ledgers/<int:ledger>/reopen/", months.reopen, name="reopen"),
    path("ledgers/close/<area:area>/<month:month>/", months.close, name="close"),
    path("ledgers/county/<area:area>/<month:month>/", months.county, name="county"),
    path("", include("apps.ledgers.urls_traces")),
]
