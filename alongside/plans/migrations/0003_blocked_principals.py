"""What hides a row is the database's to write, here too."""

from django.db import migrations

TABLES = ("plans_priority", "plans_step", "plans_suggestion")
KEEP = "".join(f"create trigger keep_blocked_principals before insert or update on {t} for each row execute function consent_keep_blocked_principals();" for t in TABLES)
LET_GO = "".join(f"drop trigger keep_blocked_principals on {t};" for t in TABLES)


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_custody"), ("consent", "0003_held_by_the_database")]
    operations = [migrations.RunSQL(KEEP, LET_GO)]
