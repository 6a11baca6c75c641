"""What `app` may do with the directory, and the table a file waits in while what changed is found. Nothing here is about a person."""

from django.db import migrations

from alongside.kernel.rls.operations import grant

KEPT = ("organization", "program", "service", "location", "serviceatlocation", "taxonomy", "taxonomyterm", "looserecord")
INCOMING = (
    "create unlogged table directory_incoming (like directory_entry including defaults);"
    "comment on table directory_incoming is 'rows of an import, compared with the directory and deleted in the same transaction'"
)


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial"), ("kernel", "0001_context")]
    operations = [
        migrations.RunSQL(INCOMING, "drop table directory_incoming"),
        grant("directory_incoming", "select, insert, delete"),
        grant("directory_source", "select, insert, update"),
        *(grant(f"directory_{table}", "select, insert, update") for table in KEPT),
        grant("directory_entry", "select, insert, update"),
        grant("directory_opening", "select, insert, delete"),
        grant("directory_word", "select, insert"),
        grant("directory_mapping", "select, insert, update, delete"),
        grant("directory_importrun", "select, insert, update"),
        grant("directory_reportline", "select, insert"),
        migrations.RunSQL("grant usage on all sequences in schema public to app", migrations.RunSQL.noop),
    ]
