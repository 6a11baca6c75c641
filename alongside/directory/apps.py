"""The directory as a Django application."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "alongside.directory"
