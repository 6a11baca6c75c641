set role ctxo;
-- What every ending of an agreement brings with it, whoever ended it and however. The other agency is told that it stops using what it wrote
-- down; nobody is named. And the keys that were lent under it are ordered back: `unnamed` are the items that no other live agreement lends to
-- the same agency, for what was lent before loans said under which.
create function ctx.tell_of_ending() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into public.consent_notice (id, agency_id, "on")
        values (gen_random_uuid(), new.to_agency_id, (clock_timestamp() at time zone 'America/Toronto')::date);
    insert into public.kernel_effect (id, kind, about, agency_id, particulars, due_at)
        select ctx.id_in_order(), 'consent.recall_keys', new.file_id, new.agency_id,
            jsonb_build_object('release', new.id, 'to', new.to_agency_id, 'unnamed', coalesce(jsonb_agg(i.item_id || '|' || c.name), '[]')),
            clock_timestamp()
        from public.consent_releaseditem i, string_to_table(i.columns, ',') c (name)
        where i.file_id = new.file_id and i.release_id = new.id
            and not exists (select 1 from public.consent_releaseditem o where o.file_id = i.file_id and o.item_id = i.item_id
                and o.release_id <> i.release_id and o.to_agency_id = i.to_agency_id and o.given_at is not null and o.ended_at is null
                and o.until > statement_timestamp());
    return null;
end $$;

-- Ends every agreement whose day has passed. Nothing is seen under it since then; now the other agency is told, and hands back the keys.
create function ctx.end_lapsed() returns table (file_id uuid, id uuid, agency_id uuid, to_agency_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if ctx.role() is distinct from 'operator' then return; end if;
    return query update public.consent_release r set state = 'fulfilled', ended_at = r.until, ended_how = 'operator', ended_because = 'lapsed'
        where r.given_at is not null and r.ended_at is null and r.until <= statement_timestamp()
        returning r.file_id, r.id, r.agency_id, r.to_agency_id;
end $$;
revoke all on function ctx.tell_of_ending(), ctx.end_lapsed() from public;
grant execute on function ctx.tell_of_ending() to owner;
grant execute on function ctx.end_lapsed() to app, owner;
reset role;
create trigger tell_of_ending after update on consent_release for each row
    when (old.given_at is not null and old.ended_at is null and new.ended_at is not null) execute function ctx.tell_of_ending();
