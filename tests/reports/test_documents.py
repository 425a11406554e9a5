"""The PDF of a ledger: what it says, who may have it, when it is made again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from pypdf import PdfReader

from apps.core.errors import Conflict, NotFound
from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.ledgers.models import Job, Ledger, LedgerKind
from apps.ledgers.services import ledger_step
from apps.ledgers.services.county import county_ledger_fill, county_queue
from apps.ledgers.tasks import job_run
from apps.reports.models import Document
from apps.reports.selectors.documents import document_of, is_current
from apps.reports.selectors.subjects import Subject, subject_of
from apps.reports.services import document_queue
from tests.factories import actor_of, posting_of, team_of, unit_of
from tests.reports.months import accepted, closed

TOWNSHIP, JULY = "C621121100", Month(2026, 7)


@pytest.fixture(autouse=True)
def september() -> Iterator[None]:
    with time_machine.travel("2026-09-03 09:00+08:00", tick=False):
        yield


@pytest.fixture
def printer() -> None:
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip("pango is not installed")


@pytest.fixture
def ledger(nation: None) -> Ledger:
    team = team_of(f"{TOWNSHIP}201", "中林村")
    posting_of(team, "赵队长", "leader", "first_secretary")
    other = posting_of(team, "<b>王昇玥</b>", unit=unit_of("省发展改革委", home="C62"), first=date(2026, 7, 1))
    return closed(TOWNSHIP, JULY, {other: "V" * 5 + "AAA" + "V" * 23})


def printed(ledger: Ledger) -> Document:
    """The ledger's PDF, asked for and made as a worker makes it."""
    clerk = actor_of("township_clerk" if ledger.kind == LedgerKind.TOWNSHIP else "county_office", ledger.area)
    document_queue(actor=clerk, kind="ledger", subject=ledger.pk)
    job = Job.objects.get(kind="pdf", subject=ledger.pk, state="queued")
    job_run(area=job.area, job=job.pk)
    assert Job.objects.get(pk=job.pk).state == "done"
    return Document.objects.get(kind="ledger", subject=ledger.pk)


def texts(document: Document) -> list[str]:
    """The text of every page, without the spaces that a reader guesses."""
    reader = PdfReader(BytesIO(bytes(document.content)))
    return ["".join((page.extract_text() or "").split()) for page in reader.pages]


@pytest.mark.usefixtures("printer")
def test_the_pdf_holds_the_people_the_figures_the_signers_the_clauses_and_the_hash(ledger: Ledger) -> None:
    document = printed(ledger)
    [text] = texts(document)
    assert "通渭县平襄镇驻村干部考勤月度台账（2026年7月）" in text
    assert "赵队长队长、第一书记县水务局" in text
    # What somebody typed is text, never markup; a rare character has its glyph.
    assert "<b>王昇玥</b>队员省发展改革委" in text
    assert "28+3=31" in text
    assert "脱岗3天" in text
    assert "月结确认（经办人）township_clerk-C6211211002026年9月3日" in text
    assert "乡镇党委书记审签（乡镇党委书记）（签字）年月日" in text
    assert text.count("（盖章）") == 2
    assert "TW-13-2《通渭县驻村帮扶工作队和到村任职第一书记管理实施办法》第十三条" in text
    assert text.count(ledger.hash) == 2
    assert "第1页共1页" in text
    assert document.hash == hashlib.sha256(bytes(document.content)).hexdigest()


@pytest.mark.usefixtures("printer")
def test_a_long_ledger_goes_over_pages_with_heads_and_running_numbers(nation: None) -> None:
    for number in range(4):
        team = team_of(f"{TOWNSHIP}2{number:02d}", f"第{number}村")
        for place in range(30):
            posting_of(team, f"干部{number}{place:02d}")
    ledger = accepted(TOWNSHIP, JULY)
    pages = texts(printed(ledger))
    assert len(pages) == 4
    for number, text in enumerate(pages, start=1):
        assert f"第{number}页共4页" in text
        assert ledger.hash in text
        assert "派出单位" in text
    everybody = "".join(pages)
    assert all(f"干部{number}{place:02d}" in everybody for number in range(4) for place in range(30))
    assert "合计（120人）" in pages[-1] and "合计" not in pages[0]


@pytest.mark.usefixtures("printer")
def test_the_countys_pdf_lists_its_townships_with_their_hashes(nation: None) -> None:
    posting_of(team_of(f"{TOWNSHIP}201"), "王建国")
    part = accepted(TOWNSHIP, JULY)
    ledger = county_queue(area="C621121", month=JULY, by="孙主任")
    county_ledger_fill(ledger=ledger.pk)
    [text] = texts(printed(Ledger.objects.get(pk=ledger.pk)))
    assert "通渭县到岗及履职情况台账（2026年7月）" in text
    assert f"第1版{part.hash}" in text
    assert "汇总编制（经办人）孙主任" in text


