set role ctxo;
-- The places that the agency of whoever asks shares with others: for who meets people, asked once a statement.
create function ctx.hubs() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return coalesce((select array_agg(m.hub_id) from public.hub_member m where m.agency_id = ctx.agency() and ctx.may('meet-people')), '{}');
end $$;

-- The places at which whoever asks sits now and may see who waits; `desk`: at which they have the desk. Nobody of an agency that passes
-- on what it hears, or that keeps no files.
create function ctx.hubs_sat_at(place text) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return coalesce((select array_agg(s.hub_id) from public.hub_sitting s join public.agencies_agency g on g.id = s.agency_id
        where s.worker_id = ctx.worker() and s.agency_id = ctx.agency() and s.hub_id = any (ctx.hubs()) and ctx.may('keep-files')
            and g.kind not in ('police', 'crown', 'child-protection') and g.regime <> 'cyfsa'
            and s.sits_on = (statement_timestamp() at time zone 'America/Toronto')::date and s.until > statement_timestamp()
            and (s.desk_since is not null or place = 'queue')), '{}');
end $$;

-- Take out what is of an earlier day than today, Ontario's. Harmless whoever asks: nothing of it is seen any more.
create function ctx.close_hubs() returns integer
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
    today constant date := (statement_timestamp() at time zone 'America/Toronto')::date;
    gone integer;
begin
    delete from public.hub_waiting w where w.waits_on < today;
    get diagnostics gone = row_count;
    delete from public.hub_sitting s where s.sits_on < today;
    return gone;
end $$;

-- What somebody who waited said for the desk is gone with them, whoever takes them out and sees it or not.
create function ctx.forget_not_while() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    delete from public.hub_notwhile n where n.waiting_id = old.id;
    return null;
end $$;

-- Whoever signs out or leaves sits nowhere any more; not where another of their sessions goes on.
create function ctx.end_sitting() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    delete from public.hub_sitting s using public.agencies_worker w
        where w.account_id = new.account and s.worker_id = w.id
            and not exists (select from ctx.session o where o.account = new.account and o.ended_at is null and o.until > clock_timestamp()
                and o.seen_at + o.idle > clock_timestamp());
    return null;
end $$;
create trigger end_sitting after update of ended_at on ctx.session for each row
    when (old.ended_at is null and new.ended_at is not null) execute function ctx.end_sitting();
revoke all on function ctx.hubs(), ctx.hubs_sat_at(text), ctx.close_hubs(), ctx.end_sitting(), ctx.forget_not_while() from public;
grant execute on function ctx.hubs(), ctx.hubs_sat_at(text), ctx.close_hubs() to app, owner;
reset role;
