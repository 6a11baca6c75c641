set role ctxo;
-- Whose session this was, if it went idle within twelve hours and nobody ended it: never after Leave now, signing out, a suspended or an
-- ended seat.
create function ctx._idled(secret text, token text) returns ctx.seat
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select x from ctx.session s join ctx.seat x on x.account = s.account and x.active and coalesce(x.suspended_until <= clock_timestamp(), true)
    where ctx._proven(secret) and s.token_hash = sha256(convert_to(token, 'UTF8')) and s.ended_at is null
        and (s.seen_at + s.idle <= clock_timestamp() or s.until <= clock_timestamp()) and s.seen_at + interval '12 hours' > clock_timestamp()
$$;
-- Whether this file opens to the seat that is signed just now: the condition of `files.declarations.is_open`.
create function ctx._keeps(file uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select ctx.may('keep-files') and exists (select 1 from public.files_file f where f.id = file and f.agency_id = ctx.agency()
        and not f.blocked_principals && ctx.principals()
        and (ctx.worker() in (f.lead_id, f.backup_id) or ctx.is_on() or f.id = any (ctx.justified_files())))
$$;
create function ctx._note(action text, file uuid, release uuid, other uuid, item uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
    insert into public.trail_entry (id, xid, at, role, purpose, action, custodian_id, file_id, item_id, item_kind, release_id, other_agency_id)
        values (ctx.id_in_order(), 0, clock_timestamp(), '', '', action, ctx.agency(), file, item, '', release, other)
$$;

-- "End it", pressed when the session had gone idle: done at once in that worker's name, because it can only take away. Signed while it runs
-- and no longer: nothing can be read in its transaction.
create function ctx.end_though_idle(secret text, token text, file uuid, release uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare seat ctx.seat := ctx._idled(secret, token); other uuid;
begin
    if seat.worker is null then return false; end if;
    perform ctx._sign(ctx._claims(seat, 1, 'idled'));
    if ctx._keeps(file) then
        update public.consent_release r set state = 'withdrawn', ended_at = clock_timestamp(), ended_because = 'said-so',
                ended_by = seat.worker, ended_how = 'their-word'
            where r.file_id = file and r.id = release and r.agency_id = seat.agency and r.given_at is not null and r.ended_at is null
            returning r.to_agency_id into other;
    end if;
    if other is not null then perform ctx._note('consent.ended', file, release, other, null); end if;
    perform ctx._sign('');
    return other is not null;
end $$;

-- "Not them", pressed when the session had gone idle; what was agreed with whom it names ends with it.
create function ctx.block_though_idle(secret text, token text, file uuid, against text, item uuid, agency uuid, called text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare seat ctx.seat := ctx._idled(secret, token); named text[] := array[against]; keeps boolean; one text;
begin
    if seat.worker is null then return false; end if;
    perform ctx._sign(ctx._claims(seat, 1, 'idled'));
    if called <> '' then named := ctx.worker_principals(agency, called); end if;
    keeps := ctx._keeps(file) and (item is not null or against <> '' or called <> '') and (against = ''
        or against ~ '^(worker|agency):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$|^role:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:[a-z-]+$');
    if keeps then
        foreach one in array named loop
            perform ctx._note('consent.blocked', file, null, null, item);
            update public.consent_release r set state = 'withdrawn', ended_at = clock_timestamp(), ended_because = 'not-them',
                    ended_by = seat.worker, ended_how = 'their-word'
                where r.file_id = file and r.agency_id = seat.agency and r.given_at is not null and r.ended_at is null
                    and (one in ('agency:' || r.to_agency_id, 'role:' || r.to_agency_id || ':' || r.to_role)
                        or exists (select 1 from public.consent_releaseditem i
                            where i.file_id = file and i.release_id = r.id and i.item_id = item));
            insert into public.consent_block (id, file_id, agency_id, against, item_id, set_at, set_by, set_how)
                values (ctx.id_in_order(), file, seat.agency, one, item, clock_timestamp(), seat.worker, 'their-word');
        end loop;
    end if;
    perform ctx._sign('');
    return keeps;
end $$;
revoke all on function ctx._idled(text, text), ctx._keeps(uuid), ctx._note(text, uuid, uuid, uuid, uuid),
    ctx.end_though_idle(text, text, uuid, uuid), ctx.block_though_idle(text, text, uuid, text, uuid, uuid, text) from public;
grant execute on function ctx.end_though_idle(text, text, uuid, uuid), ctx.block_though_idle(text, text, uuid, text, uuid, uuid, text) to app, owner;
reset role;
