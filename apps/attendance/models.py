"""The month sheet: one line per person and month, what explains a day, and who confirmed or signed a team's sheet."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from apps.core.history import tracked
from apps.core.tenancy import TenantModel
from apps.rules.marks import WORD_OF


class SpanKind(models.TextChoices):
    """Categories of marks that a dated record can explain; the values are category codes of `apps.rules.marks`."""

    OFFICIAL_TRIP = "official_trip", WORD_OF["official_trip"]
    MEETING = "meeting", WORD_OF["meeting"]
    TRAINING = "training", WORD_OF["training"]
    PROJECT_LIAISON = "project_liaison", WORD_OF["project_liaison"]
    OTHER_DUTY = "other_duty", WORD_OF["other_duty"]
    SECONDED = "seconded", WORD_OF["seconded"]


@tracked()
class SheetLine(TenantModel):
    """The line on the paper sheet: `marks` holds one letter per day of the month (`apps.rules.marks`).

    `nights`, where the pack counts nights, holds per day 1 (stayed overnight), 0 (did not) or a space.
    `version` starts at 1 and rises with every change; whoever edits a line holds its version.
    Source of the shape: design.md decision 1.
    """

    scope_columns = {"person": "person"}

    posting = models.ForeignKey("teams.Posting", models.PROTECT, related_name="lines", verbose_name="派驻")
    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="lines", verbose_name="工作队")
    person = models.CharField("身份摘要", max_length=32, db_collation="C")
    month = models.DateField("月份")
    marks = models.CharField("登记", max_length=31)
    nights = models.CharField("住宿", max_length=31, blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    by = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "考勤行"
        indexes = [models.Index(fields=["area", "month"]), models.Index(fields=["person"])]
        constraints = [
            models.UniqueConstraint(fields=["posting", "month"], name="sheet_line_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="sheet_line_first_day"),
        ]


@tracked()
class DaySpan(TenantModel):
    """A dated record that explains days: a trip, a training, a meeting.  The sheet shows it and cannot contradict it."""

    scope_columns = {"person": "person"}

    posting = models.ForeignKey("teams.Posting", models.PROTECT, related_name="spans", verbose_name="派驻")
    person = models.CharField("身份摘要", max_length=32, db_collation="C")
    kind = models.CharField("事由类别", max_length=20, choices=SpanKind)
    first = models.DateField("起")
    last = models.DateField("止")
    reason = models.CharField("事由", max_length=200)
    document = models.CharField("依据文件", max_length=120, blank=True)
    by = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "公务记录"
        ordering = ("first", "id")
        indexes = [models.Index(fields=["area", "first"]), models.Index(fields=["posting", "first"])]
        constraints = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="day_span_order")]


@tracked()
class SheetSignature(TenantModel):
    """A named person's confirmation or signature under a team's sheet, one per step of the pack and state of the
    sheet.  `digest` is that of the covered lines; when they change the signature no longer holds."""

    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="signatures", verbose_name="工作队")
    month = models.DateField("月份")
    step = models.CharField("步骤", max_length=40)
    office = models.CharField("身份", max_length=30)
    signer = models.CharField("姓名", max_length=60)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    digest = models.CharField("所签内容摘要", max_length=64)
    clause = models.CharField("依据", max_length=20, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "签字"
        ordering = ("at", "id")
        indexes = [models.Index(fields=["area", "month"]), models.Index(fields=["team", "month"])]
