from django.apps import AppConfig


class AccompanimentConfig(AppConfig):
    name = "alongside.accompaniment"
    label = "accompaniment"
