from django.urls import path

from apps.staffing.views import board, case, nominate, openings

app_name = "staffing"
urlpatterns = [
    path("staffing/", board.board, name="list"),
    path("staffing/openings/new/", openings.new, name="opening_new"),
    path("staffing/openings/<int:opening>/", openings.opening, name="opening"),
    path("staffing/openings/<int:opening>/cancel/", openings.cancel, name="opening_cancel"),
    path("staffing/openings/<int:opening>/nominate/", nominate.nominate, name="nominate"),
    path("staffing/<int:case>/", case.case, name="case"),
    path("staffing/<int:case>/change/", nominate.change, name="change"),
    path("staffing/<int:case>/act/", case.act, name="act"),
    path("staffing/<int:case>/withdraw/", case.withdraw, name="withdraw"),
    path("staffing/<int:case>/place/", case.place, name="place"),
]
