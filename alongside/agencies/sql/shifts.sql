-- A shift begins now and lasts twelve hours at most; it can only be cut short. `owner` may date one: the demonstration and the tests do.
create function agencies_date_shift() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if current_user = 'app' then
        if tg_op = 'INSERT' then new.starts_at := statement_timestamp(); end if;
        new.ends_at := least(new.ends_at, case when tg_op = 'INSERT' then new.starts_at + interval '12 hours' else old.ends_at end);
    end if;
    return new;
end $$;
create trigger date_shift before insert or update on agencies_shift for each row execute function agencies_date_shift();
set role ctxo;
-- Whether whoever asks is on: asked once a statement, by policies.
create function ctx.is_on() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return exists (select from public.agencies_shift s
        where s.worker_id = ctx.worker() and s.starts_at <= statement_timestamp() and s.ends_at > statement_timestamp());
end $$;

-- Whoever signs out or leaves is on no more; not where another of their sessions goes on. One that fell idle ends nothing.
create function ctx.end_shift() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update public.agencies_shift s set ends_at = statement_timestamp() from public.agencies_worker w
        where w.account_id = new.account and s.worker_id = w.id and s.ends_at > statement_timestamp()
            and not exists (select from ctx.session o where o.account = new.account and o.ended_at is null and o.until > clock_timestamp()
                and o.seen_at + o.idle > clock_timestamp());
    return null;
end $$;
create trigger end_shift after update of ended_at on ctx.session for each row
    when (old.ended_at is null and new.ended_at is not null) execute function ctx.end_shift();
revoke all on function ctx.is_on(), ctx.end_shift() from public;
grant execute on function ctx.is_on() to app, owner;
reset role;
