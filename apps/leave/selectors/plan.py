"""What a request for leave would go through, before anybody sends it: days, steps, papers, warnings, each with its clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from apps.core.errors import BadInput
from apps.core.findings import Finding, blocking
from apps.jurisdictions.days import work_days
from apps.jurisdictions.procedures import PlannedStep, frozen, planned_step
from apps.leave.length import adjoining, in_year, length_of
from apps.leave.models import LIVE, LeaveRequest
from apps.leave.selectors.days import clashes, words
from apps.leave.selectors.due import balances_of, due_findings, kinds_of_days
from apps.leave.selectors.duty import duty_members, watch_findings
from apps.leave.selectors.law import LeaveLaw, case_of, law_on
from apps.leave.selectors.long import long_findings
from apps.rules.language.chains import Chain, Length, chain_for
from apps.rules.language.on_duty import leave_findings
from apps.rules.language.procedures import Procedure, Step, acts_of
from apps.rules.language.windows import Stretch
from apps.rules.said import MODALITY_WORDS, Names, body_text
from apps.rules.say import open_points
from apps.teams.models import Posting, TeamMonth

LONGEST = 366  # days; whoever is away longer leaves his post
FARTHEST = 400  # days from today, and of one span


def require_span(first: date, last: date, today: date) -> None:
    """BadInput for days in the wrong order, or so far off that the year must be a slip of the pen."""
    if last < first:
        raise BadInput("止日早于起日，请核对日期。")
    if abs((first - today).days) > FARTHEST or (last - first).days > FARTHEST:
        raise BadInput("日期太远，请核对年份。")


@dataclass(frozen=True)
class Plan:
    """What a request would mean.  `own` is its own length, `together` that with the leaves it adjoins (by which the
    procedure is chosen), `accumulated` the calendar days of the year with it.  `rule` is the procedure as it is frozen
    with the request, None where none was found; `findings` say what refuses, warns or informs."""

    own: Length
    together: Length
    accumulated: int
    rule: dict[str, Any] | None
    returning: dict[str, Any] | None
    steps: tuple[PlannedStep, ...]
    filings: tuple[PlannedStep, ...]
    proof: bool
    statement: bool
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> list[Finding]:
        return blocking(self.findings)


def leave_plan(
    *, posting: Posting, kind: str, first: date, last: date, today: date, without: int | None = None
) -> Plan:
    """The plan of a leave from `first` to `last`, both included, under the rules of `today`.

    `without` is a request that is being changed and does not count beside itself.  Reads inside the village's area.
    """
    law, is_work = law_on(posting.area, today), work_days()
    span = Stretch(first, last)
    others = leaves_of(posting, without)
    together = adjoining(span, others, is_work)
    length = length_of(together, is_work)
    accumulated = in_year([*others, span], first.year)
    case = case_of(posting, today)
    rules = {key: held.rule for key, held in law.procedures.items()}
    chain = chain_for(rules, case, length, accumulated, kind)
    back = chain_for(rules, case, length, accumulated, kind, matter="return_from_leave")
    steps = acts_of(chain.procedure.steps) if chain else ()
    names = Names(bodies=law.bodies)
    return Plan(
        own=length_of([span], is_work),
        together=length,
        accumulated=accumulated,
        rule=frozen(law.procedures[chain.key], law.packs) if chain else None,
        returning=frozen(law.procedures[back.key], law.packs) if back else None,
        steps=tuple(planned_step(step, chain.procedure, names) for step in steps) if chain else (),
        filings=_filings(chain.procedure, names) if chain else (),
        proof=any(_asks_file(law, step) for step in steps),
        statement=any(_asks_statement(law, step) for step in steps),
        findings=(
            *_own_findings(posting, span, today, is_posted=others),
            *_chain_findings(chain, length, law.who_sets),
            *_closed(posting, span),
            *presence_findings(law, posting, span, is_work=is_work),
            *watch_findings(law, posting, span),
            *long_findings(law, posting, [*others, span], span),
            *_due(posting, law, span, is_work, today, kind),
        ),
    )


def leaves_of(posting: Posting, without: int | None = None) -> list[Stretch]:
    """The leaves of a posting that stand or are asked for, but one.  One query."""
    rows = LeaveRequest.objects.filter(posting=posting, state__in=LIVE).exclude(pk=without)
    return [Stretch(first, until) for first, until in rows.values_list("first", "until")]


def _filings(procedure: Procedure, names: Names) -> tuple[PlannedStep, ...]:
    return tuple(
        PlannedStep(
            message.label or "备案",
            "、".join(body_text(actor.office, actor.relation, actor.of, names) for actor in message.to),
            message.clause or procedure.clause,
        )
        for message in procedure.filings
    )


def _asks_file(law: LeaveLaw, step: Step) -> bool:
    record = law.record(step.record) if step.record else None
    return record is not None and any(field.type == "file" and field.required for field in record.fields)


def _asks_statement(law: LeaveLaw, step: Step) -> bool:
    """A document of its own beside the request: a written reason."""
    record = law.record(step.record) if step.record else None
    return record is not None and record.kind == "document"


def _own_findings(posting: Posting, span: Stretch, today: date, *, is_posted: Sequence[Stretch]) -> list[Finding]:
    found = clashes(posting, span)
    if span.days > LONGEST:
        found.append(Finding("too_long", "block", f"一次请假最长{LONGEST}天；更长的请办理调整或轮换。"))
    for other in is_posted:
        if other.first <= span.last and other.last >= span.first:
            text = f"{words(other.first)}至{words(other.last)}已有请假，日期重叠；如需改期，请先撤回原申请，或从次日起续假。"
            found.append(Finding("overlaps", "block", text))
    if span.first < today:
        found.append(Finding("afterwards", "notice", "起始日期已过，属事后补办，审批人会看到。"))
    return found


def _chain_findings(chain: Chain | None, length: Length, who_sets: str | None) -> list[Finding]:
    if chain is None:
        text = "本县制度没有规定这种情形的请假程序，请联系县级驻村办设定。"
        return [Finding("no_procedure", "block", text, who_sets)]
    procedure = chain.procedure
    if not procedure.steps:
        left = "；".join(open_points(procedure)) or "本级没有规定"
        text = f"请假审批程序{left}，尚未设定，暂不能在系统中请假；请联系县级驻村办设定。"
        return [Finding("no_procedure", "block", text, procedure.clause)]
    if procedure.modality == "in_principle":
        text = (
            f"{procedure.label}：连续请假合计{length.days}天，{MODALITY_WORDS['in_principle']}不超过规定，须写明理由。"
        )
        return [Finding("beyond", "warn", text, procedure.clause, inputs={"days": int(length.days)})]
    return []


def _closed(posting: Posting, span: Stretch) -> list[Finding]:
    """A closed month is never touched: it is corrected by opening it again."""
    rows = TeamMonth.objects.filter(team=posting.team_id, closed=True, month__lte=span.last)
    months = [month for month in rows.values_list("month", flat=True) if _touches(month, span)]
    return [
        Finding(
            "closed", "block", f"{month.year}年{month.month}月已月结，不能再请假；确需更正的，先由乡镇重新打开该月。"
        )
        for month in sorted(months)
    ]


def _touches(month: date, span: Stretch) -> bool:
    after = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
    return month <= span.last and span.first < after


def presence_findings(law: LeaveLaw, posting: Posting, span: Stretch, *, is_work: Any) -> list[Finding]:
    """The days on which the team would fall below its presence floor with this leave.  Three queries."""
    floors = [rule for rule in law.sets.values() if rule.present and rule.applies.matches(case_of(posting, span.first))]
    if not floors:
        return []
    members = duty_members(posting.team_id, span)
    return [finding for rule in floors for finding in leave_findings(rule, members, str(posting.pk), span, is_work)]


def _due(posting: Posting, law: LeaveLaw, span: Stretch, is_work: Any, today: date, kind: str) -> Iterator[Finding]:
    """What it would leave of the days due in each year that it touches; two queries a year where the kind asks for it."""
    if kind not in kinds_of_days(law):
        return
    for year in range(span.first.year, span.last.year + 1):
        inside = Stretch(max(span.first, date(year, 1, 1)), min(span.last, date(year, 12, 31)))
        length = length_of([inside], is_work)
        [found] = balances_of([posting], year, law, is_work, today)
        yield from due_findings(found.of, kind, int(length.days), int(length.workdays))
