from django.urls import path

from apps.core.http import converters_register
from apps.leave.views import acts, ask, away, board, deputies, detail, due, duty, filings, paper, rest

converters_register()
app_name = "leave"
urlpatterns = [
    path("leave/", board.board, name="list"),
    path("leave/new/", ask.new, name="new"),
    path("leave/plan/", ask.plan, name="plan"),
    path("leave/away/", away.away, name="away"),
    path("leave/duty/", duty.duty, name="duty"),
    path("leave/duty/<int:team>/<month:month>/", duty.duty_page, name="duty_month"),
    path("leave/rest/", rest.rest, name="rest"),
    path("leave/rest/<int:team>/<int:year>/", rest.rest_plan, name="rest_plan"),
    path("leave/rest/line/<int:line>/remove/", rest.remove, name="rest_remove"),
    path("leave/due/", due.due, name="due"),
    path("leave/due/<int:posting>/<int:year>/<str:key>/", due.due_entry, name="due_entry"),
    path("leave/paper/", paper.paper, name="paper"),
    path("leave/paper/plan/", paper.plan, name="paper_plan"),
    path("leave/filings/", filings.filings, name="filings"),
    path("leave/filings/<int:filing>/seen/", filings.seen, name="filing_seen"),
    path("leave/deputies/", deputies.deputies, name="deputies"),
    path("leave/deputies/<int:deputy>/end/", deputies.end, name="deputy_end"),
    path("leave/proof/<int:proof>/", detail.proof, name="proof"),
    path("leave/<int:leave>/", detail.detail, name="detail"),
    path("leave/<int:leave>/change/", ask.change, name="change"),
    path("leave/<int:leave>/act/", acts.act, name="act"),
    path("leave/<int:leave>/withdraw/", acts.withdraw, name="withdraw"),
    path("leave/<int:leave>/back/", acts.back, name="back"),
    path("leave/<int:leave>/untaken/", acts.untaken, name="untaken"),
    path("leave/<int:leave>/judge/", acts.judge, name="judge"),
    path("leave/<int:leave>/paper-return/", acts.paper_return, name="paper_return"),
]
