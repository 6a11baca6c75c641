set role ctxo;
-- A file passes with its `next_lead_id`: what passed is written down, and that the person was asked, whoever wrote it.
create function ctx.keep_transfers() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if new.next_lead_id is distinct from old.next_lead_id then
        update public.handovers_transfer t set settled_at = statement_timestamp(), settled_by = ctx.worker(), lead_id = new.lead_id
            where t.file_id = new.id and t.settled_at is null;
        if new.next_lead_id is not null then
            insert into public.handovers_transfer (file_id, id, agency_id, handle, from_id, to_id, given_by, given_at, blocked_principals)
                values (new.id, ctx.id_in_order(), new.agency_id, new.handle, coalesce(old.lead_id, old.next_lead_id), new.next_lead_id, ctx.worker(),
                    statement_timestamp(), new.blocked_principals);
        end if;
    elsif new.lead_id <> old.lead_id then
        insert into public.handovers_transfer
                (file_id, id, agency_id, handle, from_id, to_id, given_by, given_at, settled_at, settled_by, lead_id, blocked_principals)
            values (new.id, ctx.id_in_order(), new.agency_id, new.handle, old.lead_id, new.lead_id, ctx.worker(), statement_timestamp(),
                statement_timestamp(), ctx.worker(), new.lead_id, new.blocked_principals);
    end if;
    if new.shredded_at is not null and old.shredded_at is null then  -- nobody is left to be asked
        update public.handovers_transfer t set settled_at = statement_timestamp(), settled_by = ctx.worker()
            where t.file_id = new.id and t.settled_at is null;
    end if;
    if new.blocked_principals is distinct from old.blocked_principals then
        update public.handovers_transfer t set blocked_principals = new.blocked_principals where t.file_id = new.id;
    end if;
    return null;
end $$;
-- In how many hands the agency's files were that are open: one hand is whoever led first. Numbers alone, and of no worker.
create function ctx.hands() returns table (hands integer, files bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not ctx.may('hand-over') then return; end if;
    return query select least(3, 1 + (select count(*) from public.handovers_transfer t where t.file_id = f.id
            and t.lead_id is distinct from t.from_id and t.lead_id is not null))::integer as n, count(*)
        from public.files_file f where f.agency_id = ctx.agency() and f.closed_at is null and f.shredded_at is null group by n;
end $$;
-- Whoever is under a "not them" is not the next to lead; of a file that closes nobody is to be asked any more.
create function ctx.take_off_next() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if new.closed_at is not null or new.next_lead_id in (select m from ctx.workers_meant(new.blocked_principals, new.agency_id) m) then
        new.next_lead_id := null;
    end if;
    return new;
end $$;
revoke all on function ctx.keep_transfers(), ctx.take_off_next(), ctx.hands() from public;
grant execute on function ctx.hands() to app, owner;
grant execute on function ctx.keep_transfers(), ctx.take_off_next() to owner;
reset role;
create trigger keep_transfers after update on files_file for each row execute function ctx.keep_transfers();
create trigger take_off_next before update on files_file for each row
    when (new.next_lead_id is not null) execute function ctx.take_off_next();
