create function disclosure_keep_release() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'DELETE' then
        raise insufficient_privilege using message = 'the ledger forgets nothing';
    end if;
    if not (old.state || '>' || new.state) = any (public.disclosure_moves()) then
        raise insufficient_privilege using message = 'what was released or dropped stays as it is';
    end if;
    if (to_jsonb(new) - '{state,published_by,published_at,dropped_by,dropped_at}'::text[])
        is distinct from (to_jsonb(old) - '{state,published_by,published_at,dropped_by,dropped_at}'::text[]) then
        raise insufficient_privilege using message = 'the numbers of a release are never rewritten';
    end if;
    return new;
end $$;
create trigger keep_release before update or delete on disclosure_release for each row execute function disclosure_keep_release();

create function disclosure_keep_snapshot() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    raise insufficient_privilege using message = 'numbers are taken once';
end $$;
create trigger keep_snapshot before update or delete on disclosure_snapshot for each row execute function disclosure_keep_snapshot();
create unique index disclosure_released_once on disclosure_release (cube, half, "table", audience) where state = 'published';
