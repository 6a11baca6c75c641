-- The agency asked changes its answer and nothing else: whatever column comes is settled for it.
create function referrals_guard() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare its_own text[] := array['state', 'moved_at', 'answered_at', 'seen_at', 'reason', 'barriers', 'wait_band'];
begin
    if old.agency_id is distinct from ctx.agency() and current_user = 'app'
            and to_jsonb(new) - its_own is distinct from to_jsonb(old) - its_own then
        raise insufficient_privilege using message = 'only the answer may be changed here';
    end if;
    if old.state <> 'draft' and new.release_id is distinct from old.release_id then
        raise insufficient_privilege using message = 'a sent request keeps its agreement';
    end if;
    return new;
end $$;
create trigger guard before update on referrals_referral for each row execute function referrals_guard();

create function referrals_moves() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    if current_user = 'app' and old.agency_id is distinct from ctx.agency() and new.state is distinct from old.state
            and not (old.state || '>' || new.state) = any (public.referrals_their_moves()) then
        raise insufficient_privilege using message = 'the agency asked can''t move it there';
    end if;
    return new;
end $$;
create trigger moves before update on referrals_referral for each row execute function referrals_moves();
