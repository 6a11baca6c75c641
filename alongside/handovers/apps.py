from django.apps import AppConfig


class HandoversConfig(AppConfig):
    name = "alongside.handovers"
    label = "handovers"
