from django.urls import path

from apps.core.http import converters_register
from apps.jurisdictions import views

converters_register()
app_name = "jurisdictions"
urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("rules/clause/<clause:clause>/", views.clause, name="clause"),
]
