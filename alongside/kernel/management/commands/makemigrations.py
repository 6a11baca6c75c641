"""Django's `makemigrations`, which also writes what the tables say of themselves, as frozen SQL."""

from django.core.management.commands import makemigrations

from alongside.kernel.rls.autodetector import Autodetector


class Command(makemigrations.Command):
    autodetector = Autodetector
