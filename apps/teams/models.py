"""Villages' teams, who is posted in them, and which months are closed."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from apps.core.history import tracked
from apps.core.ranges import DateRange
from apps.core.tenancy import TenantModel
from apps.jurisdictions.offices import TEAM_OFFICES
from apps.rules.vocabulary import ROLE_WORDS

# Held by one person at a time in a team, whatever the regulation.
ONE_PERSON = ("leader", "first_secretary")


class PostRole(models.TextChoices):
    LEADER = "leader", ROLE_WORDS["leader"]
    FIRST_SECRETARY = "first_secretary", ROLE_WORDS["first_secretary"]
    MEMBER = "member", ROLE_WORDS["member"]
    AGRI_TECHNICIAN = "agri_technician", ROLE_WORDS["agri_technician"]
    LEGAL_ADVISER = "legal_adviser", ROLE_WORDS["legal_adviser"]
    CREDIT_OFFICER = "credit_officer", ROLE_WORDS["credit_officer"]
    LIAISON_LEADER = "liaison_leader", ROLE_WORDS["liaison_leader"]
    PAIRING_CADRE = "pairing_cadre", ROLE_WORDS["pairing_cadre"]
    AGRI_TOUR_GROUP = "agri_tour_group", ROLE_WORDS["agri_tour_group"]
    LEGAL_TOUR_GROUP = "legal_tour_group", ROLE_WORDS["legal_tour_group"]


@tracked()
class Team(TenantModel):
    """A village's work team; `area` is the village's code."""

    scope_columns = {"team": "id"}

    village = models.ForeignKey("jurisdictions.Village", models.PROTECT, related_name="teams", verbose_name="村")
    name = models.CharField("队名", max_length=80)

    class Meta:
        verbose_name = "工作队"
        ordering = ("area", "id")
        permissions = [(office.value, office.label) for office in TEAM_OFFICES]
        indexes = [models.Index(fields=["area"])]
        constraints = [models.UniqueConstraint(fields=["village", "name"], name="team_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """The village and the team; most teams already carry the village's name.  Wants the village at hand."""
        return self.name if self.village.name in self.name else f"{self.village.name} {self.name}"


