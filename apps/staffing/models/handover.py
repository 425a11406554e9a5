"""Handovers: what somebody who leaves hands to whoever comes, item by item, and who signed for it."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from apps.core.history import tracked
from apps.core.tenancy import TenantModel
from apps.core.triggers import changed

_WHOSE = ("area", "case_id", "posting_id", "team_id", "unit_id", "person")


@tracked()
class Handover(TenantModel):
    """The handover of one posting; its way is that of `case`.

    `items` are {label, text} in the order of the rules' list.  Once the first has signed (`sealed`) they stand, until
    somebody sends the list back: then `round` rises and signatures of earlier rounds no longer count.  `together` is the
    first day on which both were in post, where the rules count the days of a handover.
    """

    scope_columns = {"unit": "unit_id", "person": "person"}

    case = models.OneToOneField("staffing.Case", models.PROTECT, related_name="handover", verbose_name="事项")
    departure = models.ForeignKey("staffing.Departure", models.PROTECT, null=True, related_name="handovers")
    posting = models.OneToOneField(
        "teams.Posting", models.PROTECT, related_name="handover", verbose_name="离任者的派驻"
    )
    team = models.ForeignKey("teams.Team", models.PROTECT, related_name="+", verbose_name="工作队")
    unit = models.ForeignKey(
        "cadres.DispatchUnit", models.PROTECT, related_name="+", db_index=False, verbose_name="派出单位"
    )
    person = models.CharField("身份摘要", max_length=32, db_collation="C")
    items = models.JSONField("交接内容", default=list)
    sealed = models.BooleanField("已开始签字", default=False)
    round = models.PositiveSmallIntegerField("第几份清单", default=1)
    together = models.DateField("共同在任起", null=True, blank=True)
    by = models.CharField("登记人", max_length=60)
    at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "交接"
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=["area"]), models.Index(fields=["unit"]), models.Index(fields=["person"])]
        triggers = [
            pgtrigger.Protect(name="handover_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(name="handover_whose", operation=pgtrigger.Update, condition=changed(_WHOSE)),
            pgtrigger.Protect(
                name="handover_sealed",
                operation=pgtrigger.Update,
                condition=changed(("items",), "OLD.sealed", "NEW.round = OLD.round"),
            ),
        ]


class Part(models.TextChoices):
    OUTGOING = "outgoing", "移交人"
    INCOMING = "incoming", "接收人"


@tracked()
class HandoverParty(TenantModel):
    """Who hands over or takes over, and his signature on one list (`round`).

    `provisional` is somebody who takes over for a successor who is not named yet; without `posting` it is the village
    itself, whose person is `name`.  `void` tells one who reads no more than his own part that the list was sent back.
    A signature is the person's own login, or a `paper` entered by somebody.
    """

    scope_columns = {"unit": "unit_id", "person": "person"}

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="parties", verbose_name="交接")
    round = models.PositiveSmallIntegerField("第几份清单", default=1)
    part = models.CharField("身份", max_length=10, choices=Part)
    posting = models.ForeignKey("teams.Posting", models.PROTECT, null=True, related_name="+", verbose_name="派驻")
    unit = models.ForeignKey(
        "cadres.DispatchUnit", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="派出单位"
    )
    person = models.CharField("身份摘要", max_length=32, db_collation="C", blank=True)
    name = models.CharField("姓名", max_length=60)
    provisional = models.BooleanField("暂代接收", default=False)
    signed_on = models.DateField("签字日期", null=True)
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    paper = models.BooleanField("纸质", default=False)
    entered_by = models.CharField("录入人", max_length=60, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    void = models.BooleanField("清单已退回", default=False)

    class Meta:
        verbose_name = "交接双方"
        ordering = ("handover_id", "round", "-part")
        indexes = [models.Index(fields=["area"]), models.Index(fields=["unit"]), models.Index(fields=["person"])]
        constraints = [
            models.UniqueConstraint(fields=["handover", "round", "part"], name="handover_party_once"),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | (Q(user__isnull=False) & (Q(paper=False) | ~Q(entered_by=""))),
                name="handover_signed_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="handover_party_named"),
            models.CheckConstraint(
                condition=Q(part="incoming") | Q(posting__isnull=False, provisional=False), name="handover_outgoing"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="party_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="party_signed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.signed_on IS NOT NULL"),
            ),
            pgtrigger.Trigger(
                name="party_signs_a_full_list",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("NEW.signed_on IS NOT NULL"),
                func=pgtrigger.Func(
                    "IF EXISTS (SELECT FROM staffing_handover h, jsonb_array_elements(h.items) AS item "
                    "WHERE h.id = NEW.handover_id AND btrim(item->>'text') = '') "
                    "THEN RAISE EXCEPTION 'a list with an empty item is not signed'; END IF; "
                    "IF NOT EXISTS (SELECT FROM staffing_handover h WHERE h.id = NEW.handover_id "
                    "AND h.area = NEW.area AND h.round = NEW.round AND h.sealed) "
                    "THEN RAISE EXCEPTION 'only the sealed list of this round is signed'; END IF; "
                    "IF NOT NEW.paper AND NOT EXISTS (SELECT FROM accounts_user u WHERE u.id = NEW.user_id "
                    "AND u.person = NEW.person AND NEW.person <> '') "
                    "THEN RAISE EXCEPTION 'everybody signs for himself'; END IF; "
                    "RETURN NEW;"
                ),
            ),
        ]
