-- The same answers as before, with the signature checked once in each and nothing planned anew: a policy asks several of these for every statement.
set role ctxo;
create function ctx.claims() returns text[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare claims text := current_setting('app.c', true); s ctx.secret;
begin
    if claims is null or claims = '' then return null; end if;
    select * into s from ctx.secret;
    if current_setting('app.m', true) is distinct from encode(sha256(s.outer_pad || sha256(s.inner_pad || convert_to(
        claims || '|' || pg_backend_pid() || '|' || extract(epoch from transaction_timestamp())::text, 'UTF8'))), 'hex') then return null; end if;
    return string_to_array(claims, '|', '');
end $$;
revoke all on function ctx.claims() from public;
grant execute on function ctx.claims() to app, owner;

create or replace function ctx.worker() returns uuid language plpgsql stable set search_path = pg_catalog, pg_temp as
    $$begin return (ctx.claims())[1]::uuid; end$$;
create or replace function ctx.account() returns uuid language plpgsql stable set search_path = pg_catalog, pg_temp as
    $$begin return (ctx.claims())[2]::uuid; end$$;
create or replace function ctx.agency() returns uuid language plpgsql stable set search_path = pg_catalog, pg_temp as
    $$begin return (ctx.claims())[3]::uuid; end$$;
create or replace function ctx.role() returns text language plpgsql stable set search_path = pg_catalog, pg_temp as
    $$begin return (ctx.claims())[5]; end$$;
create or replace function ctx.signing_in() returns boolean language plpgsql stable set search_path = pg_catalog, pg_temp as
    $$begin return coalesce((ctx.claims())[5] = 'signing-in', false); end$$;
create or replace function ctx.meets_people() returns boolean language plpgsql stable set search_path = pg_catalog, pg_temp as
    $$begin return coalesce((ctx.claims())[5] in ('caseworker', 'intake', 'specialist', 'companion'), false); end$$;
create or replace function ctx.keeps_files() returns boolean language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare c text[] := ctx.claims();
begin
    return coalesce(c[5] in ('caseworker', 'intake', 'specialist', 'companion') and c[4] in ('community', 'healthcare'), false);
end $$;
create or replace function ctx.principals() returns text[] language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare c text[] := ctx.claims();
begin
    return array['worker:' || c[1], 'role:' || c[5], 'role:' || c[3] || ':' || c[5], 'agency:' || c[3]];
end $$;
reset role;
