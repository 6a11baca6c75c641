-- What gives or takes access: asked by one who has just shown that it is them, confirmed by an independent second, carried out here.
set role ctxo;

-- As before, but a closed seat lets nobody in, and the signature says when the passphrase or passkey was last shown.
create or replace function ctx.begin(token text, purpose text, out worker uuid, out account uuid, out assurance integer, out seen_ago interval)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare s ctx.session; seat ctx.seat;
begin
    perform ctx._sign('');
    select * into s from ctx.session x where x.token_hash = sha256(convert_to(token, 'UTF8'))
        and x.ended_at is null and x.until > clock_timestamp() and x.seen_at + x.idle > clock_timestamp();
    if not found then return; end if;
    account := s.account; assurance := s.assurance; seen_ago := clock_timestamp() - s.seen_at;
    select * into seat from ctx.seat x where x.account = s.account and x.active and coalesce(x.suspended_until <= clock_timestamp(), true);
    if not found then return; end if;
    worker := seat.worker;
    perform ctx._sign(ctx._claims(seat, s.assurance, purpose) || '||' || coalesce(extract(epoch from s.proved_at)::text, ''));
end $$;
create or replace function ctx.begin_as(secret text, worker uuid, purpose text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare seat ctx.seat;
begin
    perform ctx._sign('');
    if not ctx._proven(secret) then return false; end if;
    select * into seat from ctx.seat x where x.worker = begin_as.worker and x.active and coalesce(x.suspended_until <= clock_timestamp(), true);
    if not found then return false; end if;
    perform ctx._sign(ctx._claims(seat, 2, purpose));
    return true;
end $$;
create or replace function ctx.keep_seat() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into ctx.seat (worker, account, agency, sector, role, active, suspended_until)
        select new.id, new.account_id, new.agency_id, a.sector, new.role, new.left_at is null, new.suspended_until
        from public.agencies_agency a where a.id = new.agency_id
    on conflict (worker) do update set account = excluded.account, agency = excluded.agency, sector = excluded.sector,
        role = excluded.role, active = excluded.active, suspended_until = excluded.suspended_until;
    return new;
end $$;

create function ctx.prove(secret text, token text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not ctx._proven(secret) then return false; end if;
    update ctx.session s set proved_at = clock_timestamp()
        where s.token_hash = sha256(convert_to(token, 'UTF8')) and s.account = ctx.account() and s.ended_at is null;
    return found;
end $$;
create function ctx.has_proved() returns boolean language sql stable set search_path = pg_catalog, pg_temp as $$
    select coalesce(to_timestamp(ctx.claim(9)::double precision) > clock_timestamp() - interval '5 minutes', false)
$$;

create function ctx.carry_out_access() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare closes boolean := new.what in ('suspension', 'departure');
    confirmed boolean := new.confirmed_at is not null and (tg_op = 'INSERT' or old.confirmed_at is null);
    behind uuid[] := case when new.confirmed_by_id is null then '{}' else array[new.asked_by_id, new.confirmed_by_id] end;
begin
    if new.worker_id is null then return null; end if;
    if closes and tg_op = 'INSERT' then
        update public.agencies_worker set suspended_until = greatest(suspended_until, new.until) where id = new.worker_id;
    end if;
    if closes and (tg_op = 'INSERT' or confirmed) then
        update ctx.session s set ended_at = clock_timestamp() from public.agencies_worker w
            where w.id = new.worker_id and s.account = w.account_id and s.ended_at is null;
    end if;
    if confirmed and new.what = 'role' then
        update public.agencies_worker set role = new.role, right_since = statement_timestamp(), vouched_by = behind where id = new.worker_id;
    elsif confirmed and new.what = 'return' then
        update public.agencies_worker set left_at = null, suspended_until = null, right_since = statement_timestamp(), vouched_by = behind
            where id = new.worker_id;
    elsif confirmed and new.what = 'suspension' then
        update public.agencies_worker set suspended_until = '9000-01-01 00:00Z' where id = new.worker_id;
    elsif confirmed and new.what = 'departure' then
        update public.agencies_worker set left_at = statement_timestamp(), suspended_until = null where id = new.worker_id;
        update public.agencies_accessrequest r set withdrawn_at = statement_timestamp()
            where r.done_at is null and r.withdrawn_at is null and new.worker_id in (r.worker_id, r.asked_by_id);
    elsif new.what = 'recovery' and tg_op = 'UPDATE' and new.done_at is not null and old.done_at is null then
        update public.agencies_worker set right_since = statement_timestamp(), vouched_by = behind where id = new.worker_id;
    elsif closes and tg_op = 'UPDATE' and new.withdrawn_at is not null and old.withdrawn_at is null and new.done_at is null then
        update public.agencies_worker set suspended_until = (select max(r.until) from public.agencies_accessrequest r
            where r.worker_id = new.worker_id and r.what in ('suspension', 'departure') and r.done_at is null and r.withdrawn_at is null)
            where id = new.worker_id and suspended_until < '9000-01-01 00:00Z';
    end if;
    return null;
end $$;
revoke all on function ctx.prove(text, text), ctx.has_proved(), ctx.carry_out_access() from public;
grant execute on function ctx.prove(text, text), ctx.has_proved() to app, owner;
grant execute on function ctx.carry_out_access() to owner;
reset role;

-- Who may ask and who may confirm. A request is good for so long and no longer, whatever the statement says.
create function agencies_check_access() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare by_operator boolean := coalesce(ctx.role() = 'operator', false);
    lasts interval := case when new.what = 'seat' then interval '7 days' when new.what = 'recovery' then interval '1 day' else interval '3 days' end;
begin
    if current_user <> 'app' then return new; end if;
    if tg_op = 'INSERT' then
        new.asked_at := statement_timestamp();
        new.until := least(new.until, statement_timestamp() + lasts);
        if new.worker_id is not null then
            select w.account_id into new.account_id from public.agencies_worker w where w.id = new.worker_id and w.agency_id = new.agency_id;
            if not found then raise insufficient_privilege using message = 'this is nobody of that agency'; end if;
        end if;
        if by_operator and new.asked_by_id is null and new.confirmed_by_id is null then
            return new;
        elsif not ctx.has_proved() then
            raise insufficient_privilege using message = 'the passphrase or passkey was not shown just now';
        elsif new.confirmed_at is not null or new.code_hash is not null or new.done_at is not null or new.withdrawn_at is not null then
            raise insufficient_privilege using message = 'an independent second confirms this';
        elsif new.what in ('suspension', 'departure') and exists (select from public.agencies_accessrequest r
                where r.what in ('suspension', 'departure') and r.worker_id = new.worker_id and r.asked_by_id = new.asked_by_id
                and r.confirmed_at is null and r.asked_at > statement_timestamp() - interval '7 days') then
            raise insufficient_privilege using message = 'this was asked by them within a week and confirmed by nobody';
        end if;
        return new;
    end if;
    if old.done_at is not null or old.withdrawn_at is not null then
        raise insufficient_privilege using message = 'this is over';
    elsif new.confirmed_at is not null and old.confirmed_at is null then
        if old.until <= statement_timestamp() then
            raise insufficient_privilege using message = 'this is over';
        elsif not by_operator and not ctx.has_proved() then
            raise insufficient_privilege using message = 'the passphrase or passkey was not shown just now';
        elsif not (by_operator and new.confirmed_by_id is null
                or new.confirmed_by_id = ctx.worker() and new.asked_by_id is not null and (new.what = 'recovery' or ctx.arranges_seats())
                and ctx.is_independent_second(new.confirmed_by_id, new.asked_by_id)) then
            raise insufficient_privilege using message = 'an independent second confirms this';
        end if;
        new.confirmed_at := statement_timestamp();
        new.until := least(new.until, statement_timestamp() + lasts);
        new.done_at := case when new.what not in ('seat', 'recovery') then statement_timestamp() end;
        new.withdrawn_at := null;
    elsif (new.confirmed_by_id, new.confirmed_at, new.code_hash, new.until)
            is distinct from (old.confirmed_by_id, old.confirmed_at, old.code_hash, old.until) then
        raise insufficient_privilege using message = 'an independent second confirms this';
    elsif new.done_at is not null and not ctx.signing_in() then
        raise insufficient_privilege using message = 'only whoever has the code takes what it opens';
    elsif new.withdrawn_at is not null and new.what in ('suspension', 'departure') and not by_operator
            and new.asked_by_id is distinct from ctx.worker() then
        raise insufficient_privilege using message = 'whoever closed a seat opens it, or two do';
    end if;
    return new;
end $$;
create trigger check_access before insert or update on agencies_accessrequest for each row execute function agencies_check_access();
create trigger carry_out_access after insert or update on agencies_accessrequest for each row execute function ctx.carry_out_access();
