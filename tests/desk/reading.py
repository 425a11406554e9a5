"""Pages read as a person reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.test import Client


@dataclass(frozen=True)
class Item:
    """One line of a worklist: its words, the address of its button, its due text."""

    text: str
    url: str
    due: str

    def __contains__(self, words: str) -> bool:
        return words in self.text


def plain(html: str) -> str:
    """The words of a piece of HTML, single spaces between them."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def page(client: Client, path: str, status: int = 200) -> str:
    """The main part of a page."""
    answer = client.get(path)
    assert answer.status_code == status, (answer.status_code, path)
    html = answer.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def items(client: Client, kind: str = "must") -> list[Item]:
    """The worklist of the landing page: `must` or `ready`."""
    found = re.search(rf'<ul class="work" data-testid="{kind}">(.*?)</ul>', page(client, "/"), re.DOTALL)
    return [_item(each) for each in re.findall(r"<li>(.*?)</li>", found[1], re.DOTALL)] if found else []


def _item(html: str) -> Item:
    [button] = re.findall(r'<div class="work-go"><a [^>]*href="([^"]+)"', html)
    [due] = re.findall(r'<div class="work-due[^"]*">(.*?)</div>', html, re.DOTALL)
    return Item(plain(html), unescape(button), plain(due))


def rows(html: str, table: str) -> list[list[str]]:
    """The cells of a table's rows, heads first, in words."""
    found = re.search(rf'<table[^>]*data-testid="{table}".*?</table>', html, re.DOTALL)
    assert found, table
    return [
        [plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", found[0], re.DOTALL)
    ]


def links(html: str) -> list[str]:
    """All addresses that a page links to, without those inside itself."""
    return sorted({unescape(url) for url in re.findall(r'href="([^"#][^"]*)"', html)})


def shown(table: list[list[str]], name: str) -> dict[str, Any]:
    """{head: words} of the row that begins with `name`."""
    [row] = [row for row in table[1:] if row[0] == name]
    return dict(zip(table[0], row, strict=True))
