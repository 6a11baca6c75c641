-- Since when a seat has its right, and which colleagues stand behind it. `app` cannot date it; `owner` may.
create function agencies_keep_right() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    new.right_since := coalesce(new.right_since, statement_timestamp());
    new.vouched_by := coalesce(new.vouched_by, '{}');
    if current_user = 'app' and tg_op = 'INSERT' then
        new.right_since := statement_timestamp();
        new.vouched_by := coalesce((select array_remove(array[i.invited_by_id, i.confirmed_by_id], null)
            from public.agencies_invitation i where i.code_hash = ctx.shown_code()), '{}');
    elsif tg_op = 'UPDATE' and (new.role, new.left_at) is distinct from (old.role, old.left_at) then
        if current_user = 'app' and new.id = ctx.worker() then
            raise insufficient_privilege using message = 'nobody changes their own seat';
        end if;
        new.right_since := statement_timestamp();
        new.vouched_by := array_remove(array[ctx.worker()], null);
    end if;
    return new;
end $$;
-- Who may stand behind a code: an independent second behind a colleague's, the operator behind their own.
create function agencies_check_second() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare asker uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
begin
    if current_user <> 'app' or (new.confirmed_by_id is null and new.code_hash is null)
            or (tg_op = 'UPDATE' and (new.confirmed_by_id, new.code_hash) is not distinct from (old.confirmed_by_id, old.code_hash)) then
        return new;
    end if;
    if asker is null and ctx.role() = 'operator'
            or new.confirmed_by_id = ctx.worker() and asker is not null and ctx.is_independent_second(new.confirmed_by_id, asker) then
        return new;
    end if;
    raise insufficient_privilege using message = 'an independent second confirms this';
end $$;
set role ctxo;
-- Whether a seat has had its right for a week, and somebody stands behind it besides the asker and those whom only the asker let in.
create function ctx.is_independent_second(seat uuid, asker uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with recursive independent(id) as (
        select w.id from public.agencies_worker w
            where w.agency_id = ctx.agency() and w.vouched_by = '{}' and w.id is distinct from asker
        union
        select w.id from public.agencies_worker w join independent i on i.id = any (w.vouched_by)
            where w.agency_id = ctx.agency() and w.id is distinct from asker)
    select exists (select from independent i join public.agencies_worker w on w.id = i.id
        where i.id = seat and w.left_at is null and w.right_since <= statement_timestamp() - interval '7 days')
$$;
create function ctx.begin_right_anew() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update public.agencies_worker set right_since = statement_timestamp(),
        vouched_by = array_remove(array[new.started_by_id, new.confirmed_by_id], null) where id = new.worker_id;
    return null;
end $$;
revoke all on function ctx.is_independent_second(uuid, uuid), ctx.begin_right_anew() from public;
grant execute on function ctx.is_independent_second(uuid, uuid) to app, owner;
grant execute on function ctx.begin_right_anew() to owner;
reset role;
create trigger keep_right before insert or update on agencies_worker for each row execute function agencies_keep_right();
create trigger check_second before insert or update on agencies_invitation for each row execute function agencies_check_second('invited_by_id');
create trigger check_second before insert or update on agencies_recovery for each row execute function agencies_check_second('started_by_id');
create trigger begin_right_anew after update on agencies_recovery for each row when (new.used_at is not null and old.used_at is null) execute function ctx.begin_right_anew();
