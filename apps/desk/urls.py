from django.urls import path

from apps.desk.views import home, own, rollup, rules, unit

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("rollup/", rollup.rollup, name="rollup"),
    path("unit/", unit.unit, name="unit"),
    path("self/", own.own, name="self"),
    path("rules/mine/", rules.mine, name="rules"),
]
