-- Somebody left, perhaps while the database was away: the hash of their cookie waited on disk. Taking away needs no proof.
set role ctxo;
create function ctx.end_left_session(hash text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
    update ctx.session set ended_at = clock_timestamp() where token_hash = decode(hash, 'hex') and ended_at is null;
    delete from public.django_session where session_key = left(hash, 40)
        and exists (select from ctx.session where token_hash = decode(hash, 'hex'));
$$;
revoke all on function ctx.end_left_session(text) from public;
grant execute on function ctx.end_left_session(text) to app, owner;
reset role;
