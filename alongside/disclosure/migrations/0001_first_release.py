import alongside.kernel.ids
import django.db.models.deletion
from alongside.kernel.rls.operations import Protect
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("occupancy", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('cube', models.CharField(max_length=40)),
                ('half', models.CharField(help_text='`2026-H1`', max_length=7)),
                ('body', models.BinaryField()),
                ('checksum', models.CharField(help_text='Of the sealed envelope.', max_length=64)),
                ('taken_by', models.UUIDField()),
                ('taken_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('cube', models.CharField(max_length=40)),
                ('table', models.CharField(max_length=40)),
                ('unit', models.CharField(max_length=40)),
                ('rows', models.CharField(max_length=40)),
                ('columns', models.CharField(blank=True, db_default='', max_length=40)),
                ('half', models.CharField(max_length=7)),
                ('audience', models.CharField(max_length=20)),
                ('threshold', models.PositiveSmallIntegerField()),
                ('rounding', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('proposed', 'Prepared'), ('published', 'Released'), ('dropped', 'Dropped')], db_default='proposed', max_length=20)),
                ('figures', models.JSONField(help_text='Categories of rows and columns, and numbers; nothing where a number is withheld.')),
                ('stewarded', models.BooleanField(db_default=False, help_text='Whether it says something about Indigenous people, so that their data steward signs.')),
                ('checksum', models.CharField(max_length=64)),
                ('cut_off_at', models.DateTimeField()),
                ('proposed_by', models.UUIDField()),
                ('proposed_at', models.DateTimeField()),
                ('published_by', models.UUIDField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('dropped_by', models.UUIDField(null=True)),
                ('dropped_at', models.DateTimeField(null=True)),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='disclosure.snapshot')),
            ],
            options={
                'ordering': ['-half', 'table', 'audience', '-proposed_at'],
                'indexes': [models.Index(fields=['cube', 'half', 'state'], name='releases_of_half')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', False), ('published_by__isnull', False), ('state', 'published')), models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', True), ('published_by__isnull', True)), _connector='OR'), name='disclosure_published_by_at'), models.CheckConstraint(condition=models.Q(models.Q(('dropped_at__isnull', False), ('dropped_by__isnull', False), ('state', 'dropped')), models.Q(models.Q(('state', 'dropped'), _negated=True), ('dropped_at__isnull', True), ('dropped_by__isnull', True)), _connector='OR'), name='disclosure_dropped_by_at')],
            },
        ),
        Protect(
            "functions",
            """
create unique index disclosure_released_once on disclosure_release (cube, half, "table", audience) where state = 'published';
""",
            """
drop index disclosure_released_once;
""",
        ),
        Protect(
            "disclosure_snapshot",
            """
alter table disclosure_snapshot enable row level security;
alter table disclosure_snapshot force row level security;
grant select, insert on disclosure_snapshot to app;
create policy app_select on disclosure_snapshot for select to app using ((select ctx.may('read-numbers')));
create policy app_insert on disclosure_snapshot for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create trigger append_only before update or delete on disclosure_snapshot for each row execute function ctx.refuse('numbers are taken once');
create trigger never_emptied before truncate on disclosure_snapshot for each statement execute function ctx.refuse('numbers are taken once');
""",
            """
drop trigger never_emptied on disclosure_snapshot;
drop trigger append_only on disclosure_snapshot;
drop policy app_insert on disclosure_snapshot;
drop policy app_select on disclosure_snapshot;
revoke select, insert on disclosure_snapshot from app;
alter table disclosure_snapshot no force row level security;
alter table disclosure_snapshot disable row level security;
""",
        ),
        Protect(
            "disclosure_release",
            """
alter table disclosure_release enable row level security;
alter table disclosure_release force row level security;
grant select, insert, update on disclosure_release to app;
create policy app_select on disclosure_release for select to app using ((agency_id = (select ctx.agency()) and (select ctx.may('read-numbers'))) or (state = 'published' and (select ctx.may('read-numbers'))));
create policy app_insert on disclosure_release for insert to app with check (state = 'proposed' and agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create policy app_update on disclosure_release for update to app using (state = 'proposed' and agency_id = (select ctx.agency()) and (select ctx.may('read-numbers'))) with check (agency_id = (select ctx.agency()) and (select ctx.may('read-numbers')));
create trigger moves before update on disclosure_release for each row when (new.state <> old.state and (old.state || '>' || new.state) <> all (array['proposed>dropped', 'proposed>published']::text[])) execute function ctx.refuse('it cannot go there from where it stands');
create trigger settled before update on disclosure_release for each row when (to_jsonb(new) - '{state,published_by,published_at,dropped_by,dropped_at}'::text[] is distinct from to_jsonb(old) - '{state,published_by,published_at,dropped_by,dropped_at}'::text[]) execute function ctx.refuse('the numbers of a release are never rewritten');
create trigger stays_out before update on disclosure_release for each row when ((old.state <> 'proposed') and to_jsonb(new) is distinct from to_jsonb(old)) execute function ctx.refuse('what was released or dropped stays as it is');
create trigger kept before delete on disclosure_release for each row execute function ctx.refuse('the ledger forgets nothing');
create trigger never_emptied before truncate on disclosure_release for each statement execute function ctx.refuse('the ledger forgets nothing');
""",
            """
drop trigger never_emptied on disclosure_release;
drop trigger kept on disclosure_release;
drop trigger stays_out on disclosure_release;
drop trigger settled on disclosure_release;
drop trigger moves on disclosure_release;
drop policy app_update on disclosure_release;
drop policy app_insert on disclosure_release;
drop policy app_select on disclosure_release;
revoke select, insert, update on disclosure_release from app;
alter table disclosure_release no force row level security;
alter table disclosure_release disable row level security;
""",
        ),
    ]
