create function quotes_keep() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        if new.state <> 'collected' then
            raise insufficient_privilege using message = 'a quote begins by being collected';
        end if;
        return new;
    end if;
    if new.state <> old.state and not (old.state || '>' || new.state) = any (public.quotes_moves()) then
        raise insufficient_privilege using message = 'a quote does not go there from where it stands';
    end if;
    if old.state in ('no', 'withdrawn') and (new.wording_id, new.consent_id) is distinct from (old.wording_id, old.consent_id) then
        raise insufficient_privilege using message = 'what was taken back stays taken back';
    end if;
    if new.wording_id is distinct from old.wording_id and new.state <> 'collected' then
        raise insufficient_privilege using message = 'new words are shown again';
    end if;
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
create trigger keep_quote before insert or update on quotes_quote for each row execute function quotes_keep();
create function quotes_only_destroyed() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if to_jsonb(new) ->> tg_argv[0] is not null and to_jsonb(new) ->> tg_argv[0] is distinct from to_jsonb(old) ->> tg_argv[0] then
        raise insufficient_privilege using message = 'words are destroyed or stay as they were';
    end if;
    return new;
end $$;
revoke all on function quotes_only_destroyed() from public;
grant execute on function quotes_only_destroyed() to app;
create trigger only_destroyed before update on quotes_quotewording for each row execute function quotes_only_destroyed('words');
create trigger only_destroyed before update on quotes_quoteconsent for each row execute function quotes_only_destroyed('names');
create trigger only_destroyed before update on quotes_quotetranslation for each row execute function quotes_only_destroyed('words');
create trigger only_destroyed before update on quotes_quotecheck for each row execute function quotes_only_destroyed('reasons');
