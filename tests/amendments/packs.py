"""Rule packs as somebody sends them in, made from shipped ones."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

PACKS = Path(settings.BASE_DIR) / "fixtures" / "rules"
COUNTY = "C621121"


def files_of(name: str = "tongwei", **changed: tuple[str, str]) -> dict[str, bytes]:
    """{file: content} of a shipped pack; `attendance=(old, new)` writes one passage of attendance.yaml otherwise."""
    found = {file.name: file.read_text("utf-8") for file in sorted((PACKS / name).glob("*.yaml"))}
    for file, (old, new) in changed.items():
        assert found[f"{file}.yaml"].count(old) == 1, old
        found[f"{file}.yaml"] = found[f"{file}.yaml"].replace(old, new)
    return {file: text.encode() for file, text in found.items()}


def zipped(files: dict[str, bytes], folder: str = "tongwei/") -> SimpleUploadedFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(f"{folder}{name}", content)
    return SimpleUploadedFile("pack.zip", out.getvalue())


def sent(files: dict[str, bytes]) -> list[SimpleUploadedFile]:
    """The files one by one."""
    return [SimpleUploadedFile(name, content) for name, content in files.items()]


RAISED = ("at_least: 220", "at_least: 240")
