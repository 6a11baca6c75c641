set role ctxo;
-- The card of whoever went along is gone the day after, and at once when it is closed.
create function ctx.sweep_cards(secret text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n integer;
begin
    if not ctx._proven(secret) then return 0; end if;
    delete from public.accompaniment_card c where c.shown_until <= statement_timestamp()
        or exists (select 1 from public.accompaniment_accompaniment a where a.file_id = c.file_id and a.id = c.accompaniment_id and a.state = 'closed');
    get diagnostics n = row_count;
    return n;
end $$;
revoke all on function ctx.sweep_cards(text) from public;
grant execute on function ctx.sweep_cards(text) to app;
-- No warning outlives what it was for: whoever closes it need not be able to delete it.
create function ctx.drop_warning() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update public.accompaniment_card c set warning = null where c.file_id = new.file_id and c.accompaniment_id = new.id;
    return null;
end $$;
-- Who goes along follows the appointment: off with it, or to its new time, which is confirmed anew. Whoever goes along elsewhere then can't.
create function ctx.follow_appointment() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare begins timestamptz := new.starts_at - interval '30 minutes'; ends timestamptz := new.ends_at + interval '30 minutes';
begin
    if new.state <> 'booked' then
        update public.accompaniment_accompaniment a set state = 'called-off', moved_at = statement_timestamp()
        where a.file_id = new.file_id and a.appointment_id = new.id and a.state not in ('declined', 'called-off', 'back', 'closed');
    elsif old.state <> 'booked' then
        update public.accompaniment_accompaniment a
        set state = 'accepted', companion_id = null, backup_id = null, moved_at = statement_timestamp(), from_at = begins, until_at = ends
        where a.file_id = new.file_id and a.appointment_id = new.id and a.state = 'called-off';
    else
        begin
            update public.accompaniment_accompaniment a
            set from_at = begins, until_at = ends, state = case a.state when 'confirmed' then 'prepared' else a.state end, moved_at = statement_timestamp()
            where a.file_id = new.file_id and a.appointment_id = new.id and a.state not in ('back', 'closed');
        exception when exclusion_violation then
            update public.accompaniment_accompaniment a
            set from_at = begins, until_at = ends, state = 'unavailable', moved_at = statement_timestamp()
            where a.file_id = new.file_id and a.appointment_id = new.id and a.state in ('chosen', 'prepared', 'confirmed');
        end;
    end if;
    update public.accompaniment_card c set shown_from = null, shown_until = (ends at time zone 'UTC')::date + interval '2 days'
    from public.accompaniment_accompaniment a
    where c.file_id = new.file_id and a.file_id = new.file_id and a.id = c.accompaniment_id and a.appointment_id = new.id
        and a.state not in ('back', 'closed');
    return null;
end $$;
-- Whoever goes along never sees the file, so whom it is kept from is written into these rows too.
create function ctx.take_file_blocks() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    new.blocked_principals := coalesce((select f.blocked_principals from public.files_file f where f.id = new.file_id), '{}');
    return new;
end $$;
create function ctx.carry_file_blocks() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update public.accompaniment_accompaniment set blocked_principals = new.blocked_principals where file_id = new.id;
    update public.accompaniment_card set blocked_principals = new.blocked_principals where file_id = new.id;
    return null;
end $$;
reset role;
create trigger take_file_blocks before insert on accompaniment_accompaniment for each row execute function ctx.take_file_blocks();
create trigger take_file_blocks before insert on accompaniment_card for each row execute function ctx.take_file_blocks();
create trigger carry_file_blocks after update on files_file for each row
    when (new.blocked_principals is distinct from old.blocked_principals) execute function ctx.carry_file_blocks();
create trigger follow_appointment after update on appointments_appointment for each row
    when (new.state <> old.state or (new.starts_at, new.ends_at) is distinct from (old.starts_at, old.ends_at))
    execute function ctx.follow_appointment();
create trigger drop_warning after update on accompaniment_accompaniment for each row
    when (new.state = 'closed' and old.state <> 'closed') execute function ctx.drop_warning();
