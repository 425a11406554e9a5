"""What must hold of requests for leave, whatever was done with them."""

from __future__ import annotations

from datetime import date, timedelta

from apps.leave.models import VALID, LeaveAct, LeaveRequest


def no_day_twice(requests: list[LeaveRequest]) -> None:
    """No day of a posting lies in two of the requests."""
    taken = set[tuple[int, date]]()
    for request in requests:
        for ahead in range((request.until - request.first).days + 1):
            day = (request.posting_id, request.first + timedelta(days=ahead))
            assert day not in taken, (request, day)
            taken.add(day)


def granted_in_order(request: LeaveRequest, acts: list[LeaveAct]) -> None:
    """Whatever was granted has every act that its frozen procedure asks for, in order, in its last round."""
    if request.state in VALID:
        wanted = [step["key"] for step in request.rule["procedure"]["steps"]]
        mine = [act for act in acts if act.matter == "leave" and act.round == request.round]
        assert [act.key for act in mine if act.outcome == "done" and act.key in wanted] == wanted, request
