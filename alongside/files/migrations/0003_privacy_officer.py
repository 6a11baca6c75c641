"""The privacy officer may know that a file exists and by which handle, to answer "who looked?"; not a word of what it says."""

from django.db import migrations

from alongside.kernel.rls.operations import policy


class Migration(migrations.Migration):
    dependencies = [("files", "0002_custody")]
    operations = [
        policy(
            "files_file",
            "select",
            "agency_id = (select ctx.agency()) and (select ctx.role()) = 'privacy-officer'",
            name="privacy_officer_select",
        ),
    ]
