"""Briefs as a Django application."""

from django.apps import AppConfig


class BriefsConfig(AppConfig):
    name = "alongside.briefs"
