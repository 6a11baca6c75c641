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
                ('blocked_principals', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ('to_agency_id', models.UUIDField()),
                ('to_role', models.CharField(blank=True, max_length=20)),
                ('handle', models.CharField(max_length=60)),
                ('entry_id', models.UUIDField(null=True)),
                ('need', models.CharField(blank=True, max_length=40)),
                ('priority_id', models.UUIDField(null=True)),
                ('ours', models.BooleanField(default=False)),
                ('release_id', models.UUIDField()),
                ('introduction', alongside.kernel.rls.models.Sealed(null=True)),
                ('introduction_approved_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('draft', 'Not yet sent'), ('requested', 'Asked, not yet answered'), ('accepted', 'They said yes'), ('rejected', 'They can’t'), ('in-progress', 'Under way'), ('on-hold', 'Paused'), ('completed', 'Done'), ('failed', 'Came to nothing'), ('cancelled', 'Taken back'), ('entered-in-error', 'A mistake')], default='draft', max_length=20)),
                ('answer_by', models.DateTimeField(null=True)),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('requested_by', models.UUIDField(null=True)),
                ('requested_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('moved_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField(help_text='When the agency asked first read it.', null=True)),
                ('noted_at', models.DateTimeField(help_text='When the sender noted the answer.', null=True)),
                ('reason', models.CharField(blank=True, choices=[('no-capacity', 'No room just now'), ('waitlist', 'Only a waiting list'), ('not-a-fit', 'Not a fit'), ('more-needed', 'We need to know more first')], max_length=20)),
                ('barriers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('wait_band', models.CharField(blank=True, max_length=20)),
                ('outcome', models.CharField(blank=True, choices=[('worked', 'It worked'), ('chose-otherwise', 'They chose otherwise'), ('not-said', 'Not said')], max_length=20)),
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
                ('blocked_principals', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
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
            "functions",
            """
-- The agency asked changes its answer and nothing else: whatever column comes is settled for it.
create function referrals_guard() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare its_own text[] := array['state', 'moved_at', 'answered_at', 'seen_at', 'reason', 'barriers', 'wait_band'];
begin
    if old.agency_id is distinct from ctx.agency() and current_user = 'app'
            and to_jsonb(new) - its_own is distinct from to_jsonb(old) - its_own then
        raise insufficient_privilege using message = 'only the answer may be changed here';
    end if;
    if old.state <> 'draft' and new.release_id is distinct from old.release_id then
        raise insufficient_privilege using message = 'a sent request keeps its agreement';
    end if;
    return new;
end $$;
create trigger guard before update on referrals_referral for each row execute function referrals_guard();

create function referrals_moves() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    if current_user = 'app' and old.agency_id is distinct from ctx.agency() and new.state is distinct from old.state
            and not (old.state || '>' || new.state) = any (public.referrals_their_moves()) then
        raise insufficient_privilege using message = 'the agency asked can''t move it there';
    end if;
    return new;
end $$;
create trigger moves before update on referrals_referral for each row execute function referrals_moves();
""",
            """
drop trigger moves on referrals_referral;
drop function referrals_moves;
drop trigger guard on referrals_referral;
drop function referrals_guard;
""",
        ),
        Protect(
            "moves",
            """
create function referrals_their_moves() returns text[] language sql immutable set search_path = pg_catalog, pg_temp as $$
    select array['requested>accepted', 'requested>rejected', 'accepted>completed', 'accepted>failed', 'accepted>in-progress', 'accepted>on-hold', 'in-progress>completed', 'in-progress>failed', 'in-progress>on-hold', 'on-hold>completed', 'on-hold>failed', 'on-hold>in-progress']
$$;
revoke all on function referrals_their_moves() from public;
grant execute on function referrals_their_moves() to app, owner;
""",
            """
drop function referrals_their_moves;
""",
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
""",
            """
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
