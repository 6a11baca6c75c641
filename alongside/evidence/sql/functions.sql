create function evidence_keep_source() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if old.state = 'received' and new.state = 'ready' and exists (
            select 1 from public.evidence_identifier m where m.source_id = new.id and m.decision = '') then
        raise check_violation using constraint = 'evidence_every_identifier_decided', message = 'an identifier waits for a decision';
    end if;
    return new;
end $$;
revoke all on function evidence_keep_source() from public;
grant execute on function evidence_keep_source() to app;
create trigger keep_source before update on evidence_source for each row execute function evidence_keep_source();
