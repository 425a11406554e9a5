"""What a team told its village from time to time."""

from __future__ import annotations

from datetime import date

import pytest

from apps.core.errors import BadInput, Forbidden, NotFound, Refused
from apps.core.tenancy import entered
from apps.notices.selectors.records import told_by
from apps.notices.services import disclosure_record, publication_record
from tests.factories import actor_of, team_of
from tests.notices.conftest import DACHUAN, TODAY, TONGWEI, Village

KINDS = ("重大公益事业项目建设", "政策补助资金发放", "救灾救济款物分配", "评优选先", "其它与群众生产生活密切相关的事项")


@pytest.mark.clause("TW-15-2")
def test_the_plan_and_its_completion_are_told_and_the_days_since_are_counted(tongwei: Village) -> None:
    assert told_by(tongwei.team, TODAY).since is None
    leader = actor_of("team_leader", tongwei.team)
    told = {"team": tongwei.team.pk, "plan": "修路\n办讲座", "completion": "路已修通"}
    with entered(leader.scope):
        publication_record(actor=leader, on=date(2026, 9, 1), **told)
        publication_record(actor=leader, on=date(2026, 10, 20), **told)
        publication_record(actor=leader, on=date(2026, 8, 1), **told)
    found = told_by(tongwei.team, TODAY)
    assert (found.since, len(found.publications)) == (21, 3)
    assert found.publication and "没有期间" in found.publication.left_open["window"]
    for wrong in ({"on": date(2026, 11, 11)}, {"plan": " "}, {"completion": ""}):
        with pytest.raises(BadInput):
            publication_record(actor=leader, **{"on": TODAY, **told, **wrong})


@pytest.mark.clause("TW-15-3")
def test_matters_laid_open_are_of_five_kinds_and_counted_by_kind(tongwei: Village) -> None:
    team = tongwei.team.pk
    for kind in (KINDS[1], KINDS[1], KINDS[3]):
        disclosure_record(actor=tongwei.clerk, team=team, kind=kind, on=TODAY, evidence="村部档案")
    assert told_by(tongwei.team, TODAY).counts == [*zip(KINDS, (0, 2, 0, 1, 0), strict=True)]
    with pytest.raises(BadInput, match="只能选"):
        disclosure_record(actor=tongwei.clerk, team=team, kind="村里的球赛", on=TODAY, evidence="村部档案")
    with pytest.raises(BadInput, match="凭据"):
        disclosure_record(actor=tongwei.clerk, team=team, kind=KINDS[0], on=TODAY, evidence=" ")


def test_where_no_rule_asks_nothing_is_written_down(dachuan: Village) -> None:
    found = told_by(dachuan.team, TODAY)
    assert (found.publication, found.disclosure, found.counts) == (None, None, [])
    with pytest.raises(Refused, match="没有写"):
        publication_record(actor=dachuan.clerk, team=dachuan.team.pk, on=TODAY, plan="修路", completion="完成")
    with pytest.raises(Refused, match="没有写"):
        disclosure_record(actor=dachuan.clerk, team=dachuan.team.pk, kind=KINDS[0], on=TODAY, evidence="村部")


def test_only_the_team_itself_and_its_township_write_it_down(tongwei: Village) -> None:
    told = {"team": tongwei.team.pk, "on": TODAY, "plan": "修路", "completion": "完成"}
    other = team_of(f"{TONGWEI}202")
    for office, on, error in (
        ("team_leader", other, NotFound),
        ("township_clerk", DACHUAN, NotFound),
        ("village_signer", tongwei.team, Forbidden),
        ("county_office", TONGWEI[:7], Forbidden),
    ):
        actor = actor_of(office, on)
        with entered(actor.scope), pytest.raises(error):
            publication_record(actor=actor, **told)
