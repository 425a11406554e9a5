"""Users.  What a user may do is granted with guardian on divisions, units and teams (see `accounts.access`)."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


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
