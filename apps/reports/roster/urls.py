"""Included by apps.reports.urls, in its namespace."""

from django.urls import path

from apps.reports.roster import views

urlpatterns = [
    path("roster/", views.upload, name="roster"),
    path("roster/template.xlsx", views.template, name="roster_template"),
    path("roster/preview/", views.preview, name="roster_preview"),
    path("roster/confirm/", views.confirm, name="roster_confirm"),
]
