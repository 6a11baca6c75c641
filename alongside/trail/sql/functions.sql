create function trail_stamp() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    if current_user = 'log_writer' then
        if new.action <> 'trail.alive' or num_nonnulls(new.custodian_id, new.file_id, new.item_id, new.release_id,
                new.referral_id, new.other_agency_id, new.count) > 0 or new.item_kind <> '' then
            raise insufficient_privilege using message = 'the log writer notes only that it is alive';
        end if;
        new.worker_id := null;
        new.agency_id := null;
        new.role := '';
        new.purpose := 'seal';
    elsif current_user = 'ctxo' and new.action = 'trail.sitting_ended' then
        -- whoever sat there may be gone by now: ctx.end_sittings says who it was, and when they last looked
        new.xid := pg_current_xact_id()::text::bigint;
        return new;
    elsif new.action = 'trail.sitting_ended' then
        raise insufficient_privilege using message = 'a sitting is ended by the database alone';
    elsif ctx.role() is null or ctx.role() = 'signing-in' then
        raise insufficient_privilege using message = 'nobody is asking';
    else
        new.worker_id := ctx.worker();
        new.agency_id := ctx.agency();
        new.role := ctx.role();
        new.purpose := ctx.purpose();
    end if;
    new.at := clock_timestamp();
    new.xid := pg_current_xact_id()::text::bigint;
    return new;
end $$;
create trigger stamp before insert on trail_entry for each row execute function trail_stamp();
