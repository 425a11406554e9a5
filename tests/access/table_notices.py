"""Who may do what at the addresses of notices: part of the access table."""

from __future__ import annotations

from apps.accounts.access import ACCESS, TEAM
from tests.access.case import ALL, AREA, CLERK, Case, fixed, of
from tests.world import VILLAGE

VIEW, RECORD = ACCESS["notice.view"], ACCESS["notice.record"]
VALUES = ACCESS["notice.values"]
SEEN = AREA | TEAM
HERE, NOTICE = fixed(area=VILLAGE), of(notice="notice")
PAPER = lambda world: {"kind": "notice", "subject": world.notice}  # noqa: E731
DAY = "2026-10-20"
TOLD = fixed(on=DAY, plan="修路", completion="完成")
LAID_OPEN = fixed(on=DAY, kind="其他", evidence="村部")

NOTICES = [
    Case("notices:list", read=VIEW),
    Case("notices:values", read=VALUES, write=VALUES, body=fixed(record="helpers", label="电话", value="1")),
    Case("notices:village", HERE, SEEN, read=VIEW, object=True),
    Case("notices:publish", HERE, SEEN, write=CLERK, body=fixed(record="helpers", seen="x"), object=True),
    Case("notices:notice", NOTICE, SEEN, read=VIEW, object=True),
    Case("notices:display", NOTICE, SEEN, write=CLERK, body=fixed(on=DAY), object=True),
    Case("notices:withdraw", NOTICE, SEEN, write=CLERK, body=fixed(reason="有误"), object=True),
    Case("notices:team", lambda world: {"team": world.team.pk}, SEEN, read=VIEW, object=True),
    Case("notices:publications", lambda w: {"team": w.team.pk}, SEEN, write=RECORD, body=TOLD, object=True),
    Case("notices:disclosures", lambda w: {"team": w.team.pk}, SEEN, write=RECORD, body=LAID_OPEN, object=True),
    Case("reports:paper", PAPER, SEEN, read=VIEW, write=VIEW, object=True),
    Case("reports:paper_progress", PAPER, SEEN, read=VIEW, object=True),
    # Everybody reads the notice of an address that he has; nobody is told one by another's notice.
    Case("notices:public", fixed(token="2222-2222-2222-2222"), frozenset(), read=ALL, public=True),
]
