"""Whoever put somebody on a list joined it for them: the worker stands beside the moment under one word."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("beds", "0004_who_may_wait")]
    operations = [migrations.RenameField("waiting", "asked_by", "joined_by")]
