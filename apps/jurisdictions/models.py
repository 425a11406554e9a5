"""Divisions, villages, published rule packs and calendars.

Divisions, packs, clauses and calendars are global reference data; villages belong to an area.
"""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from apps.core.history import tracked
from apps.core.ranges import DateRange
from apps.core.tenancy import TenantModel
from apps.jurisdictions.offices import AREA_OFFICES
from apps.rules.vocabulary import VILLAGE_CLASS_WORDS


class Level(models.TextChoices):
    NATION = "nation", "全国"
    PROVINCE = "province", "省"
    CITY = "city", "市"
    COUNTY = "county", "县"
    TOWNSHIP = "township", "乡镇"


class VillageClass(models.TextChoices):
    POOR = "poor", VILLAGE_CLASS_WORDS["poor"]
    NON_POOR = "non_poor", VILLAGE_CLASS_WORDS["non_poor"]
    DEEP_POVERTY = "deep_poverty", VILLAGE_CLASS_WORDS["deep_poverty"]
    RELOCATION = "relocation", VILLAGE_CLASS_WORDS["relocation"]
    DEMONSTRATION = "demonstration", VILLAGE_CLASS_WORDS["demonstration"]
    WEAK_PARTY = "weak_party", VILLAGE_CLASS_WORDS["weak_party"]
    RED = "red", VILLAGE_CLASS_WORDS["red"]
    OTHER = "other", VILLAGE_CLASS_WORDS["other"]


class Division(models.Model):
    """An administrative division down to the township.  `code` is GB/T 2260 (townships: 9 digits) under the root C."""

    code = models.CharField("代码", max_length=10, primary_key=True, db_collation="C")
    name = models.CharField("名称", max_length=60)
    level = models.CharField("层级", max_length=10, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", verbose_name="上级")
    zone = models.CharField("片区", max_length=20, blank=True)

    class Meta:
        verbose_name = "行政区"
        ordering = ("code",)
        permissions = [(office.value, office.label) for office in AREA_OFFICES]

    def __str__(self) -> str:
        return self.name


@tracked()
class Village(TenantModel):
    """A village; `area` is its own 12-digit code under the root letter."""

    name = models.CharField("村名", max_length=60)
    classes = ArrayField(models.CharField(max_length=20, choices=VillageClass), default=list, verbose_name="村类别")

    class Meta:
        verbose_name = "村"
        ordering = ("area",)
        constraints = [models.UniqueConstraint(fields=["area"], name="village_once")]

    def __str__(self) -> str:
        return self.name


@tracked()
class VillageClassSpan(TenantModel):
    """From when to when a village is of a class, both days included; without `first` since before anybody wrote it down.

    `Village.classes` is the present state, which the month reads: a class that stands there without an open row has no
    recorded beginning.  A row is open exactly while its class stands there.
    """

    village = models.ForeignKey(Village, models.PROTECT, related_name="class_spans", verbose_name="村")
    kind = models.CharField("类别", max_length=20, choices=VillageClass)
    first = models.DateField("起", null=True, blank=True)
    last = models.DateField("止", null=True, blank=True)
    by = models.CharField("登记人", max_length=60)

    class Meta:
        verbose_name = "村类别起止"
        ordering = ("area", "kind", "first")
        indexes = [models.Index(fields=["area"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__isnull=True) | Q(last__isnull=True) | Q(last__gte=F("first")), name="class_span"
            ),
            models.CheckConstraint(
                condition=Q(first__isnull=False) | Q(last__isnull=False), name="class_span_says_something"
            ),
            ExclusionConstraint(
                name="class_span_no_overlap",
                expressions=[
                    ("village", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DateRange("first", "last", Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
        ]


@tracked()
class VillageMeasure(TenantModel):
    """A measured number of a village by the name that the rules give it; the latest by its day holds."""

    village = models.ForeignKey(Village, models.PROTECT, related_name="measures", verbose_name="村")
    name = models.CharField("名称", max_length=40)
    number = models.DecimalField("数值", max_digits=14, decimal_places=2)
    first = models.DateField("起")
    by = models.CharField("登记人", max_length=60)

    class Meta:
        verbose_name = "村指标"
        ordering = ("area", "name", "-first")
        indexes = [models.Index(fields=["area"])]
        constraints = [models.UniqueConstraint(fields=["village", "name", "first"], name="measure_once_a_day")]


class NeedKind(models.TextChoices):
    ORGANISATION = "organisation", "基层组织"
    INDUSTRY = "industry", "产业发展"
    SOCIAL_ORDER = "social_order", "社会治理"
    OTHER = "other", "其他"


@tracked()
class VillageNeed(TenantModel):
    """What a village needs of a team, in words; the latest of a kind by its day holds, an empty text ends it."""

    village = models.ForeignKey(Village, models.PROTECT, related_name="needs", verbose_name="村")
    kind = models.CharField("方面", max_length=20, choices=NeedKind)
    text = models.CharField("需求", max_length=300, blank=True)
    first = models.DateField("登记日期")
    by = models.CharField("登记人", max_length=60)

    class Meta:
        verbose_name = "村需求"
        ordering = ("area", "kind", "-first")
        indexes = [models.Index(fields=["area"])]
        constraints = [models.UniqueConstraint(fields=["village", "kind", "first"], name="need_once_a_day")]


class RulePack(models.Model):
    """One published, immutable version of a jurisdiction's rules.

    `content` is the typed pack as JSON text: jsonb would lose the order in which the regulation names its measures.
    """

    code = models.CharField("代码", max_length=40)
    area = models.CharField("适用行政区", max_length=13, db_collation="C")
    title = models.CharField("名称", max_length=200)
    number = models.CharField("文号", max_length=80, blank=True)
    inherits = models.CharField("上级规则包", max_length=40, blank=True)
    content = models.TextField("内容")
    hash = models.CharField("内容摘要", max_length=64)
    effective = models.DateField("生效日")
    proposed_by = models.CharField("提出人", max_length=60)
    confirmed_by = models.CharField("确认人", max_length=60)
    published_at = models.DateTimeField("发布时间", auto_now_add=True)

    class Meta:
        verbose_name = "规则包"
        ordering = ("code", "published_at")
        constraints = [
            models.UniqueConstraint(fields=["code", "hash"], name="pack_version_once"),
            models.CheckConstraint(condition=~models.Q(proposed_by=models.F("confirmed_by")), name="pack_two_people"),
        ]


class Clause(models.Model):
    """A clause of a regulation, as shown beside every figure.  `id` is the catalogue's, e.g. `XX-13-2`."""

    id = models.CharField("编号", max_length=20, primary_key=True)
    pack = models.CharField("规则包", max_length=40, db_index=True)
    article = models.CharField("条款", max_length=40)
    topic = models.CharField("主题", max_length=40)
    kind = models.CharField("类型", max_length=20)
    modality = models.CharField("语气", max_length=20)
    gist = models.TextField("要旨")
    body = models.JSONField("目录原文")

    class Meta:
        verbose_name = "条款"
        ordering = ("id",)


class CalendarYear(models.Model):
    """The work calendar of one year as published; a year without a row is not announced yet."""

    year = models.PositiveSmallIntegerField("年份", primary_key=True)
    content = models.JSONField("内容")

    class Meta:
        verbose_name = "工作日历"
