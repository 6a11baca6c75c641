"""Evidence as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.kernel.navigation import Place


class EvidenceConfig(AppConfig):
    name = "alongside.evidence"
    places = (Place(70, "evidence:studies", _("Studies"), "edit-evidence", also=("/quotes/",)),)
    guide = "evidence"
