"""What a policy asks about the asker costs a fifth: the signature is checked once in each answer, and nothing is planned anew."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "claims.sql"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_jobs")]
    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
