"""Proof attached to a request: what may be uploaded, checked by its content and not by its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.core.errors import BadInput
from apps.leave.models import LeaveProof, LeaveRequest

LARGEST = 5 * 1024 * 1024  # bytes
MOST = 5
_KINDS = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


@dataclass(frozen=True)
class Upload:
    """A file as it came in."""

    name: str
    content: bytes


def proofs_check(uploads: Sequence[Upload], held: int = 0) -> None:
    """BadInput for too many files, one too large, an empty one, or one that is no PDF, JPEG or PNG by its content."""
    if held + len(uploads) > MOST:
        raise BadInput(f"证明材料最多{MOST}份，请合并后再传。")
    for upload in uploads:
        if not upload.content:
            raise BadInput(f"“{upload.name[:40]}”是空文件，请重新选择。")
        if len(upload.content) > LARGEST:
            raise BadInput(f"“{upload.name[:40]}”超过{LARGEST // 1024 // 1024}MB，请压缩后再传。")
        if not _type(upload.content):
            raise BadInput(f"“{upload.name[:40]}”不是 PDF、JPG 或 PNG，请转换后再传。")


def proofs_write(request: LeaveRequest, uploads: Sequence[Upload], by: str) -> None:
    """Keep checked files with a request."""
    LeaveProof.objects.bulk_create(
        LeaveProof(
            area=request.area,
            request=request,
            person=request.person,
            name=_plain(upload.name),
            type=_type(upload.content),
            content=upload.content,
            by=by,
        )
        for upload in uploads
    )


def _type(content: bytes) -> str:
    return next((kind for start, kind in _KINDS if content.startswith(start)), "")


def _plain(name: str) -> str:
    """A name without folders and control characters."""
    return "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable())[-120:] or "证明材料"
