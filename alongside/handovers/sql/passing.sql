-- What passes to another when somebody leaves, is closed out or is away. In the braces stands what every capability says it holds
-- (`handovers/passing.py`). No file is opened for it: what is due is told by its kind and day.
set role ctxo;
-- What these workers have to do, in files that are open and of no file; and whether any role can have it to do, or only who keeps files.
create function ctx._held(agency uuid, whose uuid[])
returns table (worker uuid, file uuid, what text, item uuid, due date, passes boolean, any_role boolean)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$  -- planned once a connection: every day asks it
begin
    return query
{held};
end $$;
-- Who left, or is closed out for now.
create function ctx._gone(agency uuid) returns uuid[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(w.id), '{}') from public.agencies_worker w
    where w.agency_id = agency and (w.left_at is not null or w.suspended_until > statement_timestamp())
$$;
-- Who is there in a role that keeps no files: what only such a role can do, they can't do any more.
create function ctx._keeps_no_more(agency uuid) returns uuid[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(w.id), '{}') from public.agencies_worker w
    where w.agency_id = agency and w.role not in ({keepers}) and w.id <> all (ctx._gone(agency))
$$;
-- Until when somebody is away; nothing of who is there, is gone, or keeps no files any more.
create function ctx._away_until(whose uuid) returns date
language sql stable set search_path = pg_catalog, pg_temp as $$
    select a.back_on from public.handovers_absence a
    where a.worker_id = whose and a.agency_id = ctx.agency() and a.back_on > (statement_timestamp() at time zone 'America/Toronto')::date
        and a.worker_id <> all (ctx._gone(a.agency_id) || ctx._keeps_no_more(a.agency_id))
$$;
-- Who could take over: who is there and keeps files; nobody under a "not them", who is missing without a word.
create function ctx._could_take(about uuid, whose uuid) returns uuid[]
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg(w.id order by w.name), '{}') from public.agencies_worker w, public.files_file f
    where f.id = about and w.agency_id = f.agency_id and w.id <> whose and w.role in ({keepers})
        and w.left_at is null and coalesce(w.suspended_until <= statement_timestamp(), true)
        and w.id not in (select m from ctx.workers_meant(f.blocked_principals, f.agency_id) m)
$$;
-- Whoever passes on what is their own; of who is gone, away, or keeps no files any more, whoever passes things on, and of a file
-- its backup or who is to lead next.
create function ctx._may_pass(whose uuid, about uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(whose = ctx.worker() and ctx.may('keep-files')
            or (whose = any (ctx._gone(ctx.agency()) || ctx._keeps_no_more(ctx.agency())) or ctx._away_until(whose) is not null)
            and (ctx.may('hand-over') or ctx.may('keep-files')
            and exists (select 1 from public.files_file f where f.id = about and ctx.worker() in (f.backup_id, f.next_lead_id))), false)
        and (about is null or exists (select 1 from public.files_file f
            where f.id = about and f.agency_id = ctx.agency() and not (f.blocked_principals && ctx.principals())))
$$;
create function ctx.held_by(whose uuid)
returns table (file uuid, handle text, backup uuid, what text, due date, could uuid[])
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return query select h.file, f.handle::text, f.backup_id, h.what, h.due, ctx._could_take(h.file, whose)
        from ctx._held(ctx.agency(), array[whose]) h left join public.files_file f on f.id = h.file
        where ctx._may_pass(whose, h.file) and (whose <> all (ctx._keeps_no_more(ctx.agency())) or not h.any_role)
            and (whose = ctx.worker() or ctx._away_until(whose) is null or h.passes and h.due < ctx._away_until(whose))
        order by h.due nulls last, h.what;
end $$;
-- In how many files something waits of who is gone or keeps no files any more, and of who is away what is due meanwhile.
create function ctx.waits_of_gone() returns table (worker uuid, many bigint, back_on date)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    gone uuid[] := ctx._gone(ctx.agency());
    changed uuid[] := ctx._keeps_no_more(ctx.agency());
    away uuid[] := array(select a.worker_id from public.handovers_absence a
        where a.agency_id = ctx.agency() and a.worker_id <> ctx.worker() and ctx._away_until(a.worker_id) is not null);
begin
    if gone || changed || away = '{}' then return; end if;
    return query select h.worker, count(distinct h.file), ctx._away_until(h.worker) from ctx._held(ctx.agency(), gone || changed || away) h
        where h.passes and (h.worker <> all (changed) or not h.any_role) and (h.worker <> all (away) or h.due < ctx._away_until(h.worker))
            and ctx._may_pass(h.worker, h.file) group by h.worker order by h.worker;
end $$;
create function ctx.hand_over(whose uuid, about uuid, taker uuid, leaves boolean) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    passed boolean := false;
    changed_role boolean := whose = any (ctx._keeps_no_more(ctx.agency()));
    until date := ctx._away_until(whose);
begin
    perform 1 from public.files_file f where f.id = about and f.closed_at is null and f.shut_at is null and f.shredded_at is null for update;
    if not found or ctx._may_pass(whose, about) is not true or (taker = any (ctx._could_take(about, whose))) is not true then
        return false;
    end if;
    leaves := leaves and whose = ctx.worker() or changed_role or whose = any (ctx._gone(ctx.agency()));
    if leaves then until := null; end if;
{passed}
    return passed;
end $$;
-- Whoever may ask the person of a file that passed.
create function ctx._may_settle(about uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce((ctx.may('hand-over') or ctx.may('keep-files') and ctx.worker() in (f.next_lead_id, f.backup_id))
        and f.agency_id = ctx.agency() and f.next_lead_id is not null and not (f.blocked_principals && ctx.principals()), false)
    from public.files_file f where f.id = about
$$;
create function ctx.who_could_lead(about uuid) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return case when ctx._may_settle(about) then ctx._could_take(about, '00000000-0000-0000-0000-000000000000') end;
end $$;
create function ctx.due_in(about uuid) returns table (what text, due date)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if ctx._may_settle(about) is not true then return; end if;
    return query select h.what, h.due from ctx._held(ctx.agency(),
            (select array_agg(w.id) from public.agencies_worker w where w.agency_id = ctx.agency())) h
        where h.file = about and split_part(h.what, '.', 1) <> 'files_file' order by h.due nulls last, h.what;
end $$;
create function ctx.settle_transfer(about uuid, lead uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform 1 from public.files_file f where f.id = about and f.closed_at is null and f.shut_at is null and f.shredded_at is null for update;
    if not found or ctx._may_settle(about) is not true or (lead = any (ctx.who_could_lead(about))) is not true then return false; end if;
    update public.files_file f set lead_id = lead, next_lead_id = null, backup_id = nullif(f.backup_id, lead),
        needs_another_since = null where f.id = about;
    return true;
end $$;
revoke all on function ctx._held(uuid, uuid[]), ctx._gone(uuid), ctx._keeps_no_more(uuid), ctx._away_until(uuid), ctx._could_take(uuid, uuid), ctx._may_pass(uuid, uuid),
    ctx.held_by(uuid), ctx.waits_of_gone(), ctx.hand_over(uuid, uuid, uuid, boolean), ctx._may_settle(uuid),
    ctx.who_could_lead(uuid), ctx.due_in(uuid), ctx.settle_transfer(uuid, uuid) from public;
grant execute on function ctx.held_by(uuid), ctx.waits_of_gone(), ctx.hand_over(uuid, uuid, uuid, boolean),
    ctx.who_could_lead(uuid), ctx.due_in(uuid), ctx.settle_transfer(uuid, uuid) to app, owner;
reset role;
