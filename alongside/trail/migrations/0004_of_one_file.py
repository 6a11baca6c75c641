"""What happened to one file is found by file and custodian together, newest first; else PostgreSQL also walks through all that the custodian ever did."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trail", "0003_merkle")]
    operations = [
        migrations.RemoveIndex(model_name="entry", name="trail_of_file"),
        migrations.AddIndex(model_name="entry", index=models.Index(fields=["file_id", "custodian_id", "-at", "-id"], name="trail_of_file")),
    ]
