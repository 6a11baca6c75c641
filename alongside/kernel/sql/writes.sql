-- Who may write in what everybody may read. Asked by triggers, once a statement.
set role ctxo;

-- The rows that a statement changed are those of whoever is signed in: the condition stands beside the table.
create function ctx.refuse_others() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare others boolean;
begin
    if current_user <> 'app' then return null; end if;
    execute format('select exists (select 1 from changed where (%s) is not true)', tg_argv[0]) into others;
    if others then raise insufficient_privilege using message = 'these rows are somebody else''s to write'; end if;
    return null;
end $$;

-- The hash of the cookie that this connection has in its hand: who knows only the hash can't write in its session.
create function ctx.shown_session() returns text language sql stable set search_path = pg_catalog, pg_temp as $$
    select left(encode(sha256(convert_to(nullif(current_setting('app.session', true), ''), 'UTF8')), 'hex'), 40)
$$;

-- Work that is done later is done for the worker who asked for it, whatever the statement says.
create function ctx.stamp_worker() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if current_user = 'app' then new.by_id := ctx.worker(); end if;
    return new;
end $$;

revoke all on function ctx.refuse_others(), ctx.shown_session(), ctx.stamp_worker() from public;
grant execute on function ctx.refuse_others(), ctx.stamp_worker() to owner;
grant execute on function ctx.shown_session() to app, owner;
reset role;
