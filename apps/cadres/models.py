"""People and the units that send them."""

from __future__ import annotations

from django.db import models

from apps.core.history import tracked
from apps.core.tenancy import TenantModel
from apps.jurisdictions.offices import UNIT_OFFICES
from apps.rules.vocabulary import UNIT_LEVEL_WORDS, UNIT_NATURE_WORDS


class UnitLevel(models.TextChoices):
    CENTRAL = "central", UNIT_LEVEL_WORDS["central"]
    PROVINCIAL = "provincial", UNIT_LEVEL_WORDS["provincial"]
    CITY = "city", UNIT_LEVEL_WORDS["city"]
    COUNTY = "county", UNIT_LEVEL_WORDS["county"]
    TOWNSHIP = "township", UNIT_LEVEL_WORDS["township"]


class UnitNature(models.TextChoices):
    ORGAN = "organ", UNIT_NATURE_WORDS["organ"]
    INSTITUTION = "institution", UNIT_NATURE_WORDS["institution"]
    ENTERPRISE = "enterprise", UNIT_NATURE_WORDS["enterprise"]
    PEOPLES_ORGANISATION = "peoples_organisation", UNIT_NATURE_WORDS["peoples_organisation"]
    SCHOOL = "school", UNIT_NATURE_WORDS["school"]


class PoliticalStatus(models.TextChoices):
    PARTY_MEMBER = "party_member", "中共党员"
    PROBATIONARY = "probationary", "中共预备党员"
    LEAGUE = "league", "共青团员"
    DEMOCRATIC = "democratic", "民主党派"
    MASSES = "masses", "群众"


class DispatchUnit(models.Model):
    """A unit that sends cadres.  Global: the same unit sends people to many counties."""

    name = models.CharField("单位名称", max_length=120)
    level = models.CharField("层级", max_length=12, choices=UnitLevel)
    nature = models.CharField("性质", max_length=24, choices=UnitNature)
    vertical = models.BooleanField("垂直管理", default=False)
    home = models.ForeignKey("jurisdictions.Division", models.PROTECT, verbose_name="所在行政区")

    class Meta:
        verbose_name = "派出单位"
        ordering = ("name",)
        permissions = [(office.value, office.label) for office in UNIT_OFFICES]
        constraints = [models.UniqueConstraint(fields=["home", "name"], name="unit_once")]

    def __str__(self) -> str:
        return self.name


@tracked()
class Cadre(TenantModel):
    """A person as the county that runs his posting knows him; `area` is that county.

    `person` is the keyed hash of the ID number and links the rows of one person across counties; the number itself
    is stored encrypted, tied to this row's area and person, and shown masked.
    """

    scope_columns = {"person": "person", "unit": "unit_id"}

    name = models.CharField("姓名", max_length=40)
    sort_key = models.CharField("拼音", max_length=120, db_collation="C")
    person = models.CharField("身份摘要", max_length=32, db_collation="C")
    id_number = models.BinaryField("身份证号（加密）")
    id_masked = models.CharField("身份证号", max_length=18)
    unit = models.ForeignKey(DispatchUnit, models.PROTECT, related_name="cadres", verbose_name="派出单位")
    political_status = models.CharField("政治面貌", max_length=16, choices=PoliticalStatus, blank=True)
    rank = models.CharField("职务职级", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=20, blank=True)

    class Meta:
        verbose_name = "干部"
        ordering = ("sort_key", "id")
        indexes = [models.Index(fields=["area", "sort_key"])]
        constraints = [models.UniqueConstraint(fields=["area", "person"], name="cadre_once_per_county")]

    def __str__(self) -> str:
        return self.name
