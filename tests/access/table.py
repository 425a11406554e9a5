"""Who may do what at every address: the one table that the access tests walk.  A new route gets a line here.

`reach` are the offices in whose scope the object lies (for the others it does not exist: 404), `may` those of them that
are let in (the others: 403).  Offices are those of the owner of `tests.world`; strangers reach nothing that is an
`object`.  `read` and `write` are GET and POST; `query` is fixed, `asks` names objects of the world in the query.
"""

from __future__ import annotations

from typing import Any

from apps.accounts.access import ACCESS, TEAM, TOWNSHIP, UNIT
from apps.jurisdictions.offices import Office
from tests.access.case import ALL, AREA, CADRE, CLERK, Case, Place, fixed, of
from tests.access.table_leave import LEAVE
from tests.access.table_leaving import STAFFING_LEAVING
from tests.access.table_notices import NOTICES
from tests.access.table_staffing import STAFFING
from tests.world import COUNTY as COUNTY_AREA
from tests.world import JULY, OCTOBER, VILLAGE, World
from tests.world import TOWNSHIP as TOWNSHIP_AREA


def sheet(area: str, **more: Any) -> Place:
    return lambda world: {"area": area, "month": OCTOBER, **more}


def cells(world: World) -> dict[str, Any]:
    """Five days of leave for the member."""
    edit = {"p": world.member.pk, "v": 1, "cells": {str(day): ["V", "L"] for day in range(1, 6)}}
    return {"key": "k", "rows": [edit]}


def record(world: World) -> dict[str, Any]:
    days = {"first": "2026-10-20", "last": "2026-10-21"}
    return {"posting": world.leader.pk, "kind": "official_trip", "reason": "外出", **days}


def reopening(world: World) -> dict[str, Any]:
    return {"team": [world.team.pk], "reason": "登记有误，需要更正"}


def returning(world: World) -> dict[str, Any]:
    return {"decision": "return", "note": "请核对"}


ACCOUNTS = [
    Case("healthz", read=ALL, public=True),
    Case("accounts:login", read=ALL, write=ALL, public=True),
    Case("accounts:logout", write=ALL),
    Case("accounts:position", write=ALL, body=fixed(position="area-C")),
]

DESK = [
    Case("desk:home", read=ALL),
    Case("desk:rollup", read=ACCESS["rollup.view"]),
    Case("desk:rollup", query=f"?area={COUNTY_AREA}", reach=AREA - TOWNSHIP, read=ACCESS["rollup.view"], object=True),
    Case(
        "desk:rollup_trace",
        query=f"?area={COUNTY_AREA}&month=2026-07&what=in_village",
        reach=AREA - TOWNSHIP,
        read=ACCESS["rollup.view"],
        object=True,
    ),
    Case("desk:unit", read=UNIT),
    Case("desk:self", read=CADRE),
    Case("desk:rules", read=ALL),
    Case("jurisdictions:rules", read=ALL),
    Case("jurisdictions:compare", query=f"?area={COUNTY_AREA}&area=C", read=ALL),
    Case("jurisdictions:coverage", query=f"?area={COUNTY_AREA}", read=ALL),
    Case("jurisdictions:history", query=f"?area={COUNTY_AREA}&part=duties&key=leader_month_report", read=ALL),
    Case("jurisdictions:value", query=f"?area={COUNTY_AREA}&part=duties&key=leader_month_report", read=ALL),
    Case("jurisdictions:clause", at=fixed(clause="KM-9-2"), read=ALL),
]

SHEET_VIEW = ACCESS["sheet.view"] & AREA
ATTENDANCE = [
    Case("attendance:current", read=ACCESS["sheet.view"]),
    *(
        case
        for area, reach, view in ((TOWNSHIP_AREA, AREA, SHEET_VIEW), (VILLAGE, AREA | TEAM, ACCESS["sheet.view"]))
        for case in (
            Case("attendance:sheet", sheet(area), reach, read=view, object=True),
            Case("attendance:data", sheet(area), reach, read=view, object=True, json=True),
            Case("attendance:spans", sheet(area), reach, read=view, write=CLERK, body=record, object=True),
            Case(
                "attendance:save",
                sheet(area),
                reach,
                write=ACCESS["sheet.enter"] & reach,
                body=cells,
                object=True,
                json=True,
            ),
            Case("reports:sheet_export", sheet(area), reach, read=ACCESS["sheet.export"] & reach, object=True),
        )
    ),
    Case(
        "attendance:sign",
        sheet(VILLAGE, step="village"),
        AREA | TEAM,
        write=frozenset({Office.VILLAGE_SIGNER}),
        object=True,
    ),
    Case("attendance:span_remove", of(span="span"), AREA | TEAM, write=CLERK, object=True),
    Case("reports:sheet_import", sheet(TOWNSHIP_AREA), AREA, read=CLERK, write=CLERK, object=True),
    Case("reports:sheet_import_confirm", sheet(TOWNSHIP_AREA), AREA, write=CLERK, object=True),
]

