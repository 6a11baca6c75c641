"""Plans: in the custodian's hands; a priority can be agreed to be shared, steps and suggestions cannot."""

from django.db import migrations

from alongside.kernel.rls.operations import custody, foreign_row, grant, policy, released


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("consent", "0002_who_may")]
    operations = [
        *custody("plans_priority"),
        *custody("plans_step"),
        *custody("plans_suggestion"),
        foreign_row("plans_step", "priority_id", "plans_priority"),
        released("plans_priority"),
        grant("plans_priority", "select, update", to="ctxo"),
        policy("plans_priority", "select", "true", to="ctxo"),
        policy("plans_priority", "update", "true", to="ctxo"),
        migrations.RunSQL("set role ctxo; insert into ctx.item_table values ('plans_priority'); reset role", migrations.RunSQL.noop),
    ]
