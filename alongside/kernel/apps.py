from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "alongside.kernel"
    label = "kernel"
