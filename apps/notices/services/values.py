"""What notices show and no register holds, entered once for a county or a township."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.core.errors import BadInput, NotFound
from apps.jurisdictions.selectors import townships
from apps.notices.models import NoticeValue
from apps.notices.selectors.draft import COUNTY, TOWNSHIP
from apps.notices.selectors.values import asked_values


@transaction.atomic
def value_set(*, actor: Actor, area: str, record: str, label: str, role: str, value: str) -> None:
    """Say what a field of a notice shows in a township, or in every township of a county; an empty text takes it back.

    NotFound outside the actor's area; Forbidden without the right; BadInput where no notice there has such a field at
    this level.
    """
    require(actor, "notice.values", area)
    if len(area) not in (TOWNSHIP, COUNTY):
        raise NotFound
    asked = {(each.record, each.label, each.role) for each in asked_values(area, timezone.localdate())}
    if (record, label, role) not in asked:
        raise BadInput("本地现行规定的公示里没有这一栏，请刷新页面。")
    places = [area] if len(area) == TOWNSHIP else [each.code for each in townships(area)]
    told = {"record": record, "label": label, "role": role}
    for place in places:
        if value.strip():
            values = {"value": value.strip(), "by": actor.name}
            NoticeValue.objects.update_or_create(area=place, **told, defaults=values)
        else:
            NoticeValue.objects.filter(area=place, **told).delete()
