set role ctxo;
-- When whoever made this address is busy: where they go along, and what they keep in sight. Times alone, to whoever has the address, while it
-- is not revoked and the worker has their seat; nothing of whoever does not want them there.
create function ctx.busy_times(hash bytea, since timestamptz, until timestamptz)
returns table (id uuid, starts_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with whose as (
        select f.worker_id, f.agency_id,
            array['worker:' || f.worker_id, 'role:' || s.role, 'role:' || f.agency_id || ':' || s.role, 'agency:' || f.agency_id] as principals
        from public.accompaniment_calendarfeed f
        join ctx.seat s on s.worker = f.worker_id and s.agency = f.agency_id and s.active
            and coalesce(s.suspended_until <= statement_timestamp(), true)
        where f.token_hash = hash and f.revoked_at is null
    )
    select a.id, a.from_at, a.until_at from public.accompaniment_accompaniment a join whose w on a.companion_id = w.worker_id and a.agency_id = w.agency_id
        where ctx.takes_a_companion(a.state) and not (a.blocked_principals && w.principals)
            and a.from_at < busy_times.until and a.until_at > busy_times.since
    union all
    select p.id, p.starts_at, p.ends_at from public.appointments_appointment p join whose w on p.worker_id = w.worker_id and p.agency_id = w.agency_id
        where p.state = 'booked' and not (p.blocked_principals && w.principals) and p.starts_at < busy_times.until and p.ends_at > busy_times.since
            and not exists (select 1 from public.files_file f where f.id = p.file_id and f.blocked_principals && w.principals)
            and not exists (select 1 from public.accompaniment_accompaniment a where a.file_id = p.file_id and a.appointment_id = p.id
                and a.companion_id = w.worker_id)
$$;
revoke all on function ctx.busy_times(bytea, timestamptz, timestamptz) from public;
grant execute on function ctx.busy_times(bytea, timestamptz, timestamptz) to app;
reset role;
