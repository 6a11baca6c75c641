set role ctxo;
-- What somebody under a "not them" had promised falls to whoever leads the file.
create function ctx.take_on_steps() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update public.plans_step s set worker_id = (select f.lead_id from public.files_file f where f.id = new.file_id)
        where s.file_id = new.file_id and s.done_at is null
            and s.worker_id in (select ctx.workers_meant(array[new.against], new.agency_id));
    return null;
end $$;
revoke all on function ctx.take_on_steps() from public;
grant execute on function ctx.take_on_steps() to owner;
reset role;
-- after `take_off_blocked`, by its name
create trigger take_on_steps after insert on consent_block for each row
    when (new.item_id is null and new.lifted_at is null) execute function ctx.take_on_steps();
