import alongside.kernel.ids
import alongside.kernel.rls.models
import django.contrib.postgres.fields
import django.db.models.constraints
from alongside.kernel.rls.operations import Protect
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("consent", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('pk', models.CompositePrimaryKey('file_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False)),
                ('agency_id', models.UUIDField()),
                ('blocked_principals', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, db_default=[], size=None)),
                ('words', alongside.kernel.rls.models.Sealed()),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('put_away_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Priority',
            fields=[
                ('pk', models.CompositePrimaryKey('file_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False)),
                ('agency_id', models.UUIDField()),
                ('blocked_principals', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, db_default=[], size=None)),
                ('rank', models.PositiveIntegerField()),
                ('pace', models.CharField(blank=True, choices=[('now', 'Now'), ('later', 'Later'), ('not-now', 'Not now')], db_default='', max_length=10)),
                ('language', models.CharField(blank=True, db_default='', max_length=20)),
                ('words', alongside.kernel.rls.models.Sealed()),
                ('private', alongside.kernel.rls.models.Sealed(null=True)),
                ('need', models.CharField(blank=True, db_default='', max_length=40)),
                ('review_on', models.DateField(null=True)),
                ('written_by', models.UUIDField(null=True)),
                ('written_how', models.CharField(max_length=10)),
                ('written_at', models.DateTimeField()),
                ('put_away_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['rank', 'id'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('file_id', 'rank'), name='one_priority_a_rank'), models.CheckConstraint(condition=models.Q(models.Q(('written_at__isnull', False), models.Q(models.Q(('written_by__isnull', False), ('written_how__in', ['desk', 'their-word'])), models.Q(('written_by__isnull', True), ('written_how__in', ['door', 'operator'])), _connector='OR')), models.Q(('written_at__isnull', True), ('written_by__isnull', True), ('written_how', '')), _connector='OR'), name='a_priority_written_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('pk', models.CompositePrimaryKey('file_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False)),
                ('agency_id', models.UUIDField()),
                ('blocked_principals', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, db_default=[], size=None)),
                ('priority_id', models.UUIDField(null=True)),
                ('ours', models.BooleanField(db_default=False)),
                ('words', alongside.kernel.rls.models.Sealed()),
                ('worker_id', models.UUIDField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('done_by', models.UUIDField(null=True)),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['due_on', 'id'],
                'abstract': False,
                'indexes': [models.Index(fields=['agency_id', 'worker_id', 'due_on'], name='steps_of_worker')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ours', True), ('priority_id__isnull', True)), models.Q(('ours', False), ('priority_id__isnull', False)), _connector='OR'), name='theirs_or_marked_ours')],
            },
        ),
        Protect(
            "plans_priority",
            """
alter table plans_priority enable row level security;
alter table plans_priority force row level security;
grant select, insert, update on plans_priority to app;
create policy custody_select on plans_priority for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = plans_priority.file_id));
create policy custody_insert on plans_priority for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = plans_priority.file_id));
create policy custody_update on plans_priority for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = plans_priority.file_id)) with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = plans_priority.file_id));
alter table plans_priority add constraint plans_priority_file foreign key (file_id) references files_file (id) deferrable initially deferred;
create policy released_select on plans_priority for select to app using (exists (select 1 from consent_releaseditem g where g.file_id = plans_priority.file_id and g.item_id = plans_priority.id and g.to_agency_id = (select ctx.agency()) and g.given_at is not null and g.ended_at is null and g.starts_at <= statement_timestamp() and g.until > statement_timestamp()) and not (blocked_principals && (select ctx.principals())));
grant select, update on plans_priority to ctxo;
create policy ctxo_select on plans_priority for select to ctxo using (current_user = 'ctxo');
create policy ctxo_update on plans_priority for update to ctxo using (current_user = 'ctxo') with check (current_user = 'ctxo');
create trigger keep_blocked_principals before insert or update on plans_priority for each row execute function consent_keep_blocked_principals();
set role ctxo; insert into ctx.item_table values ('plans_priority'); reset role;
""",
            """
set role ctxo; delete from ctx.item_table where name = 'plans_priority'; reset role;
drop trigger keep_blocked_principals on plans_priority;
drop policy ctxo_update on plans_priority;
drop policy ctxo_select on plans_priority;
revoke select, update on plans_priority from ctxo;
drop policy released_select on plans_priority;
alter table plans_priority drop constraint plans_priority_file;
drop policy custody_update on plans_priority;
drop policy custody_insert on plans_priority;
drop policy custody_select on plans_priority;
revoke select, insert, update on plans_priority from app;
alter table plans_priority no force row level security;
alter table plans_priority disable row level security;
""",
        ),
        Protect(
            "plans_step",
            """
alter table plans_step enable row level security;
alter table plans_step force row level security;
grant select, insert, update on plans_step to app;
create policy custody_select on plans_step for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = plans_step.file_id));
create policy custody_insert on plans_step for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = plans_step.file_id));
create policy custody_update on plans_step for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = plans_step.file_id)) with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = plans_step.file_id));
alter table plans_step add constraint plans_step_file foreign key (file_id) references files_file (id) deferrable initially deferred;
create trigger keep_blocked_principals before insert or update on plans_step for each row execute function consent_keep_blocked_principals();
alter table plans_step add constraint plans_step_priority_id foreign key (file_id, priority_id) references plans_priority (file_id, id) deferrable initially deferred;
""",
            """
alter table plans_step drop constraint plans_step_priority_id;
drop trigger keep_blocked_principals on plans_step;
alter table plans_step drop constraint plans_step_file;
drop policy custody_update on plans_step;
drop policy custody_insert on plans_step;
drop policy custody_select on plans_step;
revoke select, insert, update on plans_step from app;
alter table plans_step no force row level security;
alter table plans_step disable row level security;
""",
        ),
        Protect(
            "plans_suggestion",
            """
alter table plans_suggestion enable row level security;
alter table plans_suggestion force row level security;
grant select, insert, update on plans_suggestion to app;
create policy custody_select on plans_suggestion for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = plans_suggestion.file_id));
create policy custody_insert on plans_suggestion for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = plans_suggestion.file_id));
create policy custody_update on plans_suggestion for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = plans_suggestion.file_id)) with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = plans_suggestion.file_id));
alter table plans_suggestion add constraint plans_suggestion_file foreign key (file_id) references files_file (id) deferrable initially deferred;
create trigger keep_blocked_principals before insert or update on plans_suggestion for each row execute function consent_keep_blocked_principals();
""",
            """
drop trigger keep_blocked_principals on plans_suggestion;
alter table plans_suggestion drop constraint plans_suggestion_file;
drop policy custody_update on plans_suggestion;
drop policy custody_insert on plans_suggestion;
drop policy custody_select on plans_suggestion;
revoke select, insert, update on plans_suggestion from app;
alter table plans_suggestion no force row level security;
alter table plans_suggestion disable row level security;
""",
        ),
    ]
