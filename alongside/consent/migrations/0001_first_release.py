import alongside.kernel.ids
import alongside.kernel.rls.models
import django.contrib.postgres.fields
import django.db.models.expressions
from alongside.kernel.rls.operations import Protect
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("files", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('on', models.DateField()),
                ('read_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('pk', models.CompositePrimaryKey('file_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False)),
                ('agency_id', models.UUIDField()),
                ('blocked_principals', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, db_default=[], size=None)),
                ('against', models.TextField(blank=True, db_default='', help_text='`worker:id`, `agency:id`, `role:name` or `role:agency:name`; empty: nobody but us.')),
                ('item_id', models.UUIDField(null=True)),
                ('words', alongside.kernel.rls.models.Sealed(null=True)),
                ('set_at', models.DateTimeField()),
                ('set_by', models.UUIDField(null=True)),
                ('set_how', models.CharField(max_length=10)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_by', models.UUIDField(null=True)),
                ('lifted_how', models.CharField(blank=True, db_default='', max_length=10)),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('set_at__isnull', False), models.Q(models.Q(('set_by__isnull', False), ('set_how__in', ['desk', 'their-word'])), models.Q(('set_by__isnull', True), ('set_how__in', ['door', 'operator'])), _connector='OR')), models.Q(('set_at__isnull', True), ('set_by__isnull', True), ('set_how', '')), _connector='OR'), name='a_not_them_set_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at__isnull', False), models.Q(models.Q(('lifted_by__isnull', False), ('lifted_how__in', ['desk', 'their-word'])), models.Q(('lifted_by__isnull', True), ('lifted_how__in', ['door', 'operator'])), _connector='OR')), models.Q(('lifted_at__isnull', True), ('lifted_by__isnull', True), ('lifted_how', '')), _connector='OR'), name='a_not_them_lifted_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('pk', models.CompositePrimaryKey('file_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False)),
                ('agency_id', models.UUIDField()),
                ('blocked_principals', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, db_default=[], size=None)),
                ('to_agency_id', models.UUIDField()),
                ('to_role', models.CharField(blank=True, max_length=20)),
                ('purpose', models.CharField(choices=[('answer', 'To answer this request'), ('work-together', 'To work on this together'), ('first-meeting', 'To prepare a first meeting')], db_default='answer', max_length=20)),
                ('manner', models.CharField(choices=[('view', 'They see it here, while the agreement lasts'), ('verbal', 'It is read out to them'), ('copy', 'They get a copy')], db_default='view', max_length=10)),
                ('state', models.CharField(choices=[('offered', 'Being talked about'), ('declined', 'They would rather not'), ('deferred', 'Not now'), ('given', 'Agreed'), ('withdrawn', 'Ended by them'), ('superseded', 'Replaced by a newer agreement'), ('fulfilled', 'Done')], db_default='offered', max_length=20)),
                ('starts_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('language', models.CharField(blank=True, db_default='', max_length=20)),
                ('interpreter', models.CharField(blank=True, db_default='', max_length=20)),
                ('capacity', models.CharField(blank=True, choices=[('self', 'They decided for themselves'), ('substitute', 'Somebody decides for them by law, and showed it')], db_default='', max_length=20)),
                ('method', models.CharField(blank=True, choices=[('oral-witnessed', 'They said it, and I heard it'), ('signed', 'They signed')], db_default='', max_length=20)),
                ('others_present', models.CharField(blank=True, choices=[('alone', 'Nobody else'), ('chosen', 'Somebody they wanted there'), ('other', 'Somebody else was there')], db_default='', max_length=10)),
                ('explained', models.BooleanField(db_default=False, help_text='Risks, other ways, and that nothing depends on it were said aloud.')),
                ('copy_given', models.BooleanField(db_default=False)),
                ('onward_allowed', models.BooleanField(db_default=False)),
                ('regime_from', models.CharField(blank=True, db_default='', max_length=20)),
                ('regime_to', models.CharField(blank=True, db_default='', max_length=20)),
                ('offered_by', models.UUIDField()),
                ('offered_at', models.DateTimeField()),
                ('given_at', models.DateTimeField(null=True)),
                ('given_by', models.UUIDField(null=True)),
                ('given_how', models.CharField(blank=True, db_default='', max_length=10)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.UUIDField(null=True)),
                ('ended_how', models.CharField(blank=True, db_default='', max_length=10)),
                ('ended_because', models.CharField(blank=True, db_default='', max_length=20)),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
                'indexes': [models.Index(fields=['to_agency_id', 'file_id'], name='releases_to_agency')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('starts_at'))), name='a_release_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('until__lte', django.db.models.expressions.CombinedExpression(models.F('starts_at'), '+', models.Value('181 days', output_field=models.DurationField())))), name='a_release_lasts_180_days_at_most'), models.CheckConstraint(condition=models.Q(('onward_allowed', False)), name='never_passed_on'), models.CheckConstraint(condition=models.Q(models.Q(('given_at__isnull', False), models.Q(models.Q(('given_by__isnull', False), ('given_how__in', ['desk', 'their-word'])), models.Q(('given_by__isnull', True), ('given_how__in', ['door', 'operator'])), _connector='OR')), models.Q(('given_at__isnull', True), ('given_by__isnull', True), ('given_how', '')), _connector='OR'), name='given_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), models.Q(models.Q(('ended_by__isnull', False), ('ended_how__in', ['desk', 'their-word'])), models.Q(('ended_by__isnull', True), ('ended_how__in', ['door', 'operator'])), _connector='OR')), models.Q(('ended_at__isnull', True), ('ended_by__isnull', True), ('ended_how', '')), _connector='OR'), name='ended_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='ReleasedItem',
            fields=[
                ('pk', models.CompositePrimaryKey('file_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False)),
                ('agency_id', models.UUIDField()),
                ('blocked_principals', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, db_default=[], size=None)),
                ('release_id', models.UUIDField()),
                ('item_id', models.UUIDField()),
                ('kind', models.CharField(max_length=20)),
                ('columns', models.CharField(db_default='body', max_length=60)),
                ('to_agency_id', models.UUIDField()),
                ('to_role', models.CharField(blank=True, max_length=20)),
                ('starts_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('given_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
                'indexes': [models.Index(fields=['file_id', 'item_id', 'to_agency_id'], name='released_item_to_agency')],
                'constraints': [models.UniqueConstraint(fields=('file_id', 'release_id', 'item_id'), name='an_item_once_in_a_release')],
            },
        ),
        Protect(
            "functions",
            """
set role ctxo;
-- The tables whose rows can be agreed to be shared; each folder adds its own.
create table ctx.item_table (name text primary key);

-- Writes what the "not them"s of a file amount to into the rows they hide. A trigger, so that no page can forget it; as ctxo, because
-- whoever writes down "not me either" no longer sees the file in the same moment.
create function ctx.apply_blocks() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare file uuid := new.file_id; principals text[] := ctx.blocked_principals_of(new.file_id, null, null); t text;
begin
    update public.files_file set blocked_principals = principals where id = file and blocked_principals is distinct from principals;
    update public.consent_release r set blocked_principals = ctx.blocked_principals_of(file, null, r.to_agency_id)
        where r.file_id = file and r.blocked_principals is distinct from ctx.blocked_principals_of(file, null, r.to_agency_id);
    update public.consent_releaseditem r set blocked_principals = ctx.blocked_principals_of(file, r.item_id, r.to_agency_id)
        where r.file_id = file and r.blocked_principals is distinct from ctx.blocked_principals_of(file, r.item_id, r.to_agency_id);
    if new.item_id is not null then
        for t in select name from ctx.item_table loop
            execute format('update public.%I set blocked_principals = $1 where file_id = $2 and id = $3', t)
                using ctx.blocked_principals_of(file, new.item_id, null), file, new.item_id;
        end loop;
    end if;
    return null;
end $$;
revoke all on function ctx.apply_blocks() from public;
grant execute on function ctx.apply_blocks() to owner, app;
reset role;
create trigger apply_blocks after insert or update on consent_block for each row execute function ctx.apply_blocks();
set role ctxo;
-- What the "not them"s of a file amount to for one of its rows. `reader`: the agency an agreement names; "nobody but us" is against it too.
create function ctx.blocked_principals_of(file uuid, item uuid, reader uuid) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(distinct coalesce(nullif(b.against, ''), 'agency:' || reader)), '{}')
    from public.consent_block b
    where b.file_id = file and b.lifted_at is null and (b.item_id is null or b.item_id = item) and (b.against <> '' or reader is not null)
$$;
revoke all on function ctx.blocked_principals_of(uuid, uuid, uuid) from public;

-- An agreement made after a "not them" is blocked as one made before it.
create function ctx.inherit_blocks() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if tg_table_name = 'consent_releaseditem' then
        new.blocked_principals := ctx.blocked_principals_of(new.file_id, new.item_id, new.to_agency_id);
    else
        new.blocked_principals := ctx.blocked_principals_of(new.file_id, null, new.to_agency_id);
    end if;
    return new;
end $$;

-- An item stands under its agreement: it has the agreement's dates, whatever is written, and is neither added nor taken away once that was given.
create function ctx.follow_release() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare r public.consent_release; named public.consent_releaseditem := case when tg_op = 'DELETE' then old else new end;
begin
    select * into r from public.consent_release x where x.file_id = named.file_id and x.id = named.release_id for share;
    if tg_op <> 'UPDATE' and r.given_at is not null then
        raise insufficient_privilege using message = 'an agreement is not changed after it was given: end it and ask again';
    end if;
    if tg_op = 'DELETE' then return old; end if;
    if tg_op = 'UPDATE' and (new.file_id, new.id, new.agency_id, new.release_id, new.item_id, new.kind, new.columns)
            is distinct from (old.file_id, old.id, old.agency_id, old.release_id, old.item_id, old.kind, old.columns) then
        raise insufficient_privilege using message = 'an item is not exchanged for another';
    end if;
    if r.id is not null then
        new.to_agency_id := r.to_agency_id; new.to_role := r.to_role; new.starts_at := r.starts_at; new.until := r.until;
        new.given_at := r.given_at; new.ended_at := r.ended_at;
    end if;
    return new;
end $$;
create function ctx.carry_to_items() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update public.consent_releaseditem i set given_at = new.given_at where i.file_id = new.file_id and i.release_id = new.id
        and (i.to_agency_id, i.to_role, i.starts_at, i.until, i.given_at, i.ended_at)
            is distinct from (new.to_agency_id, new.to_role, new.starts_at, new.until, new.given_at, new.ended_at);
    return null;
end $$;
revoke all on function ctx.apply_blocks(), ctx.inherit_blocks(), ctx.follow_release(), ctx.carry_to_items() from public, app;
grant execute on function ctx.inherit_blocks(), ctx.follow_release(), ctx.carry_to_items() to owner;
reset role;
create trigger inherit_blocks before insert on consent_release for each row execute function ctx.inherit_blocks();
create trigger inherit_blocks before insert on consent_releaseditem for each row execute function ctx.inherit_blocks();
create trigger follow_release before insert or update or delete on consent_releaseditem for each row execute function ctx.follow_release();
create trigger carry_to_items after update on consent_release for each row execute function ctx.carry_to_items();

create function consent_keep_blocked_principals() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if current_user = 'app' then
        new.blocked_principals := case when tg_op = 'UPDATE' then old.blocked_principals else '{}' end;
    end if;
    return new;
end $$;

alter table consent_release add constraint given_means_given check ((state in ('given', 'withdrawn', 'superseded', 'fulfilled')) = (given_at is not null));
alter table consent_release add constraint ended_means_ended check ((state in ('withdrawn', 'superseded', 'fulfilled')) = (ended_at is not null));

create trigger keep_blocked_principals before update on consent_release for each row execute function consent_keep_blocked_principals();
create trigger keep_blocked_principals before update on consent_releaseditem for each row execute function consent_keep_blocked_principals();
set role ctxo;
-- The principals that are an agency's workers who go by that name (whole, or the first one); or, where nobody does, one that looks the same and fits nobody.
create function ctx.worker_principals(agency uuid, called text) returns text[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(
        (select array_agg('worker:' || w.id order by w.id) from public.agencies_worker w
            where w.agency_id = agency and lower(btrim(called)) in (lower(w.name), lower(split_part(w.name, ' ', 1)))),
        (select array['worker:' || (
                lpad(to_hex(('x' || left(replace(agency::text, '-', ''), 12))::bit(48)::bigint + ('x' || left(m.h, 8))::bit(32)::bigint / 4), 12, '0')
                || '7' || substr(m.h, 9, 3) || substr('89ab', 1 + (('x' || substr(m.h, 12, 1))::bit(4)::int & 3), 1) || substr(m.h, 13, 15))::uuid]
            from (select encode(sha256(s.outer_pad || convert_to(agency || lower(btrim(called)), 'UTF8')), 'hex') as h from ctx.secret s) m))
    where ctx.may('keep-files')
$$;
revoke all on function ctx.worker_principals(uuid, text) from public;
grant execute on function ctx.worker_principals(uuid, text) to app, owner;
reset role;
""",
            """
drop function ctx.worker_principals;
drop trigger keep_blocked_principals on consent_releaseditem;
drop trigger keep_blocked_principals on consent_release;
alter table consent_release drop constraint ended_means_ended;
alter table consent_release drop constraint given_means_given;
drop function consent_keep_blocked_principals;
drop trigger carry_to_items on consent_release;
drop trigger follow_release on consent_releaseditem;
drop trigger inherit_blocks on consent_releaseditem;
drop trigger inherit_blocks on consent_release;
drop function ctx.carry_to_items;
drop function ctx.follow_release;
drop function ctx.inherit_blocks;
drop function ctx.blocked_principals_of;
drop trigger apply_blocks on consent_block;
drop function ctx.apply_blocks;
drop table ctx.item_table;
""",
        ),
        Protect(
            "consent_block",
            """
alter table consent_block enable row level security;
alter table consent_block force row level security;
grant select, insert, update on consent_block to app;
create policy custody_select on consent_block for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = consent_block.file_id));
create policy custody_insert on consent_block for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = consent_block.file_id));
create policy custody_update on consent_block for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = consent_block.file_id)) with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = consent_block.file_id));
alter table consent_block add constraint consent_block_file foreign key (file_id) references files_file (id) deferrable initially deferred;
create trigger keep_blocked_principals before insert or update on consent_block for each row execute function consent_keep_blocked_principals();
grant select on consent_block to ctxo;
create policy ctxo_select on consent_block for select to ctxo using (current_user = 'ctxo');
create trigger settled before update on consent_block for each row when (to_jsonb(new) - '{lifted_at,lifted_by,lifted_how,blocked_principals}'::text[] is distinct from to_jsonb(old) - '{lifted_at,lifted_by,lifted_how,blocked_principals}'::text[]) execute function ctx.refuse('a "not them" is only ever lifted');
create trigger stays_lifted before update on consent_block for each row when ((old.lifted_at is not null) and (new.lifted_at, new.lifted_by, new.lifted_how) is distinct from (old.lifted_at, old.lifted_by, old.lifted_how)) execute function ctx.refuse('a "not them" is lifted once');
""",
            """
drop trigger stays_lifted on consent_block;
drop trigger settled on consent_block;
drop policy ctxo_select on consent_block;
revoke select on consent_block from ctxo;
drop trigger keep_blocked_principals on consent_block;
alter table consent_block drop constraint consent_block_file;
drop policy custody_update on consent_block;
drop policy custody_insert on consent_block;
drop policy custody_select on consent_block;
revoke select, insert, update on consent_block from app;
alter table consent_block no force row level security;
alter table consent_block disable row level security;
""",
        ),
        Protect(
            "consent_notice",
            """
alter table consent_notice enable row level security;
alter table consent_notice force row level security;
grant select, insert, update (read_at) on consent_notice to app;
create policy app_select on consent_notice for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('meet-people')));
create policy app_update on consent_notice for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('meet-people')));
create policy app_insert on consent_notice for insert to app with check (agency_id <> (select ctx.agency()) and (select ctx.may('keep-files')) and read_at is null);
""",
            """
drop policy app_insert on consent_notice;
drop policy app_update on consent_notice;
drop policy app_select on consent_notice;
revoke select, insert, update (read_at) on consent_notice from app;
alter table consent_notice no force row level security;
alter table consent_notice disable row level security;
""",
        ),
        Protect(
            "consent_release",
            """
alter table consent_release enable row level security;
alter table consent_release force row level security;
grant select, insert, update on consent_release to app;
create policy custody_select on consent_release for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = consent_release.file_id));
create policy custody_insert on consent_release for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = consent_release.file_id));
create policy custody_update on consent_release for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = consent_release.file_id)) with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = consent_release.file_id));
alter table consent_release add constraint consent_release_file foreign key (file_id) references files_file (id) deferrable initially deferred;
create policy recipient_select on consent_release for select to app using (to_agency_id = (select ctx.agency()) and (to_role = '' or to_role = (select ctx.role())) and (select ctx.may('meet-people')) and not (blocked_principals && (select ctx.principals())) and state = 'given' and consent_release.given_at is not null and consent_release.ended_at is null and consent_release.starts_at <= statement_timestamp() and consent_release.until > statement_timestamp());
grant select, update on consent_release to ctxo;
create policy ctxo_select on consent_release for select to ctxo using (current_user = 'ctxo');
create policy ctxo_update on consent_release for update to ctxo using (current_user = 'ctxo') with check (current_user = 'ctxo');
create trigger moves before update on consent_release for each row when (new.state <> old.state and (old.state || '>' || new.state) <> all (array['offered>declined', 'offered>deferred', 'offered>given', 'deferred>declined', 'deferred>given', 'given>fulfilled', 'given>superseded', 'given>withdrawn']::text[])) execute function ctx.refuse('it cannot go there from where it stands');
create trigger settled before update on consent_release for each row when ((old.given_at is not null) and to_jsonb(new) - '{ended_at,ended_by,ended_how,state,ended_because,copy_given,blocked_principals}'::text[] is distinct from to_jsonb(old) - '{ended_at,ended_by,ended_how,state,ended_because,copy_given,blocked_principals}'::text[]) execute function ctx.refuse('an agreement is not changed after it was given: end it and ask again');
create trigger stays_ended before update on consent_release for each row when ((old.ended_at is not null) and (new.ended_at, new.ended_by, new.ended_how) is distinct from (old.ended_at, old.ended_by, old.ended_how)) execute function ctx.refuse('an ended agreement stays ended');
""",
            """
drop trigger stays_ended on consent_release;
drop trigger settled on consent_release;
drop trigger moves on consent_release;
drop policy ctxo_update on consent_release;
drop policy ctxo_select on consent_release;
revoke select, update on consent_release from ctxo;
drop policy recipient_select on consent_release;
alter table consent_release drop constraint consent_release_file;
drop policy custody_update on consent_release;
drop policy custody_insert on consent_release;
drop policy custody_select on consent_release;
revoke select, insert, update on consent_release from app;
alter table consent_release no force row level security;
alter table consent_release disable row level security;
""",
        ),
        Protect(
            "consent_releaseditem",
            """
alter table consent_releaseditem enable row level security;
alter table consent_releaseditem force row level security;
grant select, insert, update, delete on consent_releaseditem to app;
create policy custody_select on consent_releaseditem for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = consent_releaseditem.file_id));
create policy custody_insert on consent_releaseditem for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = consent_releaseditem.file_id));
create policy custody_update on consent_releaseditem for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = consent_releaseditem.file_id)) with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = consent_releaseditem.file_id));
create policy custody_delete on consent_releaseditem for delete to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = consent_releaseditem.file_id));
alter table consent_releaseditem add constraint consent_releaseditem_file foreign key (file_id) references files_file (id) deferrable initially deferred;
create policy recipient_select on consent_releaseditem for select to app using (to_agency_id = (select ctx.agency()) and (to_role = '' or to_role = (select ctx.role())) and (select ctx.may('meet-people')) and not (blocked_principals && (select ctx.principals())) and consent_releaseditem.given_at is not null and consent_releaseditem.ended_at is null and consent_releaseditem.starts_at <= statement_timestamp() and consent_releaseditem.until > statement_timestamp());
alter table consent_releaseditem add constraint consent_releaseditem_release_id foreign key (file_id, release_id) references consent_release (file_id, id) deferrable initially deferred;
grant select, update on consent_releaseditem to ctxo;
create policy ctxo_select on consent_releaseditem for select to ctxo using (current_user = 'ctxo');
create policy ctxo_update on consent_releaseditem for update to ctxo using (current_user = 'ctxo') with check (current_user = 'ctxo');
create trigger settled before update on consent_releaseditem for each row when ((old.given_at is not null) and to_jsonb(new) - '{ended_at,blocked_principals}'::text[] is distinct from to_jsonb(old) - '{ended_at,blocked_principals}'::text[]) execute function ctx.refuse('an agreement is not changed after it was given: end it and ask again');
create trigger stays_ended before update on consent_releaseditem for each row when ((old.ended_at is not null) and (new.ended_at) is distinct from (old.ended_at)) execute function ctx.refuse('an ended agreement stays ended');
""",
            """
drop trigger stays_ended on consent_releaseditem;
drop trigger settled on consent_releaseditem;
drop policy ctxo_update on consent_releaseditem;
drop policy ctxo_select on consent_releaseditem;
revoke select, update on consent_releaseditem from ctxo;
alter table consent_releaseditem drop constraint consent_releaseditem_release_id;
drop policy recipient_select on consent_releaseditem;
alter table consent_releaseditem drop constraint consent_releaseditem_file;
drop policy custody_delete on consent_releaseditem;
drop policy custody_update on consent_releaseditem;
drop policy custody_insert on consent_releaseditem;
drop policy custody_select on consent_releaseditem;
revoke select, insert, update, delete on consent_releaseditem from app;
alter table consent_releaseditem no force row level security;
alter table consent_releaseditem disable row level security;
""",
        ),
        Protect(
            "agencies_worker by consent",
            """
grant select on agencies_worker to ctxo;
create policy ctxo_by_name on agencies_worker for select to ctxo using (current_user = 'ctxo');
""",
            """
drop policy ctxo_by_name on agencies_worker;
revoke select on agencies_worker from ctxo;
""",
        ),
        Protect(
            "files_file by consent",
            """
grant select, update on files_file to ctxo;
create policy ctxo_select on files_file for select to ctxo using (current_user = 'ctxo');
create policy ctxo_update on files_file for update to ctxo using (current_user = 'ctxo') with check (current_user = 'ctxo');
create trigger keep_blocked_principals before insert or update on files_file for each row execute function consent_keep_blocked_principals();
""",
            """
drop trigger keep_blocked_principals on files_file;
drop policy ctxo_update on files_file;
drop policy ctxo_select on files_file;
revoke select, update on files_file from ctxo;
""",
        ),
        Protect(
            "files_detail by consent",
            """
create policy released_select on files_detail for select to app using (exists (select 1 from consent_releaseditem g where g.file_id = files_detail.file_id and g.item_id = files_detail.id and g.to_agency_id = (select ctx.agency()) and g.given_at is not null and g.ended_at is null and g.starts_at <= statement_timestamp() and g.until > statement_timestamp()) and not (blocked_principals && (select ctx.principals())));
grant select, update on files_detail to ctxo;
create policy ctxo_select on files_detail for select to ctxo using (current_user = 'ctxo');
create policy ctxo_update on files_detail for update to ctxo using (current_user = 'ctxo') with check (current_user = 'ctxo');
create trigger keep_blocked_principals before insert or update on files_detail for each row execute function consent_keep_blocked_principals();
set role ctxo; insert into ctx.item_table values ('files_detail'); reset role;
""",
            """
set role ctxo; delete from ctx.item_table where name = 'files_detail'; reset role;
drop trigger keep_blocked_principals on files_detail;
drop policy ctxo_update on files_detail;
drop policy ctxo_select on files_detail;
revoke select, update on files_detail from ctxo;
drop policy released_select on files_detail;
""",
        ),
        Protect(
            "files_safecontact by consent",
            """
create policy released_select on files_safecontact for select to app using (exists (select 1 from consent_releaseditem g where g.file_id = files_safecontact.file_id and g.item_id = files_safecontact.id and g.to_agency_id = (select ctx.agency()) and g.given_at is not null and g.ended_at is null and g.starts_at <= statement_timestamp() and g.until > statement_timestamp()) and not (blocked_principals && (select ctx.principals())));
grant select, update on files_safecontact to ctxo;
create policy ctxo_select on files_safecontact for select to ctxo using (current_user = 'ctxo');
create policy ctxo_update on files_safecontact for update to ctxo using (current_user = 'ctxo') with check (current_user = 'ctxo');
create trigger keep_blocked_principals before insert or update on files_safecontact for each row execute function consent_keep_blocked_principals();
set role ctxo; insert into ctx.item_table values ('files_safecontact'); reset role;
""",
            """
set role ctxo; delete from ctx.item_table where name = 'files_safecontact'; reset role;
drop trigger keep_blocked_principals on files_safecontact;
drop policy ctxo_update on files_safecontact;
drop policy ctxo_select on files_safecontact;
revoke select, update on files_safecontact from ctxo;
drop policy released_select on files_safecontact;
""",
        ),
    ]
