"""The only writers of leave's tables."""

from apps.leave.services.ask import Asked, leave_ask, leave_resend, leave_withdraw
from apps.leave.services.decide import filing_acknowledge, leave_act, overrun_judge
from apps.leave.services.due import due_enter
from apps.leave.services.duty import duty_save
from apps.leave.services.end import leave_return, leave_untaken
from apps.leave.services.paper import Approval, leave_paper, leave_paper_return
from apps.leave.services.proofs import Upload
from apps.leave.services.rest import rest_add, rest_remove

__all__ = [
    "Approval",
    "Asked",
    "Upload",
    "due_enter",
    "duty_save",
    "filing_acknowledge",
    "leave_act",
    "leave_ask",
    "leave_paper",
    "leave_paper_return",
    "leave_resend",
    "leave_return",
    "leave_untaken",
    "leave_withdraw",
    "overrun_judge",
    "rest_add",
    "rest_remove",
]
