"""The capabilities of the house, and the modules in which each says something of itself."""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


def capabilities() -> Iterator[AppConfig]:
    """Return every capability, each after those it stands on."""
    return (config for config in apps.get_app_configs() if config.name.startswith("alongside."))


def said_in(config: AppConfig, name: str) -> ModuleType | None:
    """Return a capability's module of this name, or nothing if it has none."""
    if config.module is None or not module_has_submodule(config.module, name):
        return None
    return import_module(f"{config.name}.{name}")
