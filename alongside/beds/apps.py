from django.apps import AppConfig


class BedsConfig(AppConfig):
    name = "alongside.beds"
    label = "beds"
