"""A handover list and a certificate of service on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from apps.accounts.access import Actor
from apps.core.errors import Forbidden, NotFound
from apps.core.tenancy import NATION, Scope, entered
from apps.ledgers.models import Job
from apps.ledgers.tasks import job_run
from apps.reports.models import Document
from apps.reports.selectors.documents import document_of, is_current
from apps.reports.selectors.subjects import subject_of
from apps.reports.services import document_queue
from tests.factories import actor_of
from tests.staffing.conftest import Place, paper
from tests.staffing.leaving import FIVE, Post
from tests.staffing.test_handovers import LABELS, left

PlaceOf = Callable[..., Place]
A4 = (595.28, 841.89)


@pytest.fixture
def printer() -> None:
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip("pango is not installed")


def printed(actor: Actor, kind: str, subject: int) -> str:
    """The text of a paper asked for by somebody and made as a worker makes it, without spaces; A4 throughout."""
    with entered(actor.scope):
        document_queue(actor=actor, kind=kind, subject=subject)
    with entered(Scope(area=NATION)):
        job = Job.objects.get(kind=f"pdf_{kind}", subject=subject, state="queued")
        job_run(area=job.area, job=job.pk)
        assert Job.objects.get(pk=job.pk).state == "done"
        reader = PdfReader(BytesIO(bytes(Document.objects.get(kind=kind, subject=subject).content)))
    for page in reader.pages:
        assert (round(float(page.mediabox.width), 2), round(float(page.mediabox.height), 2)) == A4
    return "".join("".join((page.extract_text() or "").split()) for page in reader.pages)


@pytest.mark.clause("TW-17-2", "TW-17-3")
@pytest.mark.usefixtures("printer")
def test_the_handover_list_has_five_items_three_places_to_sign_its_clause_and_digest(place_of: PlaceOf) -> None:
    post, held = left(place_of("tongwei"))
    post.write("leader", held)
    post.receive("township_clerk", held, "next")
    clerk = post.office("township_clerk")
    text = printed(clerk, "handover", held.pk)
    assert "交接清单（五个清楚）" in text
    for number, (label, item) in enumerate(zip(LABELS, FIVE, strict=True), start=1):
        assert f"{number}．{label}{''.join(item.split())}" in text
    for capacity in ("移交人", "接收人", "监交人"):
        assert f"{capacity}：" in text
    assert text.count("（签字）") == 3
    assert "第十七条〔TW-17-2〕" in text and "第1页" in text
    with entered(Scope(area=NATION)):
        before = subject_of("handover", held.pk)
        assert before.stamp in text and is_current(document_of(before), before)
    post.sign("leader", held, "outgoing")
    post.sign("township_clerk", held, "incoming", paper())
    post.act("township_clerk", held.case_id, "witness", paper=paper(name="纪委书记"))
    with entered(Scope(area=NATION)):
        assert not is_current(document_of(before), subject_of("handover", held.pk)), "signatures make it out of date"
    text = printed(clerk, "handover", held.pk)
    assert "监交人：纪委书记（纸质签字存档）2026年9月2日" in text
    assert "（签字）" not in text


@pytest.mark.usefixtures("printer")
def test_the_certificate_lists_postings_with_months_up_to_its_day(place_of: PlaceOf) -> None:
    post = Post(place_of("tongwei"))
    post.add("leader", "leader", "first_secretary", first=date(2024, 9, 1))
    posting, county = post.people["leader"], actor_of("county_office", post.place.area[:7])
    text = printed(county, "service", posting.cadre_id)
    assert "驻村工作经历证明" in text and posting.name in text
    assert "队长、第一书记" in text and "2024年9月1日至今24" in text
    assert "截至2026年9月2日，累计满24个月。" in text and "（盖章）" in text


def test_papers_about_people_are_for_those_who_may_see_them(place_of: PlaceOf) -> None:
    post, held = left(place_of("tongwei"))
    cadre = post.people["leader"].cadre_id
    far, city = actor_of("township_clerk", "C621121101"), post.office("city_office")
    for actor, kind, subject, error in (
        (far, "handover", held.pk, NotFound),
        (far, "service", cadre, NotFound),
        (actor_of("county_office", "C511703"), "service", cadre, NotFound),
        (post.office("township_clerk"), "service", cadre, NotFound),
        (city, "service", cadre, Forbidden),
        (city, "handover", held.pk, Forbidden),
    ):
        with entered(actor.scope), pytest.raises(error):
            document_queue(actor=actor, kind=kind, subject=subject)
