from django.urls import path

from apps.jurisdictions import views

app_name = "jurisdictions"
urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("rules/clause/<str:clause>/", views.clause, name="clause"),
]
