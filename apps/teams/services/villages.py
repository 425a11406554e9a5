"""What a county writes down about a village: its classes, numbers and needs, why its team is smaller, and reductions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.cadres.models import DispatchUnit
from apps.core.errors import Conflict, NotFound, Refused
from apps.jurisdictions.models import Village
from apps.jurisdictions.services_villages import village_class_record, village_measure_record, village_need_record
from apps.teams.compile.composition import Law, composition_law, village_remarks
from apps.teams.compile.reductions import reduction_findings, reduction_rule, strength_names
from apps.teams.compile.states import VillageState, village_states
from apps.teams.models import CompositionReason, HelpingUnit, StrengthReduction


def _found(actor: Actor, area: str) -> Village:
    """NotFound outside the actor's area and for no village's code, Forbidden without the right to edit."""
    village = Village.objects.filter(area=area).first()
    if village is None:
        raise NotFound
    require(actor, "village.edit", area)
    return village


@transaction.atomic
def class_record(*, actor: Actor, area: str, kind: str, first: date | None, last: date | None) -> Village:
    """From when to when a village is of a class; see `village_class_record`.  NotFound, Forbidden, Refused."""
    village = _found(actor, area)
    on = timezone.localdate()
    return village_class_record(village=village.pk, kind=kind, first=first, last=last, on=on, by=actor.name)


@transaction.atomic
def measure_record(*, actor: Actor, area: str, name: str, number: Decimal, first: date) -> None:
    """A measured number of a village from a day on.  NotFound, Forbidden; Refused for a day to come."""
    village = _found(actor, area)
    on = timezone.localdate()
    village_measure_record(village=village, name=name, number=number, first=first, on=on, by=actor.name)


@transaction.atomic
def need_record(*, actor: Actor, area: str, kind: str, text: str, first: date) -> None:
    """What a village needs in one respect from a day on.  NotFound, Forbidden; Refused for a day to come."""
    village = _found(actor, area)
    on = timezone.localdate()
    village_need_record(village=village, kind=kind, text=text, first=first, on=on, by=actor.name)


@transaction.atomic
def helping_record(*, actor: Actor, area: str, unit: int, first: date, last: date | None) -> HelpingUnit:
    """From when to when a unit helps a village; one that helps it now gets its end, or another beginning.

    NotFound, Forbidden; Refused for days to come, an end before the beginning, and where it would overlap what is
    written down of the same unit.  The same twice changes nothing the second time.
    """
    village = _found(actor, area)
    if not DispatchUnit.objects.filter(pk=unit).exists():
        raise NotFound
    if max(first, last or first) > timezone.localdate():
        raise Refused("起止日期不能晚于今天，请核对。")
    if last is not None and last < first:
        raise Refused("止日早于起日，请核对。")
    Village.objects.select_for_update().get(pk=village.pk)
    told = {"first": first, "last": last}
    standing = HelpingUnit.objects.filter(village=village, unit=unit, last=None).first()
    try:
        with transaction.atomic():
            if standing is None:
                return HelpingUnit.objects.get_or_create(
                    village=village, unit_id=unit, **told, defaults={"area": area, "by": actor.name}
                )[0]
            HelpingUnit.objects.filter(pk=standing.pk).exclude(**told).update(**told, by=actor.name)
    except IntegrityError as error:
        raise Refused("与这个单位已登记的帮扶起止重叠，请核对起日和止日。") from error
    return HelpingUnit.objects.get(pk=standing.pk)


@transaction.atomic
def reason_record(*, actor: Actor, area: str, rule: str, about: str, text: str) -> CompositionReason:
    """Why a village's team is not as the rules want it in principle.

    Only for what the rules say of the village today: Conflict when they no longer say it, Refused where they leave no
    room for a reason.  Said twice it stands twice, the later one is shown.
    """
    village = _found(actor, area)
    state, law = _judged(area, timezone.localdate())
    remark = next((each for each in village_remarks(state, law) if (each.rule, each.about) == (rule, about)), None)
    if remark is None:
        raise Conflict("情况已经变化，不用再说明；请刷新页面查看。")
    if not remark.wants_reason:
        raise Refused("这一条必须做到，不能用说明代替；请补齐人员。", [remark.finding])
    return CompositionReason.objects.create(
        area=area, village=village, rule=rule, about=about, clause=remark.clause, text=text, by=actor.name
    )


@dataclass(frozen=True, slots=True)
class ReductionEntry:
    """A decision as stated: people before and after, which of the rule's conditions hold, who decided when and why."""

    before: int
    after: int
    grounds: tuple[str, ...]
    decided_by: str
    decided_on: date
    reason: str


@transaction.atomic
def reduction_record(*, actor: Actor, area: str, entry: ReductionEntry) -> StrengthReduction:
    """A decision that a village gets along with fewer people; the strength it must keep is then the new one.

    NotFound, Forbidden; Refused with the clause where the rules know no reduction, not for this class of village, a
    condition does not hold, another body decided, or fewer would be left than every such village must have.
    """
    village = _found(actor, area)
    if entry.decided_on > timezone.localdate():
        raise Refused("决定日期不能晚于今天，请核对。")
    state, law = _judged(area, entry.decided_on)
    findings = reduction_findings(state, law, entry.before, entry.after, entry.grounds, entry.decided_by)
    if findings:
        raise Refused(findings[0].message, findings)
    rule = reduction_rule(law)
    for name in strength_names(state, law):
        measure_record(actor=actor, area=area, name=name, number=Decimal(entry.after), first=entry.decided_on)
    return StrengthReduction.objects.create(
        area=area,
        village=village,
        before=entry.before,
        after=entry.after,
        grounds=list(entry.grounds),
        decided_by=entry.decided_by,
        decided_on=entry.decided_on,
        reason=entry.reason,
        clause=(rule.clause if rule else None) or "",
        by=actor.name,
    )


def _judged(area: str, day: date) -> tuple[VillageState, Law]:
    """A village and the law of a day; Refused where no pack covered it then."""
    try:
        law = composition_law(area, day)
    except LookupError as error:
        raise Refused("这一天本地还没有发布的规定，无法核对；请核对日期。") from error
    [state] = village_states(area, day)
    return state, law
