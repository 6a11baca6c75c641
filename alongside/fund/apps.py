from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.kernel.navigation import Place


class FundConfig(AppConfig):
    name = "alongside.fund"
    label = "fund"
    places = (Place(45, "fund:list", _("Fund"), "see-fund"),)
