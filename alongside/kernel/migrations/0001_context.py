"""The signed context of security.md D1, and the tables Django itself brings, granted to `app`."""

from pathlib import Path

from django.db import migrations

from alongside.kernel.rls.operations import grant, set_secrets

SQL = Path(__file__).resolve().parent.parent / "sql" / "context.sql"


class Migration(migrations.Migration):
    initial = True
    dependencies = [("contenttypes", "0002_remove_content_type_name"), ("sessions", "0001_initial"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [
        migrations.RunSQL(SQL.read_text(), "drop schema ctx cascade"),
        migrations.RunPython(set_secrets, migrations.RunPython.noop),
        grant("django_session", "select, insert, update, delete"),
        grant("django_content_type", "select"),
        grant("django_migrations", "select"),
        *(
            grant(f"procrastinate_{table}", "select, insert, update, delete")
            for table in ("jobs", "events", "periodic_defers", "workers")
        ),
        migrations.RunSQL("grant usage on all sequences in schema public to app", migrations.RunSQL.noop),
        migrations.RunSQL("revoke all on schema public from public; grant usage on schema public to app, log_writer, ctxo", migrations.RunSQL.noop),
    ]
