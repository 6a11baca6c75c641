import alongside.kernel.ids
import alongside.kernel.rls.models
import django.contrib.postgres.fields
from alongside.kernel.rls.operations import Protect
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("agencies", "0002_protection"),
    ]

    operations = [
        migrations.CreateModel(
            name='Detail',
            fields=[
                ('pk', models.CompositePrimaryKey('file_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False)),
                ('agency_id', models.UUIDField()),
                ('blocked_principals', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, db_default=[], size=None)),
                ('kind', models.CharField(choices=[('called', 'What to call them'), ('languages', 'Languages')], max_length=20)),
                ('body', alongside.kernel.rls.models.Sealed()),
                ('written_by', models.UUIDField(null=True)),
                ('written_how', models.CharField(max_length=10)),
                ('written_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('file_id', 'kind'), name='one_of_each_kind'), models.CheckConstraint(condition=models.Q(models.Q(('written_at__isnull', False), models.Q(models.Q(('written_by__isnull', False), ('written_how__in', ['desk', 'their-word'])), models.Q(('written_by__isnull', True), ('written_how__in', ['door', 'operator'])), _connector='OR')), models.Q(('written_at__isnull', True), ('written_by__isnull', True), ('written_how', '')), _connector='OR'), name='a_detail_written_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('handle', models.CharField(max_length=60)),
                ('opened_by', models.UUIDField()),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('lead_id', models.UUIDField(null=True)),
                ('backup_id', models.UUIDField(null=True)),
                ('shredded_at', models.DateTimeField(null=True)),
                ('blocked_principals', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, db_default=[], size=None)),
            ],
            options={
                'indexes': [models.Index(fields=['agency_id', 'id'], name='files_of_agency')],
                'constraints': [models.UniqueConstraint(fields=('agency_id', 'handle'), name='handle_unique_inside_the_agency')],
            },
        ),
        migrations.CreateModel(
            name='SafeContact',
            fields=[
                ('pk', models.CompositePrimaryKey('file_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False)),
                ('agency_id', models.UUIDField()),
                ('blocked_principals', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, db_default=[], size=None)),
                ('state', models.CharField(choices=[('unverified', 'Not yet checked with them'), ('ok', 'Safe'), ('suspended', 'Not for now'), ('revoked', 'Never again')], db_default='unverified', max_length=20)),
                ('body', alongside.kernel.rls.models.Sealed()),
                ('verified_at', models.DateTimeField(null=True)),
                ('verified_by', models.UUIDField(null=True)),
                ('verified_how', models.CharField(blank=True, db_default='', max_length=10)),
                ('expires_at', models.DateTimeField(null=True)),
                ('stop_until', models.DateField(null=True)),
                ('written_by', models.UUIDField(null=True)),
                ('written_how', models.CharField(max_length=10)),
                ('written_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('expires_at__isnull', False), ('state', 'ok'), ('verified_at__isnull', False)), models.Q(('state', 'ok'), _negated=True), _connector='OR'), name='safe_means_asked_about'), models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', False), models.Q(models.Q(('verified_by__isnull', False), ('verified_how__in', ['desk', 'their-word'])), models.Q(('verified_by__isnull', True), ('verified_how__in', ['door', 'operator'])), _connector='OR')), models.Q(('verified_at__isnull', True), ('verified_by__isnull', True), ('verified_how', '')), _connector='OR'), name='a_contact_verified_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('written_at__isnull', False), models.Q(models.Q(('written_by__isnull', False), ('written_how__in', ['desk', 'their-word'])), models.Q(('written_by__isnull', True), ('written_how__in', ['door', 'operator'])), _connector='OR')), models.Q(('written_at__isnull', True), ('written_by__isnull', True), ('written_how', '')), _connector='OR'), name='a_contact_written_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='SearchTerm',
            fields=[
                ('pk', models.CompositePrimaryKey('agency_id', 'term', 'file_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('term', models.IntegerField()),
                ('file_id', models.UUIDField()),
            ],
            options={
                'indexes': [models.Index(fields=['file_id'], name='files_searchterm_of_file')],
            },
        ),
        Protect(
            "files_file",
            """
alter table files_file enable row level security;
alter table files_file force row level security;
grant select, insert, update on files_file to app;
create policy custody_select on files_file for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())));
create policy custody_insert on files_file for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and blocked_principals = '{}');
create policy custody_update on files_file for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals()))) with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')));
create policy privacy_officer_select on files_file for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('oversee-access')));
""",
            """
drop policy privacy_officer_select on files_file;
drop policy custody_update on files_file;
drop policy custody_insert on files_file;
drop policy custody_select on files_file;
revoke select, insert, update on files_file from app;
alter table files_file no force row level security;
alter table files_file disable row level security;
""",
        ),
        Protect(
            "files_detail",
            """
alter table files_detail enable row level security;
alter table files_detail force row level security;
grant select, insert, update on files_detail to app;
create policy custody_select on files_detail for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = files_detail.file_id));
create policy custody_insert on files_detail for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = files_detail.file_id));
create policy custody_update on files_detail for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = files_detail.file_id)) with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = files_detail.file_id));
alter table files_detail add constraint files_detail_file foreign key (file_id) references files_file (id) deferrable initially deferred;
""",
            """
alter table files_detail drop constraint files_detail_file;
drop policy custody_update on files_detail;
drop policy custody_insert on files_detail;
drop policy custody_select on files_detail;
revoke select, insert, update on files_detail from app;
alter table files_detail no force row level security;
alter table files_detail disable row level security;
""",
        ),
        Protect(
            "files_safecontact",
            """
alter table files_safecontact enable row level security;
alter table files_safecontact force row level security;
grant select, insert, update, delete on files_safecontact to app;
create policy custody_select on files_safecontact for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = files_safecontact.file_id));
create policy custody_insert on files_safecontact for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = files_safecontact.file_id));
create policy custody_update on files_safecontact for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = files_safecontact.file_id)) with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = files_safecontact.file_id));
create policy custody_delete on files_safecontact for delete to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = files_safecontact.file_id));
alter table files_safecontact add constraint files_safecontact_file foreign key (file_id) references files_file (id) deferrable initially deferred;
create trigger moves before update on files_safecontact for each row when (new.state <> old.state and (old.state || '>' || new.state) <> all (array['unverified>ok', 'unverified>revoked', 'unverified>suspended', 'ok>ok', 'ok>revoked', 'ok>suspended', 'ok>unverified', 'suspended>ok', 'suspended>revoked', 'suspended>suspended', 'suspended>unverified', 'revoked>revoked', 'revoked>unverified']::text[])) execute function ctx.refuse('it cannot go there from where it stands');
""",
            """
drop trigger moves on files_safecontact;
alter table files_safecontact drop constraint files_safecontact_file;
drop policy custody_delete on files_safecontact;
drop policy custody_update on files_safecontact;
drop policy custody_insert on files_safecontact;
drop policy custody_select on files_safecontact;
revoke select, insert, update, delete on files_safecontact from app;
alter table files_safecontact no force row level security;
alter table files_safecontact disable row level security;
""",
        ),
        Protect(
            "files_searchterm",
            """
alter table files_searchterm enable row level security;
alter table files_searchterm force row level security;
grant select, insert, delete on files_searchterm to app;
create policy custody_select on files_searchterm for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and exists (select 1 from files_file f where f.id = file_id));
create policy custody_insert on files_searchterm for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and exists (select 1 from files_file f where f.id = file_id));
create policy custody_delete on files_searchterm for delete to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and exists (select 1 from files_file f where f.id = file_id));
alter table files_searchterm add constraint files_searchterm_file foreign key (file_id) references files_file (id) deferrable initially deferred;
""",
            """
alter table files_searchterm drop constraint files_searchterm_file;
drop policy custody_delete on files_searchterm;
drop policy custody_insert on files_searchterm;
drop policy custody_select on files_searchterm;
revoke select, insert, delete on files_searchterm from app;
alter table files_searchterm no force row level security;
alter table files_searchterm disable row level security;
""",
        ),
        Protect(
            "trail_entry by files",
            """
create policy blocked on trail_entry as restrictive for select to app using (file_id is null or (select ctx.may('oversee-access')) or exists (select 1 from files_file f where f.id = file_id));
""",
            """
drop policy blocked on trail_entry;
""",
        ),
    ]
