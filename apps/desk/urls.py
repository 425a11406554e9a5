from django.urls import path

from apps.desk.views import home, own, rollup, rules, unit

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("rollup/", rollup.rollup, name="rollup"),
    path("rollup/trace/", rollup.rollup_trace, name="rollup_trace"),
    path("unit/", unit.unit, name="unit"),
    path("self/", own.own, name="self"),
    path("rules/mine/", rules.mine, name="rules"),
]
