"""Users and their deputies.  What a user may do is granted with guardian on divisions, units and teams (see
`accounts.access`)."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q


class User(AbstractUser):
    """One account of one named person.  `person` links a cadre's own account to his rows in every county."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=40)
    person = models.CharField("身份摘要", max_length=32, blank=True, db_collation="C")

    class Meta:
        verbose_name = "用户"
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=~models.Q(person=""), name="user_once_per_person")
        ]

    def get_full_name(self) -> str:
        return self.name

    def __str__(self) -> str:
        return self.name


class Deputy(models.Model):
    """`deputy` stands in for `principal` in the offices that he holds on one object, from `first` to `last` (both
    included), for what `accounts.access.DEPUTISED` names.

    It gives nothing of its own: an office that the principal loses, the deputy loses in the same moment.
    """

    principal = models.ForeignKey(User, models.PROTECT, related_name="deputies", verbose_name="被代理人")
    deputy = models.ForeignKey(User, models.PROTECT, related_name="deputising", verbose_name="代理人")
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_pk = models.CharField("对象", max_length=20, db_collation="C")
    label = models.CharField("岗位", max_length=120)
    first = models.DateField("起")
    last = models.DateField("止")
    reason = models.CharField("原因", max_length=200)
    at = models.DateTimeField("设定时间", auto_now_add=True)
    ended_at = models.DateTimeField("提前结束", null=True)

    class Meta:
        verbose_name = "代理"
        ordering = ("-first", "-id")
        indexes = [models.Index(fields=["deputy", "last"])]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="deputy_order"),
            models.CheckConstraint(condition=~Q(principal=F("deputy")), name="deputy_is_another"),
        ]
