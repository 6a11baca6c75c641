-- Who sits at which file just now, and which kinds of information they have opened there. Kept here and not read off the trail, because a
-- borrower cannot read the custodian's; gone once the sitting is over and its end is on the trail.
set role ctxo;
create table ctx.sitting (
    id uuid not null default ctx.id_in_order(),
    worker uuid not null,
    file uuid not null,
    custodian uuid not null,
    agency uuid not null,
    role text not null,
    purpose text not null,
    kinds text[] not null default '{}',
    looks integer not null default 0,
    seen_at timestamptz not null default clock_timestamp(),
    primary key (worker, file)
);

-- Half an hour after the last look a sitting is over: one row on the trail, of that moment and that worker, says how often they looked.
create function ctx.end_sittings() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n integer;
begin
    with due as (
        select s.worker, s.file from ctx.sitting s where s.seen_at < clock_timestamp() - interval '30 minutes' for update skip locked
    ), over as (
        delete from ctx.sitting s using due where s.worker = due.worker and s.file = due.file returning s.*
    )
    insert into public.trail_entry (id, xid, at, worker_id, agency_id, role, purpose, action, custodian_id, file_id, item_id, item_kind, count)
        select ctx.id_in_order(), 0, o.seen_at, o.worker, o.agency, o.role, o.purpose, 'trail.sitting_ended', o.custodian, o.file, o.id, '', o.looks
        from over o;
    get diagnostics n = row_count;
    return n;
end $$;

-- Whoever is asking has opened words of these kinds in these files. Returns what they open for the first time in this sitting.
create function ctx.sit(files uuid[], custodians uuid[], opened text[]) returns table (custodian uuid, file uuid, kind text, sitting uuid, begins boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare one record; at_it ctx.sitting;
begin
    perform ctx.end_sittings();
    for one in
        select u.f, u.c, array_agg(distinct u.k order by u.k) kinds
        from unnest(files, custodians, opened) u(f, c, k) group by u.f, u.c order by u.f
    loop
        if ctx.worker() is null then
            return query select one.c, one.f, k, null::uuid, false from unnest(one.kinds) k;
            continue;
        end if;
        loop
            insert into ctx.sitting (worker, file, custodian, agency, role, purpose)
                values (ctx.worker(), one.f, one.c, ctx.agency(), ctx.role(), ctx.purpose()) on conflict do nothing;
            select * into at_it from ctx.sitting s where s.worker = ctx.worker() and s.file = one.f for update;
            exit when found;
        end loop;
        update ctx.sitting s set looks = s.looks + 1, seen_at = clock_timestamp(),
            kinds = s.kinds || array(select k from unnest(one.kinds) k where k <> all (s.kinds))
            where s.worker = at_it.worker and s.file = at_it.file;
        return query select one.c, one.f, k, at_it.id, at_it.kinds = '{}' and n = 1
            from unnest(one.kinds) with ordinality u(k, n) where k <> all (at_it.kinds);
    end loop;
end $$;
revoke all on function ctx.end_sittings(), ctx.sit(uuid[], uuid[], text[]) from public;
grant execute on function ctx.end_sittings(), ctx.sit(uuid[], uuid[], text[]) to app, owner;
reset role;
