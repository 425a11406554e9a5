from django.urls import path

from apps.amendments.views import acts, pages, proposals

app_name = "amendments"
urlpatterns = [
    path("rules/amendments/", pages.listing, name="list"),
    path("rules/amendments/upload/", proposals.upload, name="upload"),
    path("rules/amendments/override/", proposals.override, name="override"),
    path("rules/amendments/<int:amendment>/", pages.detail, name="detail"),
    path("rules/amendments/<int:amendment>/rehearsal/", pages.rehearsal, name="rehearsal"),
    path("rules/amendments/<int:amendment>/rehearsal.csv", pages.rehearsal_table, name="rehearsal_table"),
    path("rules/amendments/<int:amendment>/rehearse/", acts.rehearse, name="rehearse"),
    path("rules/amendments/<int:amendment>/publish/", acts.publish, name="publish"),
    path("rules/amendments/<int:amendment>/refuse/", acts.refuse, name="refuse"),
    path("rules/amendments/<int:amendment>/withdraw/", acts.withdraw, name="withdraw"),
]
