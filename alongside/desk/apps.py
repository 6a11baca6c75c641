from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.kernel.navigation import Place


class DeskConfig(AppConfig):
    name = "alongside.desk"
    label = "desk"
    places = (
        Place(10, "day", _("My day")),
        Place(65, "measures", _("How asking goes"), "read-gaps"),
        Place(100, "watch", _("Who looked"), "oversee-access"),
    )
