"""The Merkle log over the trail: written by the log writer only, append-only like the trail itself. Codes and never words, checked by the database."""

import django.db.models.functions.datetime
from django.db import migrations, models

from alongside.kernel.rls.operations import grant, policy

# The log writer signs on as nobody; the one thing it may note is that it is alive.
STAMP = """
create or replace function trail_stamp() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    if current_user = 'log_writer' then
        if new.action <> 'trail.alive' or num_nonnulls(new.custodian_id, new.file_id, new.item_id, new.release_id,
                new.referral_id, new.other_agency_id, new.count) > 0 or new.item_kind <> '' then
            raise insufficient_privilege using message = 'the log writer notes only that it is alive';
        end if;
        new.worker_id := null;
        new.agency_id := null;
        new.role := '';
        new.purpose := 'seal';
    elsif ctx.role() is null or ctx.role() = 'signing-in' then
        raise insufficient_privilege using message = 'nobody is asking';
    else
        new.worker_id := ctx.worker();
        new.agency_id := ctx.agency();
        new.role := ctx.role();
        new.purpose := ctx.purpose();
    end if;
    new.at := clock_timestamp();
    new.xid := pg_current_xact_id()::text::bigint;
    return new;
end $$;
"""
APPEND_ONLY = "".join(
    f"""
    create trigger append_only before update or delete on {table} for each row execute function trail_refuse();
    create trigger never_emptied before truncate on {table} for each statement execute function trail_refuse();
    """
    for table in ("trail_leaf", "trail_checkpoint")
)

class Migration(migrations.Migration):

    dependencies = [
        ('trail', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('size', models.BigIntegerField(primary_key=True, serialize=False)),
                ('root', models.BinaryField(max_length=32)),
                ('note', models.TextField()),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('edge', models.BinaryField()),
            ],
            options={
                'ordering': ['size'],
            },
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('entry_id', models.UUIDField(unique=True)),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'ordering': ['seq'],
            },
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('action__regex', '^[a-z_.-]+$'), ('item_kind__regex', '^[a-z_.-]*$'), ('purpose__regex', '^[a-z_.-]*$'), ('role__regex', '^[a-z_.-]*$')), name='codes_and_never_words'),
        ),
        grant("trail_leaf", "select, insert", to="log_writer"),
        grant("trail_checkpoint", "select, insert", to="log_writer"),
        grant("trail_entry", "insert", to="log_writer"),
        policy("trail_entry", "insert", check="action = 'trail.alive'", to="log_writer"),
        migrations.RunSQL(STAMP, migrations.RunSQL.noop),
        migrations.RunSQL(APPEND_ONLY, migrations.RunSQL.noop),
    ]
