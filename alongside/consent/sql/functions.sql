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
