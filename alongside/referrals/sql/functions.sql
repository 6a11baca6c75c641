set role ctxo;
-- Whether a request is over: declined for whatever reason, taken back, or with the person's word at the end. A yes is not. The same stands
-- in Python, on the request.
create function ctx.request_is_over(state text, outcome text) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select state in ('rejected', 'failed', 'cancelled', 'entered-in-error') or outcome in ('worked', 'chose-otherwise')
$$;

-- A no, and whatever else is the end of a request, ends the agreement it travelled under in the same statement. Whoever says no has first a
-- line of its own about it, because it does not see the request any more. Only where the person was asked beforehand does it go on seeing
-- after its no: for that purpose, until that day.
create function ctx.end_seeing() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare said_no boolean := new.state in ('rejected', 'failed') and ctx.agency() = new.to_agency_id;
begin
    if said_no then
        insert into public.referrals_declinedreferral
            (id, agency_id, referral_id, referral_file_id, from_agency_id, to_role, handle, reason, declined_by, declined_at, blocked_principals)
            values (gen_random_uuid(), new.to_agency_id, new.id, new.file_id, new.agency_id, new.to_role, new.handle,
                case when new.state = 'rejected' then new.reason else '' end, ctx.worker(), coalesce(new.moved_at, clock_timestamp()),
                ctx.blocked_principals_of(new.file_id, new.id, new.to_agency_id));
    end if;
    if exists (select 1 from public.referrals_referral o where o.file_id = new.file_id and o.release_id = new.release_id and o.id <> new.id
            and not ctx.request_is_over(o.state, o.outcome)) then
        return null;
    end if;
    if said_no then
        update public.consent_release r set purpose = r.after_no_purpose, until = r.after_no_until
            where r.file_id = new.file_id and r.id = new.release_id and r.ended_at is null and r.after_no_until > clock_timestamp();
        if found then return null; end if;
    end if;
    update public.consent_release r set state = 'fulfilled', ended_at = clock_timestamp(), ended_because = 'answered',
            ended_by = ctx.worker(), ended_how = case when ctx.worker() is null then 'operator' else 'desk' end
        where r.file_id = new.file_id and r.id = new.release_id and r.given_at is not null and r.ended_at is null;
    return null;
end $$;

-- A "not them" said after a no hides the line about it too.
create function ctx.block_declined() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update public.referrals_declinedreferral d set blocked_principals = ctx.blocked_principals_of(d.referral_file_id, d.referral_id, d.agency_id)
        where d.referral_file_id = new.file_id;
    return null;
end $$;

-- What two agencies say to each other stands in the order in which it was said: nobody puts a message before another, or on a later day.
-- The minute is for two who write at once.
create function ctx.said_in_order() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if new.written_at > clock_timestamp() + interval '1 minute' or exists (
        select 1 from public.referrals_message m where m.file_id = new.file_id and m.referral_id = new.referral_id
            and m.written_at > new.written_at + interval '1 minute') then
        raise insufficient_privilege using message = 'it is said now, and after what was said before';
    end if;
    return new;
end $$;
revoke all on function ctx.request_is_over(text, text), ctx.end_seeing(), ctx.block_declined(), ctx.said_in_order() from public;
grant execute on function ctx.request_is_over(text, text) to app, owner;
grant execute on function ctx.end_seeing(), ctx.block_declined(), ctx.said_in_order() to owner;
reset role;
create trigger end_seeing after update on referrals_referral for each row
    when ((old.state, old.outcome) is distinct from (new.state, new.outcome) and ctx.request_is_over(new.state, new.outcome))
    execute function ctx.end_seeing();
create trigger block_declined after insert or update on consent_block for each row execute function ctx.block_declined();
