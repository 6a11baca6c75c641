from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.kernel.navigation import Place


class HubConfig(AppConfig):
    name = "alongside.hub"
    label = "hub"
    places = (Place(45, "hub:list", _("The hub"), "meet-people"),)
