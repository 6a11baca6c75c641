"""Indicators as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.kernel.navigation import Place


class IndicatorsConfig(AppConfig):
    name = "alongside.indicators"
    places = (Place(80, "indicators:summary", _("Numbers"), "read-numbers", also=("/releases/",)),)
    guide = "numbers"
