from django.urls import path

from apps.staffing.views import board, case, departures, handovers, nominate, openings, party, service

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
    path("departures/", departures.departures, name="departures"),
    path("departures/new/", departures.choose, name="departure_choose"),
    path("departures/new/<int:posting>/", departures.new, name="departure_new"),
    path("departures/<int:departure>/", departures.departure, name="departure"),
    path("departures/<int:departure>/change/", departures.change, name="departure_change"),
    path("handovers/", handovers.handovers, name="handovers"),
    path("handovers/begin/<int:posting>/", handovers.begin, name="handover_begin"),
    path("handovers/<int:handover>/", handovers.handover, name="handover"),
    path("handovers/<int:handover>/paper/", handovers.paper, name="handover_paper"),
    path("handovers/<int:handover>/write/", handovers.write, name="handover_write"),
    path("handovers/<int:handover>/receive/", handovers.receive, name="handover_receive"),
    path("handovers/<int:handover>/sign/", handovers.sign, name="handover_sign"),
    path("handovers/<int:handover>/back/", handovers.send_back, name="handover_back"),
    path("party/", party.party, name="party"),
    path("party/<int:posting>/", party.person, name="party_person"),
    path("party/<int:posting>/secretary/", party.secretary, name="party_secretary"),
    path("party/secretary/<int:secretary>/end/", party.secretary_end, name="party_secretary_end"),
    path("service/", service.own, name="service_own"),
    path("service/<int:posting>/", service.service, name="service"),
]
