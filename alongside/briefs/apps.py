"""Briefs as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.kernel.navigation import Place


class BriefsConfig(AppConfig):
    name = "alongside.briefs"
    places = (Place(90, "briefs:list", _("Briefs"), "read-briefs"),)
    guide = "briefs"
