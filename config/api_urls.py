"""The HTTP interface, version 1, read-only, and its description."""

from django.urls import URLPattern, URLResolver, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from apps.core.http import converters_register
from apps.jurisdictions.api import ClauseView, RulesView
from apps.ledgers.api import LedgerViewSet, OwnMonthsView, TraceView
from apps.reports.api import UnitQuarterBookView, UnitQuarterView

converters_register()
app_name = "api"
router = SimpleRouter(use_regex_path=False)
router.register("ledgers", LedgerViewSet, basename="ledger")

urlpatterns: list[URLPattern | URLResolver] = [
    *router.urls,
    path("lines/<line:line>/measures/<int:measure>/trace/", TraceView.as_view(), name="trace"),
    path("me/months/", OwnMonthsView.as_view(), name="own-months"),
    path("units/quarters/<int:year>-Q<int:quarter>/", UnitQuarterView.as_view(), name="unit-quarter"),
    path("units/quarters/<int:year>-Q<int:quarter>.xlsx", UnitQuarterBookView.as_view(), name="unit-quarter-book"),
    path("rules/in-force/", RulesView.as_view(), name="rules"),
    path("clauses/<clause:clause>/", ClauseView.as_view(), name="clause"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api:schema"), name="docs"),
]
