from django.urls import path

from apps.teams import views

app_name = "teams"
urlpatterns = [
    path("cadres/", views.postings, name="roster"),
]
