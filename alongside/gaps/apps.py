from django.apps import AppConfig


class GapsConfig(AppConfig):
    name = "alongside.gaps"
    label = "gaps"