LEDGER_VIEW = ACCESS["ledger.view"]
REOPEN = ACCESS["ledger.reopen"]
LEDGERS = [
    Case("ledgers:list", read=LEDGER_VIEW),
    Case("ledgers:list", query=f"?area={TOWNSHIP_AREA}", read=LEDGER_VIEW),
    Case("ledgers:detail", of(ledger="accepted"), AREA, read=LEDGER_VIEW, object=True),
    Case("ledgers:detail", of(ledger="county"), AREA - TOWNSHIP, read=LEDGER_VIEW, object=True),
    Case("ledgers:progress", of(ledger="draft"), AREA, read=LEDGER_VIEW, object=True),
    Case(
        "ledgers:step",
        lambda world: {"ledger": world.draft, "step": "review"},
        AREA,
        write=frozenset({Office.TOWNSHIP_LEADER}),
        object=True,
    ),
    Case(
        "ledgers:file",
        lambda world: {"ledger": world.accepted, "step": "org"},
        AREA,
        write=frozenset({Office.COUNTY_ORG_DEPT}),
        object=True,
    ),
    Case(
        "ledgers:review",
        of(ledger="submitted"),
        AREA,
        write=frozenset({Office.COUNTY_OFFICE}),
        body=returning,
        object=True,
    ),
    Case("ledgers:reopen", of(ledger="draft"), AREA, write=CLERK | REOPEN, body=reopening, object=True),
    Case("ledgers:reopen", of(ledger="accepted"), AREA, write=REOPEN, body=reopening, object=True),
    Case("ledgers:close", sheet(TOWNSHIP_AREA), AREA, write=CLERK, object=True),
    Case(
        "ledgers:county",
        fixed(area=COUNTY_AREA, month=JULY),
        AREA - TOWNSHIP,
        write=ACCESS["ledger.compile_county"],
        object=True,
    ),
]

LINE_READERS = AREA | UNIT | CADRE
TRACES = [
    Case(
        "ledgers:trace_line", lambda w: {"line": w.line, "measure": 0}, LINE_READERS | TEAM, LINE_READERS, object=True
    ),
    Case(
        "ledgers:trace_days",
        lambda w: {"line": w.line, "category": "in_village"},
        LINE_READERS | TEAM,
        LINE_READERS,
        object=True,
    ),
    Case(
        "ledgers:trace_sheet",
        lambda w: {"posting": w.member.pk, "month": OCTOBER, "measure": 0},
        AREA | TEAM,
        ACCESS["sheet.view"],
        object=True,
    ),
    Case(
        "ledgers:trace_sheet_days",
        lambda w: {"posting": w.member.pk, "month": OCTOBER, "category": "in_village"},
        AREA | TEAM | CADRE,
        ACCESS["sheet.view"] | CADRE,
        object=True,
    ),
    Case("ledgers:trace_due", fixed(source=TOWNSHIP_AREA, month=OCTOBER, part="sheet"), read=ALL),
    Case("ledgers:trace_total", lambda w: {"ledger": w.accepted, "what": "in_village"}, AREA, LEDGER_VIEW, object=True),
    Case(
        "ledgers:trace_quarter",
        lambda w: {"posting": w.member.pk, "year": 2026, "quarter": 3, "category": "in_village"},
        AREA | UNIT,
        UNIT,
        object=True,
    ),
]

FORMS: dict[str, dict[str, str]] = {
    "classes": {"kind": "red", "first": "2026-10-01"},
    "measures": {"name": "户数", "number": "320", "first": "2026-10-01"},
    "needs": {"kind": "industry", "text": "发展养殖", "first": "2026-10-01"},
    "reasons": {"rule": "sets.team_size", "about": "现有 2", "text": "正在补派"},
    "reductions": {"before": "5", "after": "3"},
}
EDIT, HERE = ACCESS["village.edit"], fixed(area=VILLAGE)
VILLAGES = [
    Case("teams:terms", read=ACCESS["village.view"]),
    Case("teams:villages", read=ACCESS["village.view"]),
    Case("teams:village", HERE, AREA | TEAM, read=ACCESS["village.view"], object=True),
    *(
        Case(f"teams:village_{k}", HERE, AREA | TEAM, write=EDIT, body=fixed(**v), object=True)
        for k, v in FORMS.items()
    ),
    Case(
        "teams:village_helpers",
        HERE,
        AREA | TEAM,
        write=EDIT,
        body=lambda w: {"unit": str(w.unit.pk), "first": "2026-10-01"},
        object=True,
    ),
]

