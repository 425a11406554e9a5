"""Records, papers and public notices that a text asks for: what stands in them, who makes, signs, keeps and sees them.

handover_list: {kind: list, per: post, fields: [职责任务, 未办结工作, {label: 经费余额, type: number}],
                author: {relation: predecessor, of: post}, signers: [member, team_leader], kept_by: township_party_committee}
duty_board:    {kind: notice, per: village, fields: [{label: 姓名, source: name}, {label: 电话, type: phone, source: phone}],
                shown: {where: 村部公开栏, to: villagers}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Literal

from pydantic import Field, StrictBool, StrictInt, model_validator

from apps.core.findings import Finding
from apps.rules.language.deadlines import Deadline, IsWork, deadline_faults, is_weekday, workdays_on
from apps.rules.language.duties import EVENTS
from apps.rules.language.parts import Fault, Part, Whos, clause_of, part_faults, repeated, severity_of
from apps.rules.language.rule import Rule
from apps.rules.language.windows import When
from apps.rules.problems import Place, suggestion
from apps.rules.vocabulary import Subject

RecordKind = Literal[
    "record", "document", "ledger", "list", "plan", "report", "minutes", "card", "board", "form", "notice"
]
Per = Literal[Subject, "household", "poor_household", "project", "event", "duty", "meeting", "case"]
Source = Literal["role", "name", "unit", "phone", "duties", "duty_person", "county", "township"]
FieldType = Literal["text", "number", "money", "day", "person", "unit", "phone", "flag", "choice", "file"]


class RecordField(Part):
    """One thing that stands in it; written short as its name.

    `source` says where a public notice takes it from: of everybody posted (role, name, unit, phone), what a role is to do
    (duties), who keeps watch that day (duty_person), or what a county or township enters once.  `setting` names the
    pack's own value instead.
    """

    label: str = Field(min_length=1)
    type: FieldType = "text"
    choices: tuple[str, ...] = ()
    required: StrictBool = True
    source: Source | None = None
    setting: str = ""

    @model_validator(mode="before")
    @classmethod
    def _written_short(cls, raw: Any) -> Any:
        return {"label": raw} if isinstance(raw, str) else raw


class Shown(Part):
    """Where and to whom it is shown, and for how long; without a length the text leaves it open."""

    where: str = ""
    to: Whos = ()
    days: StrictInt | None = Field(default=None, ge=1)
    workdays: StrictInt | None = Field(default=None, ge=1, le=2500)
    before_effect: StrictBool = False

    def last(self, first: date, is_work: IsWork = is_weekday) -> date | None:
        """The last day of the notice put up on a day, which counts; None where no length is stated."""
        if self.days is not None:
            return first + timedelta(days=self.days - 1)
        return None if self.workdays is None else workdays_on(first - timedelta(days=1), self.workdays, is_work)


PERSONAL: tuple[Source, ...] = ("role", "name", "unit", "phone", "duties")
PER_NOTICE = ("team", "village")


class Record(Rule):
    """`per` whom or what one is kept, in which `window` anew.  `items` are the papers of a set (six boards), `number`
    how many the text says.  `signatures`: all signers or any one.  `basis` are records of this pack it is drawn from.
    `form` names the text's own form (附件4)."""

    kind: RecordKind
    per: Per = "team"
    window: When | None = None
    on_events: dict[str, str] = {}
    fields: tuple[RecordField, ...] = ()
    items: tuple[str, ...] = ()
    number: StrictInt | None = Field(default=None, ge=1)
    basis: tuple[str, ...] = ()
    form: str = ""
    author: Whos = ()
    assists: Whos = ()
    signers: Whos = ()
    signatures: Literal["all", "any"] = "all"
    sent_to: Whos = ()
    kept_by: Whos = ()
    kept_in: str = ""
    kept_years: StrictInt | None = Field(default=None, ge=1)
    shown: Shown | None = None
    due: Deadline | None = None

    @property
    def is_public_notice(self) -> bool:
        """Whether a village's notice can be made from it: every field says where it comes from."""
        told = all(each.source or each.setting for each in self.fields)
        return self.kind == "notice" and self.per in PER_NOTICE and bool(self.fields) and told


def record_findings(record: Record, given: Mapping[str, Any]) -> list[Finding]:
    """Required fields (by their labels) that are empty, and choices that are not offered.  Other fields are free."""
    found = []
    severity = severity_of(record.modality)
    for each in record.fields:
        value, clause = given.get(each.label), clause_of(each, record)
        if value is None or value == "":
            if each.required:
                found.append(Finding("field_missing", severity, f"“{record.label}”缺少“{each.label}”。", clause))
        elif each.type == "choice" and value not in each.choices:
            told = f"“{each.label}”只能填：{'、'.join(each.choices)}。"
            found.append(Finding("field_not_offered", severity, told, clause, inputs={"value": str(value)}))
    return found


def signatures_missing(
    record: Record, signed: frozenset[str], related: Mapping[tuple[str, str], str]
) -> tuple[str, ...]:
    """Those whose signature is still missing; a relation that nobody is named for stands as itself."""
    names = tuple(actor.resolved(related) or f"{actor.relation}:{actor.of}" for actor in record.signers)
    if record.signatures == "any" and signed.intersection(names):
        return ()
    return tuple(name for name in names if name not in signed)


def faults(rules: Mapping[str, Record], path: Place = ("records",)) -> Iterator[Fault]:
    """All faults of a pack's records, papers and notices."""
    for key, record in rules.items():
        place = (*path, key)
        yield from part_faults(record, place)
        yield from repeated([each.label for each in record.fields], (*place, "fields"))
        yield from repeated(record.items, (*place, "items"))
        for index, each in enumerate(record.fields):
            if (each.type == "choice") is not bool(each.choices):
                yield (*place, "fields", index), "选项（choices）和 type: choice 要同时写。", "请补上另一个，或都删去。"
            if each.source and each.setting:
                yield (*place, "fields", index), "source 和 setting 只能写一个。", "请只写这一栏从哪里取。"
        for index, other in enumerate(record.basis):
            if other not in rules or other == key:
                others = [name for name in rules if name != key]
                yield (*place, "basis", index), f"没有另一份叫“{other}”的记录。", suggestion(other, others)
        yield from _own(record, place)


def _own(record: Record, path: Place) -> Iterator[Fault]:
    if record.number is not None and record.items and record.number != len(record.items):
        yield (*path, "number"), f"写的是 {record.number} 份，列了 {len(record.items)} 份。", "请核对。"
    if record.signatures == "any" and len(record.signers) < 2:
        yield (*path, "signatures"), "只有一人签字，写不上“任一”。", "请在 signers 里写几人，或删去 signatures。"
    if record.kind == "notice" and record.shown is None and "shown" not in record.left_open:
        yield (
            path,
            "公示没有写在哪里、给谁看。",
            "请写 shown: {where: 地点}；条文没有说的，写 left_open: {shown: 条文原话}。",
        )
    if record.shown is not None and record.shown.days is not None and record.shown.workdays is not None:
        yield (*path, "shown"), "days 和 workdays 只能写一个。", "日历天写 days，工作日写 workdays。"
    if record.window is not None and record.on_events:
        yield (*path, "on_events"), "window 和 on_events 只能写一个。", "按期的写 window，遇事才做的写 on_events。"
    if record.due is not None:
        yield from deadline_faults(record.due, (*path, "due"))
        if record.due.event not in EVENTS:
            yield (*path, "due"), f"没有叫“{record.due.event}”的时点。", suggestion(record.due.event, EVENTS)
