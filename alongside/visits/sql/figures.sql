set role ctxo;
-- Who came to the own agency's desks between two moments: counts by what it was about and how long it took. Nobody is in it, no worker either.
create function ctx.visits_counted(since timestamptz, until timestamptz)
returns table (topic text, length text, n bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select v.topic, v.length, count(*) from public.visits_visit v
    where v.agency_id = ctx.agency() and ctx.may('read-gaps')
        and v.met_at >= since and v.met_at < visits_counted.until
    group by 1, 2
$$;
revoke all on function ctx.visits_counted(timestamptz, timestamptz) from public;
grant execute on function ctx.visits_counted(timestamptz, timestamptz) to app, owner;
reset role;
