"""The caseload is read newest first by id (a UUIDv7 sorts by its moment): the index has to say so, or every file of the agency is sorted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0003_privacy_officer")]
    operations = [
        migrations.RemoveIndex(model_name="file", name="files_of_agency"),
        migrations.AddIndex(model_name="file", index=models.Index(fields=["agency_id", "id"], name="files_of_agency")),
    ]
