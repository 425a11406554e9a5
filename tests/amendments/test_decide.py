"""Deciding: two people, a rehearsal that still counts, one decision; by services, by the database, by the command."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, InternalError, transaction

from apps.accounts.access import Actor
from apps.amendments.models import Amendment, State
from apps.amendments.selectors import changes_by, published_since, rehearsal_counts
from apps.amendments.services import (
    amendment_publish,
    amendment_refuse,
    amendment_rehearse,
    amendment_upload,
    amendment_withdraw,
)
from apps.core.errors import BadInput, Conflict, Forbidden, Refused
from apps.jurisdictions.models import Clause, RulePack
from apps.jurisdictions.services import pack_publish
from apps.rules.said import Line
from tests.amendments.packs import COUNTY, PACKS, files_of, zipped
from tests.amendments.test_upload import own
from tests.core.tables import run
from tests.factories import actor_of, grant
from tests.world import browser

pytestmark = pytest.mark.usefixtures("nation")


@pytest.fixture
def first() -> Actor:
    return actor_of("county_office", COUNTY, "孙主任")


@pytest.fixture
def second() -> Actor:
    return actor_of("county_org_dept", COUNTY, "周科长")


def proposed(actor: Actor, number: int = 240, **more: bytes) -> Amendment:
    files = files_of(attendance=("at_least: 220", f"at_least: {number}"))
    extra = {f"{name}.yaml": content for name, content in more.items()}
    return amendment_upload(actor=actor, files=[zipped(files | extra)], reason="会议")


def said(lines: Iterable[Line]) -> str:
    return "".join(line.text for line in lines)


def versions() -> int:
    return RulePack.objects.filter(code="tongwei").count()


def test_nothing_is_published_without_a_rehearsal(first: Actor, second: Actor) -> None:
    found = proposed(first)
    with pytest.raises(Refused, match="还没有试算"):
        amendment_publish(actor=second, amendment=found.pk)
    assert versions() == 1
    decided = "state = 'published', decider = '周科长', decided_at = now(), decided_by_id = %s"
    with pytest.raises(IntegrityError, match="amendment_published_is_rehearsed"), transaction.atomic():
        run(f"UPDATE amendments_amendment SET {decided} WHERE id = %s", [second.user.pk, found.pk])


@pytest.mark.parametrize("state", ["published", "refused"])
def test_the_database_refuses_one_person_for_both(first: Actor, state: str) -> None:
    found = proposed(first)
    amendment_rehearse(actor=first, amendment=found.pk)
    decided = "state = %s, decider = '另一名字', decided_at = now(), decided_by_id = proposed_by_id"
    with pytest.raises(IntegrityError, match="amendment_two_people"), transaction.atomic():
        run(f"UPDATE amendments_amendment SET {decided} WHERE id = %s", [state, found.pk])
    named = "state = %s, decider = proposer, decided_at = now()"
    with pytest.raises(IntegrityError, match="amendment_two_people"), transaction.atomic():
        run(f"UPDATE amendments_amendment SET {named} WHERE id = %s", [state, found.pk])


@pytest.mark.parametrize("column", ["content", "hash", "reason", "proposer", "title", "area"])
def test_what_was_proposed_never_changes(first: Actor, column: str) -> None:
    found = proposed(first)
    with pytest.raises(InternalError, match="amendment_content"), transaction.atomic():
        run(f"UPDATE amendments_amendment SET {column} = 'C621' WHERE id = %s", [found.pk])


def test_a_decided_proposal_is_decided_for_ever(first: Actor, second: Actor) -> None:
    found = proposed(first)
    amendment_withdraw(actor=first, amendment=found.pk, remark="写错了")
    for act in (amendment_publish, amendment_rehearse):
        with pytest.raises(Conflict, match="已撤回"):
            act(actor=second, amendment=found.pk)
    with pytest.raises(InternalError, match="Invalid transition"), transaction.atomic():
        run("UPDATE amendments_amendment SET state = 'refused' WHERE id = %s", [found.pk])
    assert proposed(first).pk != found.pk, "the same content may be proposed again"


def test_the_proposer_never_decides_whatever_office_he_holds(first: Actor) -> None:
    from apps.accounts.selectors import positions
    from apps.jurisdictions.models import Division

    found = proposed(first)
    amendment_rehearse(actor=first, amendment=found.pk)
    grant(first.user, "county_org_dept", Division.objects.get(pk=COUNTY))
    moved = Actor(first.user, positions(first.user)[0])
    assert "county_org_dept" in moved.offices
    for act in (
        lambda: amendment_publish(actor=moved, amendment=found.pk),
        lambda: amendment_refuse(actor=moved, amendment=found.pk, remark="不"),
    ):
        with pytest.raises(Forbidden, match="两人"):
            act()


def test_a_refusal_and_a_withdrawal_need_their_reason(first: Actor, second: Actor) -> None:
    found = proposed(first)
    for act, actor in ((amendment_refuse, second), (amendment_withdraw, first)):
        with pytest.raises(BadInput, match="原因"):
            act(actor=actor, amendment=found.pk, remark="  ")
    with pytest.raises(Forbidden, match="只有提出人"):
        amendment_withdraw(actor=second, amendment=found.pk, remark="不")
    done = amendment_refuse(actor=second, amendment=found.pk, remark="与文件不符")
    assert (done.state, done.decider, done.remark) == (State.REFUSED, "周科长", "与文件不符")
    assert versions() == 1


def test_a_rehearsal_is_worth_nothing_after_another_publication(first: Actor, second: Actor) -> None:
    one, two = proposed(first, 240), proposed(first, 230)
    for each in (one, two):
        amendment_rehearse(actor=second, amendment=each.pk)
    amendment_publish(actor=second, amendment=one.pk)
    two.refresh_from_db()
    assert published_since(two) and not rehearsal_counts(two)
    with pytest.raises(Refused, match="重新试算"):
        amendment_publish(actor=second, amendment=two.pk)
    assert "请重新试算" in browser(second.user).get(f"/rules/amendments/{two.pk}/").content.decode()
    amendment_rehearse(actor=second, amendment=two.pk)
    amendment_publish(actor=second, amendment=two.pk)
    assert versions() == 3
    [(_, _, change)] = changes_by(Amendment.objects.get(pk=two.pk))
    assert ("240" in said(change.old), "230" in said(change.new)) == (True, True)
    [(_, _, change)] = changes_by(Amendment.objects.get(pk=one.pk))
    assert ("220" in said(change.old), "240" in said(change.new)) == (True, True), "not what is left of it"


def test_a_publication_above_counts_too(first: Actor, second: Actor) -> None:
    found = proposed(first)
    amendment_rehearse(actor=second, amendment=found.pk)
    from apps.jurisdictions.selectors import pack_latest

    above = pack_latest("central")
    assert above
    assert pack_publish(
        pack=above.model_copy(update={"note": "改了说明"}).__class__.load(above.dump() | {"note": "改了说明"}),
        proposed_by="甲",
        confirmed_by="乙",
    )
    with pytest.raises(Refused, match="重新试算"):
        amendment_publish(actor=second, amendment=found.pk)


def test_clauses_are_published_with_their_pack_and_stay_as_they_are(first: Actor, second: Actor) -> None:
    found = proposed(first, 240, clauses=own())
    amendment_rehearse(actor=first, amendment=found.pk)
    assert not Clause.objects.filter(pk="TX-1-1").exists()
    amendment_publish(actor=second, amendment=found.pk)
    clause = Clause.objects.get(pk="TX-1-1")
    assert (clause.pack, clause.gist, clause.body["number"]) == ("tongwei", "每年不少于240天", "1号")
    proposed(first, 241, clauses=own())
    with pytest.raises(BadInput) as error:
        proposed(first, 242, clauses=own(gist="每年不少于242天"))
    assert "TX-1-1 已经用过" in error.value.details[0]["message"]


def test_two_people_of_one_name_are_two_people(first: Actor) -> None:
    namesake = actor_of("county_org_dept", COUNTY, "sun2")
    namesake.user.name = first.name
    namesake.user.save()
    found = proposed(first)
    amendment_rehearse(actor=first, amendment=found.pk)
    assert amendment_publish(actor=namesake, amendment=found.pk).decider == "孙主任（sun2）"


def told(*arguments: object) -> str:
    out = StringIO()
    call_command("rules", "publish", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_goes_the_same_way(tmp_path: Path, first: Actor) -> None:
    folder = tmp_path / "tongwei"
    shutil.copytree(PACKS / "tongwei", folder)
    file = folder / "attendance.yaml"
    file.write_text(file.read_text("utf-8").replace("at_least: 220", "at_least: 240"), "utf-8")
    said = told(folder, "--by", "王某")
    assert "没有数字变化" in said and "没有发布" in said
    found = Amendment.objects.get()
    assert (found.state, found.proposer, found.proposed_by, found.source) == ("proposed", "王某", None, "command")
    assert found.rehearsed_at and versions() == 1
    with pytest.raises(CommandError, match="两人"):
        told(folder, "--by", "王某", "--confirmed-by", "王某")
    with pytest.raises(CommandError, match="王某提出"):
        told(folder, "--by", "李某", "--confirmed-by", "赵某")
    assert told(folder, "--by", "王某", "--confirmed-by", "李某").endswith("已发布。\n")
    found.refresh_from_db()
    assert (found.state, found.decider, versions()) == ("published", "李某", 2)
    assert "没有产生新版本" in told(folder, "--by", "王某", "--confirmed-by", "李某")


def test_what_a_command_proposed_is_confirmed_in_the_browser_by_another(tmp_path: Path, first: Actor) -> None:
    folder = tmp_path / "tongwei"
    shutil.copytree(PACKS / "tongwei", folder)
    file = folder / "attendance.yaml"
    file.write_text(file.read_text("utf-8").replace("at_least: 220", "at_least: 240"), "utf-8")
    told(folder, "--by", "孙主任")
    found = Amendment.objects.get()
    with pytest.raises(Forbidden):
        amendment_publish(actor=first, amendment=found.pk)
    done = amendment_publish(actor=actor_of("county_org_dept", COUNTY, "周科长"), amendment=found.pk)
    assert done.state == State.PUBLISHED
