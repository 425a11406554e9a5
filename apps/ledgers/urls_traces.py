from django.urls import path

from apps.core.http import converters_register
from apps.ledgers.views import traces

converters_register()
urlpatterns = [
    path("trace/line/<line:line>/<int:measure>/", traces.line, name="trace_line"),
    path("trace/line/<line:line>/<slug:category>/", traces.days, name="trace_days"),
    path("trace/sheet/<int:posting>/<month:month>/<int:measure>/", traces.sheet, name="trace_sheet"),
    path("trace/sheet/<int:posting>/<month:month>/<slug:category>/", traces.sheet_days, name="trace_sheet_days"),
    path("trace/due/<slug:source>/<month:month>/<slug:part>/", traces.due, name="trace_due"),
    path("trace/total/<int:ledger>/<slug:what>/", traces.total, name="trace_total"),
    path("trace/quarter/<int:posting>/<int:year>/<int:quarter>/<slug:category>/", traces.quarter, name="trace_quarter"),
]