@pytest.mark.usefixtures("printer")
def test_a_paper_is_made_once_and_again_after_a_signature(ledger: Ledger) -> None:
    first = printed(ledger)

    def subject() -> Subject:
        return subject_of("ledger", ledger.pk)

    clerk = actor_of("township_clerk", TOWNSHIP)
    document_queue(actor=clerk, kind="ledger", subject=ledger.pk)
    assert Job.objects.filter(kind="pdf").count() == 1
    ledger_step(actor=actor_of("township_secretary", TOWNSHIP, "钱书记"), ledger=ledger.pk, step="sign")
    assert not is_current(document_of(subject()), subject())
    document_queue(actor=clerk, kind="ledger", subject=ledger.pk)
    document_queue(actor=clerk, kind="ledger", subject=ledger.pk)
    assert Job.objects.filter(kind="pdf", state="queued").count() == 1
    second = printed(ledger)
    assert is_current(document_of(subject()), subject())
    assert "钱书记2026年9月3日" in texts(second)[0]
    assert (Document.objects.count(), second.pk, second.hash != first.hash) == (1, first.pk, True)


@pytest.mark.usefixtures("printer")
def test_the_same_ledger_delivered_twice_is_printed_once(ledger: Ledger) -> None:
    printed(ledger)
    job = Job.objects.get(kind="pdf")
    assert job_run(area=job.area, job=job.pk) == "skipped"


@pytest.mark.usefixtures("printer")
def test_pages_fetch_nothing_but_their_own_drawing() -> None:
    from apps.reports.compile.ledger.pages import Assets

    assets = Assets(grid="<svg/>")
    assert assets("paper:grid").read() == b"<svg/>"
    for url in ("file:///etc/passwd", "http://127.0.0.1/", "https://example.org/a.css", "data:,x", "paper:other"):
        with pytest.raises(ValueError, match="refused"):
            assets(url)


@pytest.mark.usefixtures("printer")
def test_a_page_that_names_addresses_reaches_none_of_them() -> None:
    import socket

    from weasyprint import CSS, HTML

    from apps.reports.compile.ledger.pages import Assets

    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        address = f"http://127.0.0.1:{canary.getsockname()[1]}/x"
        html = f'<img src="{address}"><link rel="stylesheet" href="{address}"><link rel="attachment" href="file:///etc/passwd">'
        css = f'@import url("{address}"); body {{ background: url("{address}") }}'
        style = CSS(string=css, url_fetcher=Assets())
        content = HTML(string=html, url_fetcher=Assets()).write_pdf(stylesheets=[style])
        with pytest.raises(TimeoutError):
            canary.accept()
    assert b"root:" not in content


def test_a_paper_is_asked_for_by_those_who_may_download(ledger: Ledger) -> None:
    for office, on in (("township_clerk", "C621121101"), ("team_leader", team_of(f"{TOWNSHIP}201"))):
        with pytest.raises(NotFound):
            document_queue(actor=actor_of(office, on), kind="ledger", subject=ledger.pk)
    queued = Ledger.objects.create(
        area="C621121101", kind="township", name="马营镇", month=JULY.first, book_id=ledger.book_id, attested_by="某人"
    )
    with pytest.raises(Conflict, match="还没有编成"):
        document_queue(actor=actor_of("township_clerk", "C621121101"), kind="ledger", subject=queued.pk)
    assert not Job.objects.filter(kind="pdf").exists()


def browser(office: str, area: str) -> Client:
    with entered(Scope(area=NATION)):
        user = actor_of(office, area).user
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.usefixtures("printer")
def test_the_page_makes_shows_and_hands_out_the_pdf(reference: None) -> None:
    with entered(Scope(area=NATION)):
        posting_of(team_of(f"{TOWNSHIP}201"), "王建国")
        ledger = closed(TOWNSHIP, JULY)
    client, address = browser("township_clerk", TOWNSHIP), f"/ledgers/{ledger.pk}/pdf/"
    assert "还没有生成" in client.get(address).content.decode()
    assert client.post(address)["Location"] == address
    assert "PDF 排队中" in client.get(f"{address}progress/").content.decode()
    with entered(Scope(area=NATION)):
        job = Job.objects.get(kind="pdf")
        job_run(area=job.area, job=job.pk)
        document = Document.objects.get()
    link = f"/ledgers/documents/{document.pk}/"
    assert link in client.get(address).content.decode()
    response = client.get(link)
    assert response.content.startswith(b"%PDF-")
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Security-Policy"].startswith("sandbox")
    stranger = browser("township_clerk", "C621121101")
    assert {stranger.get(path).status_code for path in (address, f"{address}progress/", link)} == {404}
    assert stranger.post(address).status_code == 404


def test_a_unit_and_a_neighbour_see_no_row_of_the_kept_papers(ledger: Ledger) -> None:
    Document.objects.create(
        area=ledger.area,
        kind="ledger",
        subject=ledger.pk,
        name="x",
        content=b"x",
        hash="x",
        stamp="x",
        by="x",
        made_at="2026-09-03T00:00Z",
    )
    for scope in (Scope(unit=unit_of().pk), Scope(area="C621121101")):
        with entered(scope):
            assert not Document.objects.exists()
