"""The process that reads workbooks: every workbook apart, nothing left over, nothing to find."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.core.errors import BadInput
from apps.reports import uploads, uploads_reader
from apps.reports.uploads import guarded_workbook
from devtools.places import ROOT


def written(rows: int, text: str) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("表")
    for row in range(rows):
        sheet.write_row(row, 0, [text] * 5)
    book.close()
    return stream.getvalue()


def read(content: bytes) -> uploads.Sheets:
    return guarded_workbook(SimpleUploadedFile("表.xlsx", content))


def gone(pid: int) -> bool:
    """Is a process no longer there, within ten seconds?"""
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.1)
    return False


def test_the_waiting_process_stays_the_same_and_knows_no_secret() -> None:
    read(written(1, "甲"))
    process = uploads_reader._reader(os.getpid()).process
    read(written(1, "乙"))
    assert uploads_reader._reader(os.getpid()).process is process
    assert b"KEY" not in Path(f"/proc/{process.pid}/environ").read_bytes()


def test_a_reading_that_takes_too_much_memory_ends_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    large = written(19_000, "甲")
    with monkeypatch.context() as bounded:
        bounded.setattr(uploads, "MEMORY", 30 * 1024 * 1024)
        with pytest.raises(BadInput, match="超出正常工作簿的范围"):
            read(large)
    assert len(read(large)["表"]) == 19_000


def test_a_reading_that_takes_too_long_ends_by_the_clock() -> None:
    wish = json.dumps({"memory": uploads.MEMORY, "seconds": 1}).encode()
    with uploads_reader._connection() as line:
        line.settimeout(10)
        line.sendall(len(wish).to_bytes(4, "big") + wish)  # and the file never comes
        assert line.recv(1) == b""


def test_a_waiting_process_that_was_killed_is_replaced() -> None:
    read(written(1, "甲"))
    killed = uploads_reader._reader(os.getpid()).process
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert read(written(1, "乙")) == {"表": [["乙"] * 5]}
    assert uploads_reader._reader(os.getpid()).process.pid != killed.pid


def test_many_at_once_get_their_own_answers() -> None:
    texts = [f"第{number}份" for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda text: read(written(500, text)), texts))
    assert [sheets["表"] for sheets in found] == [[[text] * 5] * 500 for text in texts]


def test_no_fork_is_left_behind() -> None:
    read(written(1, "甲"))
    pid = uploads_reader._reader(os.getpid()).process.pid
    with uploads_reader._connection() as line:  # somebody who asks for a lot and goes away
        line.sendall((1000).to_bytes(4, "big"))
    until = time.monotonic() + 10
    while children := Path(f"/proc/{pid}/task/{pid}/children").read_text():
        assert time.monotonic() < until, children
        time.sleep(0.05)
    assert read(written(1, "乙")) == {"表": [["乙"] * 5]}


def test_the_waiting_process_goes_with_the_one_it_reads_for() -> None:
    script = (
        "import json, os, time; from apps.reports import uploads_reader as u; u._connection().close();"
        "print(json.dumps(u._reader(os.getpid()).process.pid), flush=True); time.sleep(60)"
    )
    owner = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=ROOT)
    assert owner.stdout is not None
    waiting = json.loads(owner.stdout.readline())
    owner.kill()
    owner.wait()
    owner.stdout.close()
    assert gone(waiting)
