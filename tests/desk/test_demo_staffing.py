"""Selection in the demonstration: openings and candidates in several states in every jurisdiction."""

from __future__ import annotations

from collections import defaultdict

from apps.core.tenancy import Scope, entered
from apps.desk.demo.load import Loaded
from apps.staffing.models import Case, CaseAct, Opening


def test_every_jurisdiction_shows_openings_and_candidates_in_several_states(loaded: Loaded) -> None:
    with entered(Scope(area="C")):
        states, waiting = defaultdict(set), defaultdict(set)
        for case in Case.objects.filter(matter="selection"):
            states[case.area[:7]].add(case.state)
        for opening in Opening.objects.all():
            waiting[opening.area[:7]].add(opening.unit_id is None)
        steps = {case: CaseAct.objects.filter(case=case).count() for case in Case.objects.all()}
    assert len(states) >= 4
    assert all({"open", "done", "returned"} <= found for found in states.values()), dict(states)
    assert all(found == {True, False} for found in waiting.values())
    assert max(steps.values()) >= 4, "somewhere the whole way of a procedure is shown"
