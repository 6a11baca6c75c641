create function briefs_keep() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
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
create trigger keep before update on briefs_brief for each row execute function briefs_keep();
