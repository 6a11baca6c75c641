"""Indicators as a Django application."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "alongside.indicators"
