"""The process that reads workbooks for this one.

Starting an interpreter for every upload took longer than reading it.  One with everything loaded waits instead, knows
no secret (its environment is empty) and forks for every workbook; what goes wrong in a fork ends with it.  It ends by
itself when this process does.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import sysconfig
from functools import cache
from pathlib import Path
from threading import Lock

_CHILD = Path(__file__).with_name("uploads_child.py")
_lock = Lock()


class _Reader:
    """The waiting process, and the socket over which it gets its connections."""

    def __init__(self) -> None:
        self._door, inner = socket.socketpair()
        libraries = sysconfig.get_path("platlib")
        nothing = subprocess.DEVNULL
        with inner:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(_CHILD), libraries, str(inner.fileno())],
                pass_fds=[inner.fileno()],
                env={},
                stdin=nothing,
                stdout=nothing,
                stderr=nothing,
            )

    def connect(self) -> socket.socket:
        """A connection to a fork of its own.  OSError when the process is gone."""
        line, inner = socket.socketpair()
        with inner:
            try:
                socket.send_fds(self._door, [b"1"], [inner.fileno()])
            except OSError:
                line.close()
                raise
        return line

    def end(self) -> None:
        """Close the door; the process goes."""
        self._door.close()
        self.process.wait()


@cache
def _reader(pid: int) -> _Reader:
    """The reader of the process with this number: a fork of a web server does not share its parent's."""
    return _Reader()


def _connection() -> socket.socket:
    """A connection to the reader; one that has died since is replaced."""
    with _lock:
        reader = _reader(os.getpid())
        try:
            return reader.connect()
        except OSError:
            _reader.cache_clear()
            reader.end()
            return _reader(os.getpid()).connect()


def read_apart(wish: bytes, content: bytes, *, seconds: int) -> bytes:
    """What a fork of the reader answers to the wish on a workbook; b"" or less than the whole when it was ended.

    TimeoutError when nothing comes for so many seconds.
    """
    with _connection() as line:
        line.settimeout(seconds)
        found = []
        try:
            line.sendall(len(wish).to_bytes(4, "big") + wish + content)
            line.shutdown(socket.SHUT_WR)
            while part := line.recv(1 << 18):
                found.append(part)
        except (BrokenPipeError, ConnectionResetError):
            return b""
    return b"".join(found)
