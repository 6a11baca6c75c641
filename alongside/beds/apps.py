from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.kernel.navigation import Place


class BedsConfig(AppConfig):
    name = "alongside.beds"
    label = "beds"
    places = (Place(40, "beds:search", _("Beds"), "keep-programmes"),)
    guides = {"": {"caseworker": "a-bed-tonight", "intake": "a-bed-is-asked-for"}}
