"""Signing in by more than a passphrase, wrong tries, and unsent words."""

from pathlib import Path

from django.db import migrations, models

import alongside.kernel.ids
from alongside.kernel.rls.operations import force_rls, grant, policy

SQL = Path(__file__).resolve().parent.parent / "sql" / "sign_in.sql"
OWN = "account_id = (select ctx.account())"
RESCUED = "account_id = (select ctx.signing_in_account())"
OLD = "at < statement_timestamp() - interval '1 day'"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_context")]
    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("account_id", models.UUIDField()),
                ("place", models.BinaryField(max_length=32)),
                ("body", models.BinaryField()),
                ("at", models.DateTimeField()),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("account_id", "place"), name="one_draft_a_place")]},
        ),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
        force_rls("kernel_draft"),
        grant("kernel_draft", "select, insert, update, delete"),
        policy("kernel_draft", "select", f"{OWN} or {RESCUED}"),
        policy("kernel_draft", "insert", check=f"{OWN} or {RESCUED}"),
        policy("kernel_draft", "update", f"{OWN} or {RESCUED}", f"{OWN} or {RESCUED}"),
        policy("kernel_draft", "delete", OWN),
        grant("kernel_draft", "select, delete", to="ctxo"),
        policy("kernel_draft", "select", OLD, to="ctxo"),
        policy("kernel_draft", "delete", OLD, to="ctxo"),
    ]
