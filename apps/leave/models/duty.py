"""Who keeps watch in the village on which day (值班表)."""

from __future__ import annotations

from django.db import models

from apps.core.history import tracked
from apps.core.tenancy import TenantModel


@tracked()
class DutyDay(TenantModel):
    """One person on duty in his team's village on one day.  A day may have several; one without any is a gap."""

    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="+", verbose_name="工作队")
    posting = models.ForeignKey("teams.Posting", models.PROTECT, related_name="+", verbose_name="派驻")
    day = models.DateField("日期")
    by = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "值班"
        ordering = ("day", "id")
        indexes = [models.Index(fields=["area", "day"])]
        constraints = [models.UniqueConstraint(fields=["team", "day", "posting"], name="duty_day_once")]
