set role ctxo;
-- When the agency's companions go along with somebody: times alone, whichever file it is, for whoever plans.
create function ctx.companions_busy(since timestamptz, until timestamptz)
returns table (companion_id uuid, from_at timestamptz, until_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not ctx.may('keep-files') then return; end if;
    return query select a.companion_id, a.from_at, a.until_at from public.accompaniment_accompaniment a
        where a.agency_id = ctx.agency() and a.companion_id is not null
            and ctx.takes_a_companion(a.state)
            and a.from_at < companions_busy.until and a.until_at > companions_busy.since;
end $$;
revoke all on function ctx.companions_busy(timestamptz, timestamptz) from public;
grant execute on function ctx.companions_busy(timestamptz, timestamptz) to app;
-- A suggestion that was looked up is gone the same day.
create function ctx.sweep_suggestions(secret text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n integer;
begin
    if not ctx._proven(secret) then return 0; end if;
    delete from public.accompaniment_suggestionrun s where s.asked_at <= statement_timestamp() - interval '12 hours';
    get diagnostics n = row_count;
    return n;
end $$;
revoke all on function ctx.sweep_suggestions(text) from public;
grant execute on function ctx.sweep_suggestions(text) to app;
reset role;
