"""What somebody typed, as a cell of a table file may hold it."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe(text: str) -> str:
    """What somebody typed, as a cell may hold it: never a formula, whichever program opens or re-saves the file.

    Text that a spreadsheet could take for one (also with full-width signs) gets an apostrophe in front; control
    characters, which XML cannot hold, are left out.  Source: security.md N7.
    """
    clean = _CONTROL.sub("", text)
    return f"'{clean}" if _FORMULA.match(clean) else clean
