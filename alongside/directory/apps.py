"""The directory as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.kernel.navigation import Place


class DirectoryConfig(AppConfig):
    name = "alongside.directory"
    places = (Place(50, "directory:search", _("Directory")),)
