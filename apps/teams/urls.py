from django.urls import path

from apps.core.http import converters_register
from apps.teams import views, views_terms, views_villages

converters_register()
app_name = "teams"
urlpatterns = [
    path("cadres/", views.postings, name="roster"),
    path("terms/", views_terms.terms, name="terms"),
    path("villages/", views_villages.villages, name="villages"),
    path("villages/<area:area>/", views_villages.village, name="village"),
    path("villages/<area:area>/classes/", views_villages.classes, name="village_classes"),
    path("villages/<area:area>/measures/", views_villages.measures, name="village_measures"),
    path("villages/<area:area>/needs/", views_villages.needs, name="village_needs"),
    path("villages/<area:area>/helpers/", views_villages.helpers, name="village_helpers"),
    path("villages/<area:area>/reasons/", views_villages.reasons, name="village_reasons"),
    path("villages/<area:area>/reductions/", views_villages.reductions, name="village_reductions"),
]
