"""The only writers of notices' tables."""

from apps.notices.services.publish import notice_display, notice_publish, notice_withdraw
from apps.notices.services.tell import disclosure_record, publication_record
from apps.notices.services.values import value_set

__all__ = [
    "disclosure_record",
    "notice_display",
    "notice_publish",
    "notice_withdraw",
    "publication_record",
    "value_set",
]
