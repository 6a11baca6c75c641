-- No agency takes another's name, in either language, however it is spelt; and what people see of one is changed by two.
set role ctxo;
create function ctx.name_key(name text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select replace(replace(translate(regexp_replace(replace(string_agg(
            coalesce('{latin}'::jsonb ->> letter, lower(letter)), '' order by at), '|', 'l'), '[^[:alnum:]]', '', 'g'), 'l10', 'iio'), 'rn', 'm'), 'vv', 'w')
    from regexp_split_to_table(regexp_replace(normalize(name, NFKD), '[\u0300-\u036f]', '', 'g'), '') with ordinality as each(letter, at)
$$;
create function ctx.name_keys(names text[]) returns table (key text)
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select distinct ctx.name_key(spelling) from unnest(names) name, unnest(array[name, translate(normalize(name, NFKD), '{looks}', '{like}')]) spelling
    where ctx.name_key(spelling) <> ''
$$;
create table ctx.agency_name (key text primary key, agency uuid not null);

create function ctx.name_taken(names text[], own uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select exists (select from ctx.agency_name n join ctx.name_keys(names) k on k.key = n.key where n.agency is distinct from own)
$$;
create function ctx.keep_names() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare names text[] := array[new.name, new.name_fr, new.face, new.face_fr];
begin
    delete from ctx.agency_name where agency = new.id;
    insert into ctx.agency_name select k.key, new.id from ctx.name_keys(names) k on conflict do nothing;
    if session_user = 'app' and ctx.name_taken(names, new.id) then
        raise unique_violation using message = 'another agency is called that';
    end if;
    return null;
end $$;
create function ctx.carry_out_face() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update public.agencies_agency set name = new.facts ->> 'name', name_fr = new.facts ->> 'name_fr', face = new.facts ->> 'face',
        face_fr = new.facts ->> 'face_fr', kind = new.facts ->> 'kind' where id = new.agency_id;
    return null;
end $$;
revoke all on function ctx.name_key(text), ctx.name_keys(text[]), ctx.name_taken(text[], uuid), ctx.keep_names(), ctx.carry_out_face() from public;
grant execute on function ctx.name_taken(text[], uuid) to app, owner;
grant execute on function ctx.keep_names(), ctx.carry_out_face() to owner;
reset role;
create trigger keep_names after insert or update of name, name_fr, face, face_fr on agencies_agency for each row execute function ctx.keep_names();
create trigger carry_out_face after update on agencies_accessrequest for each row
    when (new.what = 'face' and new.confirmed_at is not null and old.confirmed_at is null) execute function ctx.carry_out_face();
