create function quotes_keep() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if new.state in ('as_is', 'edited', 'paraphrase') and not exists (
            select 1 from public.quotes_quoteconsent c
            join public.quotes_quotereview s on s.id = c.review_id
            join public.quotes_quotewording w on w.id = s.wording_id
            where c.id = new.consent_id and c.quote_id = new.id and c.yes and s.quote_id = new.id
                and w.id = new.wording_id and w.digest = s.digest and w.kind = new.state) then
        raise insufficient_privilege using message = 'these are not the words the speaker saw and agreed to';
    end if;
    return new;
end $$;
revoke all on function quotes_keep() from public;
grant execute on function quotes_keep() to app;
create trigger keep_quote before update on quotes_quote for each row execute function quotes_keep();
