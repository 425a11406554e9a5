"""Openings: a village waits for somebody."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.core.tenancy import TenantModel
from apps.core.triggers import changed, moves
from apps.teams.models import PostRole


class OpeningState(models.TextChoices):
    OPEN = "open", "待选派"
    FILLED = "filled", "已补齐"
    CANCELLED = "cancelled", "已取消"


class OpeningWhy(models.TextChoices):
    INITIAL = "initial", "首次选派"
    RECALL = "recall", "召回"
    ILLNESS = "illness", "因病"
    ADJUSTMENT = "adjustment", "调整更换"
    END_OF_TERM = "end_of_term", "任期届满"


_MOVES: dict[str, frozenset[str]] = {
    OpeningState.OPEN: frozenset({OpeningState.FILLED, OpeningState.CANCELLED}),
    OpeningState.FILLED: frozenset(),
    OpeningState.CANCELLED: frozenset(),
}
_KEPT = ("area", "village_id", "place", "roles", "since", "why", "by", "at")


@tracked()
class Opening(TenantModel):
    """A village needs one person with these roles since a day.  `unit` is the unit that is to send him; empty while the
    county has not named one (then only the county sees it).  `due` is when he should be there, where somebody set it."""

    scope_columns = {"unit": "unit_id"}

    village = models.ForeignKey("jurisdictions.Village", models.PROTECT, related_name="openings", verbose_name="村")
    place = models.CharField("驻村", max_length=120)
    unit = models.ForeignKey(
        "cadres.DispatchUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name="派出单位",
    )
    roles = ArrayField(models.CharField(max_length=20, choices=PostRole), verbose_name="岗位")
    since = models.DateField("缺岗起日")
    why = models.CharField("缺岗原因", max_length=12, choices=OpeningWhy)
    note = models.CharField("说明", max_length=300, blank=True)
    due = models.DateField("期限", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=OpeningState, default=OpeningState.OPEN)
    by = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "缺岗选派任务"
        ordering = ("since", "id")
        indexes = [models.Index(fields=["area", "state"]), models.Index(fields=["unit"])]
        constraints = [models.CheckConstraint(condition=Q(roles__len__gte=1), name="opening_has_role")]
        triggers = [
            pgtrigger.FSM(name="opening_state", field="state", transitions=moves(_MOVES)),
            pgtrigger.Protect(name="opening_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="opening_begins", operation=pgtrigger.Insert, condition=~pgtrigger.Q(new__state=OpeningState.OPEN)
            ),
            pgtrigger.Protect(name="opening_what", operation=pgtrigger.Update, condition=changed(_KEPT)),
        ]

    def __str__(self) -> str:
        return self.place
