"""Disclosure as a Django application."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "alongside.disclosure"
    guide = "numbers"
