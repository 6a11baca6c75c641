"""Quotes as a Django application."""

from django.apps import AppConfig


class QuotesConfig(AppConfig):
    name = "alongside.quotes"
    guide = "quotes"
