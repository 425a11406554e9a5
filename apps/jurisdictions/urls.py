from django.urls import path

from apps.core.http import converters_register
from apps.jurisdictions import views, views_law

converters_register()
app_name = "jurisdictions"
urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("rules/compare/", views_law.compare, name="compare"),
    path("rules/coverage/", views_law.coverage, name="coverage"),
    path("rules/history/", views_law.history, name="history"),
    path("rules/value/", views_law.value, name="value"),
    path("rules/clause/<clause:clause>/", views.clause, name="clause"),
]
