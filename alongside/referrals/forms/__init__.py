"""Shapes of what is agreed, answered and kept from somebody."""

from alongside.referrals.forms.agreement import IntroductionForm, PassingOnForm, SendForm, ShareForm, WhomForm
from alongside.referrals.forms.answers import DeclineForm, MessageForm, NotYetForm, YesForm
from alongside.referrals.forms.blocks import BlockByNameForm, BlockForm, WithholdForm
from alongside.referrals.forms.capacity import CapacityAnswerForm, CapacityForm

__all__ = [
    "BlockByNameForm",
    "BlockForm",
    "CapacityAnswerForm",
    "CapacityForm",
    "DeclineForm",
    "IntroductionForm",
    "MessageForm",
    "NotYetForm",
    "PassingOnForm",
    "SendForm",
    "ShareForm",
    "WhomForm",
    "WithholdForm",
    "YesForm",
]
