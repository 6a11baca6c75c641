import alongside.kernel.ids
import django.db.models.functions.datetime
import django.utils.timezone
from alongside.kernel.rls.operations import Protect
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("kernel", "0001_first_release"),
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
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('xid', models.BigIntegerField(default=0, editable=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('worker_id', models.UUIDField(editable=False, null=True)),
                ('agency_id', models.UUIDField(editable=False, null=True)),
                ('role', models.CharField(default='', editable=False, max_length=20)),
                ('purpose', models.CharField(default='', editable=False, max_length=20)),
                ('action', models.CharField(max_length=60)),
                ('custodian_id', models.UUIDField(null=True)),
                ('file_id', models.UUIDField(null=True)),
                ('item_id', models.UUIDField(null=True)),
                ('item_kind', models.CharField(blank=True, default='', max_length=30)),
                ('release_id', models.UUIDField(null=True)),
                ('referral_id', models.UUIDField(null=True)),
                ('other_agency_id', models.UUIDField(null=True)),
                ('count', models.IntegerField(null=True)),
            ],
            options={
                'verbose_name_plural': 'entries',
                'ordering': ['-at'],
                'indexes': [models.Index(fields=['file_id', 'custodian_id', '-at', '-id'], name='trail_of_file'), models.Index(fields=['xid'], name='trail_by_transaction'), models.Index(fields=['custodian_id', '-at'], name='trail_of_custodian')],
                'constraints': [models.CheckConstraint(condition=models.Q(('action__regex', '^[a-z_.-]+$'), ('item_kind__regex', '^[a-z_.-]*$'), ('purpose__regex', '^[a-z_.-]*$'), ('role__regex', '^[a-z_.-]*$')), name='codes_and_never_words')],
            },
        ),
        Protect(
            "functions",
            """
create function trail_stamp() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
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
create trigger stamp before insert on trail_entry for each row execute function trail_stamp();
""",
            """
drop trigger stamp on trail_entry;
drop function trail_stamp;
""",
        ),
        Protect(
            "trail_entry",
            """
alter table trail_entry enable row level security;
alter table trail_entry force row level security;
grant select, insert on trail_entry to app;
grant select, insert on trail_entry to log_writer;
create policy app_insert on trail_entry for insert to app with check ((select ctx.role()) is not null and agency_id is not distinct from (select ctx.agency()));
create policy app_select on trail_entry for select to app using (custodian_id = (select ctx.agency()) and ((select ctx.may('oversee-access')) or (select ctx.may('keep-files'))));
create policy log_writer_select on trail_entry for select to log_writer using (true);
create policy log_writer_insert on trail_entry for insert to log_writer with check (action = 'trail.alive');
create trigger append_only before update or delete on trail_entry for each row execute function ctx.refuse('the trail is append-only');
create trigger never_emptied before truncate on trail_entry for each statement execute function ctx.refuse('the trail is append-only');
""",
            """
drop trigger never_emptied on trail_entry;
drop trigger append_only on trail_entry;
drop policy log_writer_insert on trail_entry;
drop policy log_writer_select on trail_entry;
drop policy app_select on trail_entry;
drop policy app_insert on trail_entry;
revoke select, insert on trail_entry from log_writer;
revoke select, insert on trail_entry from app;
alter table trail_entry no force row level security;
alter table trail_entry disable row level security;
""",
        ),
        Protect(
            "trail_leaf",
            """
grant select, insert on trail_leaf to log_writer;
create trigger append_only before update or delete on trail_leaf for each row execute function ctx.refuse('the trail is append-only');
create trigger never_emptied before truncate on trail_leaf for each statement execute function ctx.refuse('the trail is append-only');
""",
            """
drop trigger never_emptied on trail_leaf;
drop trigger append_only on trail_leaf;
revoke select, insert on trail_leaf from log_writer;
""",
        ),
        Protect(
            "trail_checkpoint",
            """
grant select, insert on trail_checkpoint to log_writer;
create trigger append_only before update or delete on trail_checkpoint for each row execute function ctx.refuse('the trail is append-only');
create trigger never_emptied before truncate on trail_checkpoint for each statement execute function ctx.refuse('the trail is append-only');
""",
            """
drop trigger never_emptied on trail_checkpoint;
drop trigger append_only on trail_checkpoint;
revoke select, insert on trail_checkpoint from log_writer;
""",
        ),
    ]
