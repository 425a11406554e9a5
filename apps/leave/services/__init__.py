"""The only writers of leave's tables."""

from apps.leave.services.ask import Asked, leave_ask, leave_resend, leave_withdraw
from apps.leave.services.decide import filing_acknowledge, leave_act, overrun_judge
from apps.leave.services.duty import duty_save
from apps.leave.services.end import leave_return, leave_untaken
from apps.leave.services.paper import Approval, leave_paper, leave_paper_return
from apps.leave.services.proofs import Upload

__all__ = [
    "Approval",
    "Asked",
    "Upload",
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
]
