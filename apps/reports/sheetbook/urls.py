"""Included by apps.reports.urls, in its namespace."""

from django.urls import path

from apps.core.http import converters_register
from apps.reports.sheetbook import views

converters_register()
urlpatterns = [
    path("sheet/<area:area>/<month:month>/book.xlsx", views.export, name="sheet_export"),
    path("sheet/<area:area>/<month:month>/import/", views.upload, name="sheet_import"),
    path("sheet/<area:area>/<month:month>/import/confirm/", views.confirm, name="sheet_import_confirm"),
]
