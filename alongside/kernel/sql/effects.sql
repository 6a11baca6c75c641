-- What is being destroyed: the act is done, the key not yet gone. Its rows are hidden until it is. Asked once a statement, by policies.
set role ctxo;
create function ctx.being_destroyed() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return array(select about from public.kernel_effect where kind like '%.destroy\_key');
end $$;
revoke all on function ctx.being_destroyed() from public;
grant execute on function ctx.being_destroyed() to app, owner;
reset role;
