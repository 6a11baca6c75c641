create function briefs_frozen() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    raise insufficient_privilege using message = 'what was signed or published is never changed';
end $$;
revoke all on function briefs_frozen() from public;
grant execute on function briefs_frozen() to app;
create trigger frozen before update or delete on briefs_edition for each row execute function briefs_frozen();
create trigger never_emptied before truncate on briefs_edition for each statement execute function briefs_frozen();
create trigger frozen before update or delete on briefs_signature for each row execute function briefs_frozen();

create function briefs_keep() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        if new.state <> 'drafting' then
            raise insufficient_privilege using message = 'a brief begins by being written';
        end if;
        return new;
    end if;
    if (new.id, new.agency_id, new.begun_by_id, new.begun_at) is distinct from (old.id, old.agency_id, old.begun_by_id, old.begun_at) then
        raise insufficient_privilege using message = 'a brief stays whose it is';
    end if;
    if (old.state <> 'drafting' or not ctx.may('edit-evidence'))
            and to_jsonb(new) - array['state', 'moved_by_id', 'moved_at'] is distinct from to_jsonb(old) - array['state', 'moved_by_id', 'moved_at'] then
        raise insufficient_privilege using message = 'only what is being written is changed, and by an editor';
    end if;
    if new.state <> old.state and not (old.state || '>' || new.state) = any (public.briefs_moves()) then
        raise insufficient_privilege using message = 'a brief does not go there from where it stands';
    end if;
    if new.state = 'signed' and old.state <> 'signed' and 2 > (
            select count(distinct s.signed_by_id) from public.briefs_signature s join public.briefs_proof p on p.brief_id = s.brief_id and p.checksum = s.checksum
            where s.brief_id = new.id and s.agency_id = new.agency_id) then
        raise insufficient_privilege using message = 'two people sign';
    end if;
    if new.state = 'signed' and old.state <> 'signed' and new.concerns_indigenous and not exists (
            select 1 from public.briefs_signature s join public.briefs_proof p on p.brief_id = s.brief_id and p.checksum = s.checksum
            where s.brief_id = new.id and s.agency_id = new.steward_agency_id and s.role = 'data-steward') then
        raise insufficient_privilege using message = 'the data steward signs';
    end if;
    if new.state = 'published' and old.state <> 'published' and not exists (
            select 1 from public.briefs_edition e join public.briefs_proof p on p.brief_id = e.brief_id and p.checksum = e.checksum where e.brief_id = new.id) then
        raise insufficient_privilege using message = 'what is published is an edition';
    end if;
    return new;
end $$;
revoke all on function briefs_keep() from public;
grant execute on function briefs_keep() to app;
create trigger keep before insert or update on briefs_brief for each row execute function briefs_keep();
