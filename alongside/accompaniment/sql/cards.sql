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
-- No card outlives what it was for: whoever closes it need not be able to delete it.
create function ctx.drop_card() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    delete from public.accompaniment_card c where c.file_id = new.file_id and c.accompaniment_id = new.id;
    return null;
end $$;
-- Who goes along follows the appointment: off with it, or to its new time, which is confirmed anew. Whoever goes along elsewhere then can't.
create function ctx.follow_appointment() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare begins timestamptz := new.starts_at - ctx.time_on_the_way(); ends timestamptz := new.ends_at + ctx.time_on_the_way();
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
    update public.accompaniment_card c set shown_from = null
    from public.accompaniment_accompaniment a
    where c.file_id = new.file_id and a.file_id = new.file_id and a.id = c.accompaniment_id and a.appointment_id = new.id
        and a.state not in ('back', 'closed');
    return null;
end $$;
-- Nobody keeps a card longer than its day: the hour comes from when they are back.
create function ctx.show_card_until() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    new.shown_until := coalesce((select ctx.card_shown_until(a.until_at) from public.accompaniment_accompaniment a
        where a.file_id = new.file_id and a.id = new.accompaniment_id), statement_timestamp());
    return new;
end $$;
-- Whoever notes at the desk how it went says that they are back.
create function ctx.follow_attendance() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update public.accompaniment_accompaniment a set state = 'back', moved_at = statement_timestamp()
    where a.file_id = new.file_id and a.appointment_id = new.appointment_id
        and ctx.can_come_back(a.state);
    return null;
end $$;
-- Whoever goes along interprets for nobody there, whichever of the two is said first (practice.md 8). Asked after the policies, so that it
-- tells nothing to whom they refuse.
create function ctx.keep_interpreter_apart() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if exists (select 1 from public.accompaniment_accompaniment a where a.file_id = new.file_id and a.appointment_id = new.appointment_id
        and new.worker_id in (a.companion_id, a.backup_id) and a.state not in ('declined', 'called-off')) then
        raise check_violation using message = 'whoever goes along interprets for nobody';
    end if;
    return null;
end $$;
create function ctx.keep_companion_apart() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if exists (select 1 from public.appointments_interpreter i where i.file_id = new.file_id and i.appointment_id = new.appointment_id
        and i.worker_id in (new.companion_id, new.backup_id) and i.search <> 'not-wanted') then
        raise check_violation using message = 'whoever interprets goes along with nobody';
    end if;
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
    update public.accompaniment_checkin set blocked_principals = new.blocked_principals where file_id = new.id;
    return null;
end $$;
reset role;
create trigger take_file_blocks before insert on accompaniment_accompaniment for each row execute function ctx.take_file_blocks();
create trigger show_card_until before insert or update on accompaniment_card for each row execute function ctx.show_card_until();
create trigger follow_attendance after insert on appointments_attendancenote for each row execute function ctx.follow_attendance();
create trigger take_file_blocks before insert on accompaniment_card for each row execute function ctx.take_file_blocks();
create trigger carry_file_blocks after update on files_file for each row
    when (new.blocked_principals is distinct from old.blocked_principals) execute function ctx.carry_file_blocks();
create trigger follow_appointment after update on appointments_appointment for each row
    when (new.state <> old.state or (new.starts_at, new.ends_at, new.timed_at) is distinct from (old.starts_at, old.ends_at, old.timed_at))
    execute function ctx.follow_appointment();
create trigger keep_interpreter_apart after insert or update on appointments_interpreter for each row
    when (new.worker_id is not null and new.search <> 'not-wanted') execute function ctx.keep_interpreter_apart();
create trigger keep_companion_apart after insert or update of companion_id, backup_id on accompaniment_accompaniment for each row
    when (coalesce(new.companion_id, new.backup_id) is not null) execute function ctx.keep_companion_apart();
create trigger drop_card after update on accompaniment_accompaniment for each row
    when (new.state = 'closed' and old.state <> 'closed') execute function ctx.drop_card();
