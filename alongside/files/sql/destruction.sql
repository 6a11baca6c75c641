-- A file is destroyed by two. Once the second said so it is shut to everybody; a day later that is final and its key is ordered away.
set role ctxo;
-- As before, and what is shut: its rows are hidden, though nothing is destroyed yet.
create or replace function ctx.being_destroyed() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return array(select about from public.kernel_effect where kind like '%.destroy\_key'
        union all select d.file_id from public.files_destruction d where d.state = 'confirmed');
end $$;

create function ctx.carry_out_destruction() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if new.state = 'confirmed' then
        update public.files_file set shut_at = new.confirmed_at where id = new.file_id;
    elsif new.state = 'undone' then
        update public.files_file set shut_at = null where id = new.file_id;
    elsif new.state = 'final' then
        update public.files_file set shut_at = null, shredded_at = new.final_at, closed_at = coalesce(closed_at, new.final_at) where id = new.file_id;
        delete from public.files_searchterm where file_id = new.file_id;
        insert into public.kernel_effect (id, kind, about, agency_id, particulars, due_at)
            values (ctx.id_in_order(), 'files.destroy_key', new.file_id, new.agency_id, '{}', clock_timestamp());
    end if;
    return null;
end $$;
-- Who may not see the file does not see that it is to be destroyed, though they might be the second.
create function ctx.keep_destruction_blocked() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update public.files_destruction set blocked_principals = new.blocked_principals where file_id = new.id;
    return null;
end $$;
create function ctx.finish_destructions() returns table (file_id uuid, agency_id uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare due record;
begin
    if ctx.role() is distinct from 'operator' then return; end if;
    for due in select d.file_id as file, d.id, d.agency_id as agency from public.files_destruction d
            where d.state = 'confirmed' and d.confirmed_at <= statement_timestamp() - interval '1 day' for update skip locked loop
        continue when not public.files_may_be_destroyed(due.file);
        update public.files_destruction d set state = 'final', final_at = statement_timestamp() where d.file_id = due.file and d.id = due.id;
        file_id := due.file; agency_id := due.agency;
        return next;
    end loop;
end $$;
revoke all on function ctx.carry_out_destruction(), ctx.keep_destruction_blocked(), ctx.finish_destructions() from public;
grant execute on function ctx.carry_out_destruction(), ctx.keep_destruction_blocked() to owner;
grant execute on function ctx.finish_destructions() to app, owner;
reset role;

-- Whose word it is and when it was said is not the statement's to say.
create function files_check_destruction() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare by_operator boolean := coalesce(ctx.role() = 'operator', false);
begin
    if current_user <> 'app' then return new; end if;
    if tg_op = 'INSERT' then
        new.state := 'asked';
        new.asked_by := ctx.worker();
        new.asked_at := statement_timestamp();
        new.confirmed_by := null; new.confirmed_at := null; new.undone_by := null; new.undone_at := null; new.final_at := null;
        select f.handle, f.blocked_principals into new.handle, new.blocked_principals from public.files_file f where f.id = new.file_id;
    elsif new.state = old.state then
        return old;
    elsif new.state = 'confirmed' then
        if not by_operator and not ctx.is_independent_second(ctx.worker(), old.asked_by) then
            raise insufficient_privilege using message = 'an independent second confirms this';
        end if;
        new.confirmed_by := ctx.worker();
        new.confirmed_at := statement_timestamp();
    elsif new.state = 'undone' then
        new.undone_by := ctx.worker();
        new.undone_at := statement_timestamp();
    elsif new.state = 'final' then
        raise insufficient_privilege using message = 'it becomes final by itself';
    end if;
    return new;
end $$;
create trigger check_destruction before insert or update on files_destruction for each row execute function files_check_destruction();
create trigger held before insert or update of state on files_destruction for each row
    when (new.state in ('asked', 'confirmed', 'final')) execute function files_refuse_while_held('file_id');
create trigger carry_out_destruction after update of state on files_destruction for each row
    when (new.state <> old.state) execute function ctx.carry_out_destruction();
create trigger keep_destruction_blocked after update of blocked_principals on files_file for each row
    when (new.blocked_principals <> old.blocked_principals) execute function ctx.keep_destruction_blocked();
