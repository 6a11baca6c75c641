set role ctxo;
-- Where somebody was is kept a week at most: also after the word for danger, and where nobody came back to say so.
create function ctx.wipe_check_ins(secret text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n integer;
begin
    if not ctx._proven(secret) then return 0; end if;
    update public.accompaniment_checkin c set words = null, out_at = coalesce(c.out_at, statement_timestamp())
    where c.words is not null and c.checked_in_at < statement_timestamp() - interval '7 days';
    get diagnostics n = row_count;
    return n;
end $$;
revoke all on function ctx.wipe_check_ins(text) from public;
grant execute on function ctx.wipe_check_ins(text) to app;
reset role;
create trigger take_file_blocks before insert on accompaniment_checkin for each row execute function ctx.take_file_blocks();
