"""Occupancy as a Django application."""

from django.apps import AppConfig


class OccupancyConfig(AppConfig):
    name = "alongside.occupancy"
