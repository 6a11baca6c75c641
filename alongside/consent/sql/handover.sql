set role ctxo;
-- The workers of an agency whom these principals mean.
create function ctx.workers_meant(principals text[], agency uuid) returns setof uuid
language sql stable set search_path = pg_catalog, pg_temp as $$
    select w.id from public.agencies_worker w
    where w.agency_id = agency
        and principals && array['worker:' || w.id, 'role:' || w.role, 'role:' || w.agency_id || ':' || w.role, 'agency:' || w.agency_id]
$$;

-- Whoever is under a "not them" is there for the file no more: it is nobody's until somebody is chosen, and stands where such files stand.
create function ctx.take_off_blocked() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update public.files_file f set lead_id = null from ctx.workers_meant(array[new.against], new.agency_id) m (id)
        where f.id = new.file_id and f.lead_id = m.id;
    update public.files_file f set backup_id = null from ctx.workers_meant(array[new.against], new.agency_id) m (id)
        where f.id = new.file_id and f.backup_id = m.id;
    return null;
end $$;
revoke all on function ctx.workers_meant(text[], uuid), ctx.take_off_blocked() from public;
grant execute on function ctx.take_off_blocked() to owner;
reset role;
create trigger take_off_blocked after insert on consent_block for each row
    when (new.item_id is null and new.lifted_at is null) execute function ctx.take_off_blocked();
