"""Notices of villages, for those who keep them and for everybody who reads the board."""

from django.urls import path

from apps.core.http import converters_register
from apps.notices.views import acts, board, public, tell, values

converters_register()

app_name = "notices"
urlpatterns = [
    path("notices/", board.board, name="list"),
    path("notices/values/", values.values, name="values"),
    path("notices/<area:area>/", board.village, name="village"),
    path("notices/<area:area>/publish/", acts.publish, name="publish"),
    path("notices/<int:notice>/", board.notice, name="notice"),
    path("notices/<int:notice>/display/", acts.display, name="display"),
    path("notices/<int:notice>/withdraw/", acts.withdraw, name="withdraw"),
    path("notices/teams/<int:team>/", tell.team, name="team"),
    path("notices/teams/<int:team>/publications/", tell.publications, name="publications"),
    path("notices/teams/<int:team>/disclosures/", tell.disclosures, name="disclosures"),
    path("public/<str:token>/", public.notice, name="public"),
]
