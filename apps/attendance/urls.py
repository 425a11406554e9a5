from django.urls import path

from apps.attendance.views import sheet, spans
from apps.core.http import converters_register

converters_register()
app_name = "attendance"
urlpatterns = [
    path("sheet/", sheet.current, name="current"),
    path("sheet/<area:area>/<month:month>/", sheet.sheet, name="sheet"),
    path("sheet/<area:area>/<month:month>/data.json", sheet.data, name="data"),
    path("sheet/<area:area>/<month:month>/save.json", sheet.save, name="save"),
    path("sheet/<area:area>/<month:month>/sign/<slug:step>/", sheet.sign, name="sign"),
    path("sheet/<area:area>/<month:month>/records/", spans.spans, name="spans"),
    path("sheet/records/<int:span>/remove/", spans.remove, name="span_remove"),
]
