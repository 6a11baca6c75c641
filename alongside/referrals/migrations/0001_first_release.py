import alongside.kernel.ids
import alongside.kernel.rls.models
import django.contrib.postgres.fields
from alongside.kernel.rls.operations import Protect
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("disclosure", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('pk', models.CompositePrimaryKey('file_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False)),
                ('agency_id', models.UUIDField()),
                ('blocked_principals', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, db_default=[], size=None)),
                ('to_agency_id', models.UUIDField()),
                ('to_role', models.CharField(blank=True, max_length=20)),
                ('handle', models.CharField(max_length=60)),
                ('entry_id', models.UUIDField(null=True)),
                ('need', models.CharField(blank=True, db_default='', max_length=40)),
                ('priority_id', models.UUIDField(null=True)),
                ('ours', models.BooleanField(db_default=False)),
                ('release_id', models.UUIDField()),
                ('introduction', alongside.kernel.rls.models.Sealed(null=True)),
                ('introduction_approved_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('draft', 'Not yet sent'), ('requested', 'Asked, not yet answered'), ('accepted', 'They said yes'), ('rejected', 'They can’t'), ('in-progress', 'Under way'), ('on-hold', 'Paused'), ('completed', 'Done'), ('failed', 'Came to nothing'), ('cancelled', 'Taken back'), ('entered-in-error', 'A mistake')], db_default='draft', max_length=20)),
                ('answer_by', models.DateTimeField(null=True)),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('requested_by', models.UUIDField(null=True)),
                ('requested_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('moved_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField(help_text='When the agency asked first read it.', null=True)),
                ('noted_at', models.DateTimeField(help_text='When the sender noted the answer.', null=True)),
                ('reason', models.CharField(blank=True, choices=[('no-capacity', 'No room just now'), ('waitlist', 'Only a waiting list'), ('not-a-fit', 'Not a fit'), ('more-needed', 'We need to know more first')], db_default='', max_length=20)),
                ('barriers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, db_default=[], size=None)),
                ('wait_band', models.CharField(blank=True, db_default='', max_length=20)),
                ('outcome', models.CharField(blank=True, choices=[('worked', 'It worked'), ('chose-otherwise', 'They chose otherwise'), ('not-said', 'Not said')], db_default='', max_length=20)),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
                'indexes': [models.Index(fields=['to_agency_id', 'state'], name='referrals_to_agency'), models.Index(fields=['agency_id', 'state'], name='referrals_from_agency'), models.Index(fields=['id'], name='referral_by_id')],
                'constraints': [models.CheckConstraint(condition=models.Q(('priority_id__isnull', True), ('ours', False), _connector='OR'), name='about_a_priority_or_marked_ours')],
            },
        ),
        migrations.CreateModel(
            name='ReferralIntake',
            fields=[
                ('pk', models.CompositePrimaryKey('file_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False)),
                ('agency_id', models.UUIDField()),
                ('blocked_principals', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, db_default=[], size=None)),
                ('referral_file_id', models.UUIDField()),
                ('referral_id', models.UUIDField()),
                ('from_agency_id', models.UUIDField()),
                ('opened_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
                'indexes': [models.Index(fields=['agency_id', 'referral_id'], name='intake_of_referral')],
                'constraints': [models.UniqueConstraint(fields=('file_id', 'referral_id'), name='a_referral_received_once')],
            },
        ),
        Protect(
            "referrals_referral",
            """
alter table referrals_referral enable row level security;
alter table referrals_referral force row level security;
grant select, insert, update on referrals_referral to app;
create policy custody_select on referrals_referral for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = referrals_referral.file_id));
create policy custody_insert on referrals_referral for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = referrals_referral.file_id));
create policy custody_update on referrals_referral for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = referrals_referral.file_id)) with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = referrals_referral.file_id));
alter table referrals_referral add constraint referrals_referral_file foreign key (file_id) references files_file (id) deferrable initially deferred;
create policy addressed_select on referrals_referral for select to app using (to_agency_id = (select ctx.agency()) and (to_role = '' or to_role = (select ctx.role())) and (select ctx.may('meet-people')) and state <> 'draft' and not (blocked_principals && (select ctx.principals())) and exists (select 1 from consent_release r where r.file_id = referrals_referral.file_id and r.id = referrals_referral.release_id and r.to_agency_id = (select ctx.agency())));
create policy addressed_update on referrals_referral for update to app using (to_agency_id = (select ctx.agency()) and (to_role = '' or to_role = (select ctx.role())) and (select ctx.may('meet-people')) and state <> 'draft' and not (blocked_principals && (select ctx.principals())) and exists (select 1 from consent_release r where r.file_id = referrals_referral.file_id and r.id = referrals_referral.release_id and r.to_agency_id = (select ctx.agency()))) with check (to_agency_id = (select ctx.agency()) and (to_role = '' or to_role = (select ctx.role())) and (select ctx.may('meet-people')) and state <> 'draft' and not (blocked_principals && (select ctx.principals())) and exists (select 1 from consent_release r where r.file_id = referrals_referral.file_id and r.id = referrals_referral.release_id and r.to_agency_id = (select ctx.agency())));
alter table referrals_referral add constraint referrals_referral_release_id foreign key (file_id, release_id) references consent_release (file_id, id) deferrable initially deferred;
alter table referrals_referral add constraint referrals_referral_priority_id foreign key (file_id, priority_id) references plans_priority (file_id, id) deferrable initially deferred;
grant select, update on referrals_referral to ctxo;
create policy ctxo_select on referrals_referral for select to ctxo using (current_user = 'ctxo');
create policy ctxo_update on referrals_referral for update to ctxo using (current_user = 'ctxo') with check (current_user = 'ctxo');
create trigger keep_blocked_principals before insert or update on referrals_referral for each row execute function consent_keep_blocked_principals();
set role ctxo; insert into ctx.item_table values ('referrals_referral'); reset role;
create trigger moves before update on referrals_referral for each row when (new.state <> old.state and (old.state || '>' || new.state) <> all (array['draft>cancelled', 'draft>requested', 'requested>accepted', 'requested>cancelled', 'requested>entered-in-error', 'requested>rejected', 'accepted>cancelled', 'accepted>completed', 'accepted>entered-in-error', 'accepted>failed', 'accepted>in-progress', 'accepted>on-hold', 'in-progress>cancelled', 'in-progress>completed', 'in-progress>entered-in-error', 'in-progress>failed', 'in-progress>on-hold', 'on-hold>cancelled', 'on-hold>completed', 'on-hold>entered-in-error', 'on-hold>failed', 'on-hold>in-progress', 'rejected>entered-in-error', 'completed>entered-in-error', 'failed>entered-in-error']::text[])) execute function ctx.refuse('it cannot go there from where it stands');
create trigger their_moves before update on referrals_referral for each row when ((current_user = 'app' and old.agency_id is distinct from ctx.agency()) and new.state <> old.state and (old.state || '>' || new.state) <> all (array['requested>accepted', 'requested>rejected', 'accepted>completed', 'accepted>failed', 'accepted>in-progress', 'accepted>on-hold', 'in-progress>completed', 'in-progress>failed', 'in-progress>on-hold', 'on-hold>completed', 'on-hold>failed', 'on-hold>in-progress']::text[])) execute function ctx.refuse('it cannot go there from where it stands');
create trigger answer_only before update on referrals_referral for each row when ((current_user = 'app' and old.agency_id is distinct from ctx.agency()) and to_jsonb(new) - '{state,moved_at,answered_at,seen_at,reason,barriers,wait_band}'::text[] is distinct from to_jsonb(old) - '{state,moved_at,answered_at,seen_at,reason,barriers,wait_band}'::text[]) execute function ctx.refuse('only the answer may be changed here');
create trigger settled before update on referrals_referral for each row when ((old.state <> 'draft') and (new.release_id) is distinct from (old.release_id)) execute function ctx.refuse('a sent request keeps its agreement');
""",
            """
drop trigger settled on referrals_referral;
drop trigger answer_only on referrals_referral;
drop trigger their_moves on referrals_referral;
drop trigger moves on referrals_referral;
set role ctxo; delete from ctx.item_table where name = 'referrals_referral'; reset role;
drop trigger keep_blocked_principals on referrals_referral;
drop policy ctxo_update on referrals_referral;
drop policy ctxo_select on referrals_referral;
revoke select, update on referrals_referral from ctxo;
alter table referrals_referral drop constraint referrals_referral_priority_id;
alter table referrals_referral drop constraint referrals_referral_release_id;
drop policy addressed_update on referrals_referral;
drop policy addressed_select on referrals_referral;
alter table referrals_referral drop constraint referrals_referral_file;
drop policy custody_update on referrals_referral;
drop policy custody_insert on referrals_referral;
drop policy custody_select on referrals_referral;
revoke select, insert, update on referrals_referral from app;
alter table referrals_referral no force row level security;
alter table referrals_referral disable row level security;
""",
        ),
        Protect(
            "referrals_referralintake",
            """
alter table referrals_referralintake enable row level security;
alter table referrals_referralintake force row level security;
grant select, insert, update on referrals_referralintake to app;
create policy custody_select on referrals_referralintake for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = referrals_referralintake.file_id));
create policy custody_insert on referrals_referralintake for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = referrals_referralintake.file_id));
create policy custody_update on referrals_referralintake for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = referrals_referralintake.file_id)) with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = referrals_referralintake.file_id));
alter table referrals_referralintake add constraint referrals_referralintake_file foreign key (file_id) references files_file (id) deferrable initially deferred;
create trigger keep_blocked_principals before insert or update on referrals_referralintake for each row execute function consent_keep_blocked_principals();
""",
            """
drop trigger keep_blocked_principals on referrals_referralintake;
alter table referrals_referralintake drop constraint referrals_referralintake_file;
drop policy custody_update on referrals_referralintake;
drop policy custody_insert on referrals_referralintake;
drop policy custody_select on referrals_referralintake;
revoke select, insert, update on referrals_referralintake from app;
alter table referrals_referralintake no force row level security;
alter table referrals_referralintake disable row level security;
""",
        ),
    ]
