from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.kernel.navigation import Place


class GapsConfig(AppConfig):
    name = "alongside.gaps"
    label = "gaps"
    places = (Place(60, "gaps:summary", _("Gaps"), "read-gaps"),)
    guides = {"": {"leader": "read-these-numbers-with-care"}}