ROSTER = ACCESS["roster.import"]
DOWNLOAD = ACCESS["ledger.download"]
REPORTS = [
    Case("reports:ledger_xlsx", of(ledger="accepted"), AREA, read=DOWNLOAD, object=True),
    Case("reports:ledger_xlsx", of(ledger="county"), AREA - TOWNSHIP, read=DOWNLOAD, object=True),
    Case("reports:ledger_pdf", of(subject="accepted"), AREA, read=DOWNLOAD, write=DOWNLOAD, object=True),
    Case("reports:ledger_pdf_progress", of(subject="accepted"), AREA, read=DOWNLOAD, object=True),
    Case("reports:document", of(document="document"), AREA, read=DOWNLOAD, object=True),
    Case("reports:unit_quarter", fixed(year=2026, quarter=3), read=UNIT),
    Case("teams:roster", read=ACCESS["roster.view"]),
    Case("reports:roster", read=ROSTER),
    Case("reports:roster_template", read=ROSTER),
    Case("reports:roster_preview", write=ROSTER),
    Case("reports:roster_confirm", write=ROSTER),
]

API = [
    Case("api:ledger-list", read=LEDGER_VIEW, json=True),
    Case("api:ledger-list", query=f"?area={TOWNSHIP_AREA}", read=LEDGER_VIEW, json=True),
    Case("api:ledger-detail", of(pk="accepted"), AREA, read=LEDGER_VIEW, object=True, json=True),
    Case("api:ledger-lines", of(pk="accepted"), AREA, read=LEDGER_VIEW, object=True, json=True),
    Case("api:ledger-lines", of(pk="county"), AREA - TOWNSHIP, read=LEDGER_VIEW, object=True, json=True),
    Case(
        "api:trace",
        lambda w: {"line": w.line, "measure": 0},
        LINE_READERS | TEAM,
        LINE_READERS,
        object=True,
        json=True,
    ),
    Case("api:own-months", read=CADRE, json=True),
    Case("api:unit-quarter", fixed(year=2026, quarter=3), read=UNIT, json=True),
    Case("api:unit-quarter-book", fixed(year=2026, quarter=3), read=UNIT, json=True),
    Case("api:rules", query=f"?area={COUNTY_AREA}", read=ALL, json=True),
    Case("api:clause", fixed(clause="KM-9-2"), read=ALL, json=True),
    Case("api:schema", read=ALL),
    Case("api:docs", read=ALL),
]

PROPOSERS, FIRST = ACCESS["rules.propose"], frozenset({Office.COUNTY_OFFICE})
SECOND, REMARK = ACCESS["rules.decide"] - FIRST, fixed(remark="请再核对")
PROPOSAL = of(amendment="amendment")
FROM_COUNTY = AREA - TOWNSHIP
AMENDMENTS = [
    Case("amendments:list", read=PROPOSERS),
    Case("amendments:upload", read=PROPOSERS, write=PROPOSERS, body=fixed(reason="县里会议")),
    Case("amendments:override", read=PROPOSERS, write=PROPOSERS),
    Case("amendments:detail", PROPOSAL, FROM_COUNTY, read=PROPOSERS, object=True),
    Case("amendments:rehearsal", PROPOSAL, FROM_COUNTY, read=PROPOSERS, object=True),
    Case("amendments:rehearsal_table", PROPOSAL, FROM_COUNTY, read=PROPOSERS, object=True),
    Case("amendments:rehearse", PROPOSAL, FROM_COUNTY, write=PROPOSERS, object=True),
    # The county's office has proposed it, so only the other one decides, and only the first withdraws.
    Case("amendments:publish", PROPOSAL, FROM_COUNTY, write=SECOND, object=True),
    Case("amendments:refuse", PROPOSAL, FROM_COUNTY, write=SECOND, body=REMARK, object=True),
    Case("amendments:withdraw", PROPOSAL, FROM_COUNTY, write=FIRST, body=REMARK, object=True),
]

TABLE: list[Case] = [
    *ACCOUNTS,
    *DESK,
    *ATTENDANCE,
    *STAFFING,
    *STAFFING_LEAVING,
    *LEAVE,
    *NOTICES,
    *LEDGERS,
    *TRACES,
    *AMENDMENTS,
    *REPORTS,
    *VILLAGES,
    *API,
]
