-- A hold: while one stands nothing of the file is destroyed, whoever asks. Who sees the file or the hold makes no difference to the answer.
set role ctxo;
create function ctx.is_held(file uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return exists (select from public.files_hold h where h.file_id = file and coalesce(h.until > statement_timestamp(), true));
end $$;
-- Every file on which one stands, for whoever sweeps and nobody else. Asked once a statement, by policies.
create function ctx.held() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if ctx.role() is distinct from 'operator' then return '{}'; end if;
    return array(select h.file_id from public.files_hold h where coalesce(h.until > statement_timestamp(), true));
end $$;
revoke all on function ctx.is_held(uuid), ctx.held() from public;
grant execute on function ctx.is_held(uuid), ctx.held() to app, owner;
reset role;

-- A hold and a destruction of the same file wait for each other: whichever comes second knows of the first.
create function files_wait_for_turn(file uuid) returns void language sql set search_path = pg_catalog, pg_temp as $$
    select pg_advisory_xact_lock(hashtextextended('files_hold ' || file, 0))
$$;
create function files_may_be_destroyed(file uuid) returns boolean language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    perform public.files_wait_for_turn(file);
    return not ctx.is_held(file);
end $$;
revoke all on function files_wait_for_turn(uuid), files_may_be_destroyed(uuid) from public;
grant execute on function files_wait_for_turn(uuid), files_may_be_destroyed(uuid) to app, ctxo;
create function files_hold_in_turn() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    perform public.files_wait_for_turn(new.file_id);
    return new;
end $$;
-- The argument names the column that says which file it is.
create function files_refuse_while_held() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare file uuid := coalesce(to_jsonb(new), to_jsonb(old)) ->> tg_argv[0];
begin
    if not public.files_may_be_destroyed(file) then
        raise insufficient_privilege using message = 'a hold stands on this file';
    end if;
    return coalesce(new, old);
end $$;

create trigger held before update on files_file for each row
    when (new.shredded_at is distinct from old.shredded_at) execute function files_refuse_while_held('id');
create trigger held before delete on files_safecontact for each row execute function files_refuse_while_held('file_id');
create trigger held before insert on kernel_effect for each row
    when (new.kind = 'files.destroy_key') execute function files_refuse_while_held('about');
create trigger held_to_the_end before delete on kernel_effect for each row
    when (old.kind = 'files.destroy_key') execute function files_refuse_while_held('about');
