"""An entry's links to where it came from are no longer looked up one by one: the import writes both ends, and `app` can delete neither."""

from django.db import migrations, models


def _link(to, on_delete):
    return models.ForeignKey(f"directory.{to}", on_delete, null=True, blank=True, related_name="+", db_index=False, db_constraint=False)


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_found_at_once")]
    operations = [
        migrations.AlterField("entry", "source", _link("source", models.CASCADE)),
        migrations.AlterField("entry", "organization", _link("organization", models.SET_NULL)),
        migrations.AlterField("entry", "service", _link("service", models.SET_NULL)),
        migrations.AlterField("entry", "location", _link("location", models.SET_NULL)),
    ]
