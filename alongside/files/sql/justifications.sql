-- A justification begins now and holds for twelve hours; nobody dates one otherwise.
create function files_date_justification() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if current_user = 'app' then
        if tg_op = 'INSERT' then
            new.opened_at := statement_timestamp();
            new.until := new.opened_at + interval '12 hours';
            new.reviewed_at := null;
            new.reviewed_by := null;
        else
            new.reviewed_at := statement_timestamp();
            new.reviewed_by := ctx.worker();
        end if;
    end if;
    return new;
end $$;
create trigger date_justification before insert or update on files_justification for each row execute function files_date_justification();
set role ctxo;
-- The files that whoever asks opened, having said why: asked once a statement, by policies.
create function ctx.justified_files() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return array(select j.file_id from public.files_justification j where j.worker_id = ctx.worker() and j.until > statement_timestamp());
end $$;
revoke all on function ctx.justified_files() from public;
grant execute on function ctx.justified_files() to app, owner;
reset role;
