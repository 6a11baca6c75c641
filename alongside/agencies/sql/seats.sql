-- Which colleagues stand behind a seat, and since when it has its right. `app` cannot date it; `owner` may.
create function agencies_keep_right() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    new.right_since := coalesce(new.right_since, statement_timestamp());
    new.vouched_by := coalesce(new.vouched_by, '{}');
    if current_user = 'app' then
        new.right_since := statement_timestamp();
        new.suspended_until := null;
        new.vouched_by := coalesce((select case when i.confirmed_by_id is null then '{}' else array[i.asked_by_id, i.confirmed_by_id] end
            from public.agencies_accessrequest i where i.what = 'seat' and i.code_hash = ctx.shown_code()), '{}');
    end if;
    return new;
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
revoke all on function ctx.is_independent_second(uuid, uuid) from public;
grant execute on function ctx.is_independent_second(uuid, uuid) to app, owner;
reset role;
create trigger keep_right before insert on agencies_worker for each row execute function agencies_keep_right();