@tracked()
class Posting(TenantModel):
    """One person in one team from `first` to `last` (both days included; open while `last` is empty).

    `name` and `phone` are the person's as on the roster, so that a township and a village's notice need not read the
    county's register of persons.  `source` is one of the pack's words for where members come from; `end_reason` says
    why he left before the term that the rules set.
    """

    scope_columns = {"unit": "unit_id", "person": "person", "team": "team_id"}

    team = models.ForeignKey(Team, models.PROTECT, related_name="postings", verbose_name="工作队")
    cadre = models.ForeignKey("cadres.Cadre", models.PROTECT, related_name="postings", verbose_name="干部")
    unit = models.ForeignKey(
        "cadres.DispatchUnit", models.PROTECT, related_name="postings", db_index=False, verbose_name="派出单位"
    )
    person = models.CharField("身份摘要", max_length=32, db_collation="C")
    name = models.CharField("姓名", max_length=40)
    roles = ArrayField(models.CharField(max_length=20, choices=PostRole), verbose_name="岗位")
    first = models.DateField("到岗日")
    last = models.DateField("离岗日", null=True, blank=True)
    phone = models.CharField("联系电话", max_length=20, blank=True, default="", db_default="")
    source = models.CharField("来源类别", max_length=60, blank=True, default="", db_default="")
    end_reason = models.CharField("离岗说明", max_length=300, blank=True, default="", db_default="")

    class Meta:
        verbose_name = "派驻"
        ordering = ("area", "team_id", "id")
        indexes = [
            models.Index(fields=["area", "first"]),
            models.Index(fields=["unit", "first"]),
            models.Index(fields=["person"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="posting_span"),
            models.CheckConstraint(condition=Q(roles__len__gte=1), name="posting_has_role"),
            ExclusionConstraint(
                name="posting_no_overlap",
                expressions=[
                    ("team", RangeOperators.EQUAL),
                    ("cadre", RangeOperators.EQUAL),
                    (DateRange("first", "last", Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
            *(
                # Judged at the end of a statement, so that two people can change places in one.
                ExclusionConstraint(
                    name=f"posting_one_{role}",
                    expressions=[
                        ("team", RangeOperators.EQUAL),
                        (DateRange("first", "last", Value("[]")), RangeOperators.OVERLAPS),
                    ],
                    condition=Q(roles__contains=[role]),
                    deferrable=models.Deferrable.IMMEDIATE,
                )
                for role in ONE_PERSON
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class TeamMonth(TenantModel):
    """Whether a team's month is closed.  Every write of marks locks this row first, every close too.

    No row means open.  ledgers writes it, attendance reads it.
    """

    scope_columns = {"team": "team_id"}

    team = models.ForeignKey(Team, models.PROTECT, related_name="months", verbose_name="工作队")
    month = models.DateField("月份")
    closed = models.BooleanField("已月结", default=False)
    attested_by = models.CharField("确认人", max_length=60, blank=True)
    changed_at = models.DateTimeField("变更时间", auto_now=True)
    reason = models.CharField("重新打开的原因", max_length=500, blank=True)

    class Meta:
        verbose_name = "队月"
        indexes = [models.Index(fields=["area", "month"])]
        constraints = [
            models.UniqueConstraint(fields=["team", "month"], name="team_month_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="team_month_first_day"),
        ]


@tracked()
class HelpingUnit(TenantModel):
    """A unit that helps a village from `first` to `last` (both days included; open while `last` is empty)."""

    village = models.ForeignKey("jurisdictions.Village", models.PROTECT, related_name="helpers", verbose_name="村")
    unit = models.ForeignKey("cadres.DispatchUnit", models.PROTECT, related_name="helped", verbose_name="帮扶单位")
    first = models.DateField("起")
    last = models.DateField("止", null=True, blank=True)
    by = models.CharField("登记人", max_length=60)

    class Meta:
        verbose_name = "帮扶单位"
        ordering = ("area", "first", "id")
        indexes = [models.Index(fields=["area"])]
        constraints = [
            models.CheckConstraint(condition=Q(last__isnull=True) | Q(last__gte=F("first")), name="helping_span"),
            ExclusionConstraint(
                name="helping_no_overlap",
                expressions=[
                    ("village", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (DateRange("first", "last", Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class CompositionReason(TenantModel):
    """Why a village's team is not as a regulation wants it in principle.  Written once, never changed.

    `rule` is the construct and key of the rule, `about` the words of the finding: as soon as it says something else,
    another reason is asked for.
    """

    village = models.ForeignKey("jurisdictions.Village", models.PROTECT, related_name="reasons", verbose_name="村")
    rule = models.CharField("规定", max_length=80)
    about = models.CharField("情形", max_length=300)
    clause = models.CharField("依据", max_length=20, blank=True)
    text = models.CharField("原因", max_length=300)
    by = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "配备说明"
        ordering = ("area", "-at", "-id")
        indexes = [models.Index(fields=["area"])]


class StrengthReduction(TenantModel):
    """A decision that a village gets along with fewer people.  Written once, never changed."""

    village = models.ForeignKey("jurisdictions.Village", models.PROTECT, related_name="reductions", verbose_name="村")
    before = models.PositiveSmallIntegerField("原有人数")
    after = models.PositiveSmallIntegerField("缩减后人数")
    grounds = ArrayField(models.CharField(max_length=60), verbose_name="具备的条件")
    decided_by = models.CharField("决定机关", max_length=40)
    decided_on = models.DateField("决定日期")
    reason = models.CharField("理由", max_length=300)
    clause = models.CharField("依据", max_length=20)
    by = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "缩减决定"
        ordering = ("area", "-decided_on", "-id")
        indexes = [models.Index(fields=["area"])]
        constraints = [
            models.CheckConstraint(condition=Q(after__lt=F("before")), name="reduction_reduces"),
        ]
