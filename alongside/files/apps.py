from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.kernel.navigation import Place


class FilesConfig(AppConfig):
    name = "alongside.files"
    label = "files"
    places = (
        Place(20, "files:list", _("Files"), "keep-files"),
        Place(95, "files:justifications", _("Opened, and why"), "oversee-access"),
    )
    guides = {"": {"caseworker": "somebodys-here", "privacy-officer": "what-you-have-here"}}
