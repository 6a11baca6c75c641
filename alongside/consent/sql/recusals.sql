-- "I know this person: not me." Their worker learns that somebody else is needed, and nothing more.
set role ctxo;
create function ctx.ask_for_another() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update public.files_file f set needs_another_since = statement_timestamp() where f.id = new.file_id;
    return null;
end $$;
-- A slip of the finger: within ten minutes one's own can be taken back.
create function ctx.take_back_recusal(file uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update public.consent_block b set lifted_at = statement_timestamp(), lifted_by = ctx.worker(), lifted_how = 'desk'
        where b.file_id = file and b.agency_id = ctx.agency() and b.set_by = ctx.worker() and b.against = 'worker:' || b.set_by
            and b.set_how = 'desk' and b.lifted_at is null and b.set_at > statement_timestamp() - interval '10 minutes';
    return found;
end $$;
revoke all on function ctx.ask_for_another(), ctx.take_back_recusal(uuid) from public;
grant execute on function ctx.ask_for_another() to owner;
grant execute on function ctx.take_back_recusal(uuid) to app, owner;
reset role;
create trigger ask_for_another after insert on consent_block for each row
    when (new.set_how = 'desk' and new.against = 'worker:' || new.set_by) execute function ctx.ask_for_another();
