"""What `app` may do with the counts. Nothing here is about a person."""

from django.db import migrations

from alongside.kernel.rls.operations import grant


class Migration(migrations.Migration):
    dependencies = [("occupancy", "0001_initial"), ("kernel", "0001_context")]
    operations = [
        grant("occupancy_source", "select, insert, update"),
        grant("occupancy_night", "select, insert, update, delete"),
        grant("occupancy_intakeday", "select, insert, update"),
        grant("occupancy_mapping", "select, insert, update"),
        grant("occupancy_importrun", "select, insert, update"),
        grant("occupancy_reportline", "select, insert"),
        migrations.RunSQL(
            "grant usage on sequence occupancy_night_id_seq, occupancy_intakeday_id_seq, occupancy_reportline_id_seq to app",
            "revoke usage on sequence occupancy_night_id_seq, occupancy_intakeday_id_seq, occupancy_reportline_id_seq from app",
        ),
    ]
