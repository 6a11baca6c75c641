-- Who is asking, signed into each transaction, so that SQL injection as `app` cannot become somebody else.
-- Owned by `ctxo`, which nobody signs in as. `app` may call what is granted at the end and read nothing here.
create schema ctx authorization ctxo;
set role ctxo;

-- The signing key, as the two padded halves that HMAC-SHA256 needs; and the hash of the secret that proves
-- "this process checked the passphrase". Neither ever leaves this schema.
create table ctx.secret (
    only_row boolean primary key default true check (only_row),
    inner_pad bytea not null,
    outer_pad bytea not null,
    server_secret_hash bytea not null
);

-- Who sits where: one active seat an account. Filled by triggers on the agencies' own tables.
create table ctx.seat (
    worker uuid primary key,
    account uuid not null,
    agency uuid not null,
    sector text not null,
    role text not null,
    active boolean not null
);
create unique index one_agency_at_a_time on ctx.seat (account) where active;

create table ctx.session (
    token_hash bytea primary key,
    id uuid not null default gen_random_uuid(),
    account uuid not null,
    assurance integer not null,
    opened_at timestamptz not null default clock_timestamp(),
    seen_at timestamptz not null default clock_timestamp(),
    until timestamptz not null,
    idle interval not null,
    ended_at timestamptz
);
create index session_account on ctx.session (account) where ended_at is null;

-- HMAC-SHA256 from the built-in sha256(), bound to this backend and this transaction: a MAC cannot be replayed.
create function ctx._mac(claims text) returns text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare s ctx.secret;
begin
    select * into s from ctx.secret;
    return encode(sha256(s.outer_pad || sha256(s.inner_pad || convert_to(
        claims || '|' || pg_backend_pid() || '|' || extract(epoch from transaction_timestamp())::text, 'UTF8'))), 'hex');
end $$;

create function ctx._sign(claims text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    perform set_config('app.c', claims, true);
    perform set_config('app.m', case when claims = '' then '' else ctx._mac(claims) end, true);
end $$;

create function ctx._proven(proof text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select 1 from ctx.secret where server_secret_hash = sha256(convert_to(proof, 'UTF8')))
$$;

create function ctx._claims(s ctx.seat, assurance integer, purpose text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select concat_ws('|', s.worker, s.account, s.agency, s.sector, s.role, assurance, regexp_replace(purpose, '[^a-z_]', '', 'g'))
$$;

-- A request: the token is the raw session cookie, of which only the hash is stored. Writes nothing, so it works on a standby.
create function ctx.begin(token text, purpose text, out worker uuid, out account uuid, out assurance integer, out seen_ago interval)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare s ctx.session; seat ctx.seat;
begin
    perform ctx._sign('');
    select * into s from ctx.session x where x.token_hash = sha256(convert_to(token, 'UTF8'))
        and x.ended_at is null and x.until > clock_timestamp() and x.seen_at + x.idle > clock_timestamp();
    if not found then return; end if;
    account := s.account; assurance := s.assurance; seen_ago := clock_timestamp() - s.seen_at;
    select * into seat from ctx.seat x where x.account = s.account and x.active;
    if not found then return; end if;
    worker := seat.worker;
    perform ctx._sign(ctx._claims(seat, s.assurance, purpose));
end $$;

-- A job, or a command typed by the operator, on behalf of a worker. Proven by the process's own secret, which no SQL can read.
create function ctx.begin_as(secret text, worker uuid, purpose text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare seat ctx.seat;
begin
    perform ctx._sign('');
    if not ctx._proven(secret) then return false; end if;
    select * into seat from ctx.seat x where x.worker = begin_as.worker and x.active;
    if not found then return false; end if;
    perform ctx._sign(ctx._claims(seat, 2, purpose));
    return true;
end $$;

-- The operator of the machine, setting up an agency: may arrange seats, may read no file.
create function ctx.begin_operator(secret text, agency uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform ctx._sign('');
    if not ctx._proven(secret) then return false; end if;
    perform ctx._sign('||' || coalesce(agency::text, '') || '||operator|2|operate');
    return true;
end $$;

-- Before sign-in, on the sign-in pages only: accounts may be looked up, nothing else.
create function ctx.begin_sign_in(secret text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform ctx._sign('');
    if not ctx._proven(secret) then return false; end if;
    perform ctx._sign('||||signing-in|0|signin');
    return true;
end $$;

create function ctx.open_session(secret text, token text, account uuid, assurance integer, lasts interval, idle interval) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not ctx._proven(secret) then return false; end if;
    insert into ctx.session (token_hash, account, assurance, until, idle)
        values (sha256(convert_to(token, 'UTF8')), account, assurance, clock_timestamp() + lasts, idle) on conflict do nothing;
    return found;
end $$;

create function ctx.touch(token text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
    update ctx.session set seen_at = clock_timestamp() where token_hash = sha256(convert_to(token, 'UTF8')) and ended_at is null
        and until > clock_timestamp() and seen_at + idle > clock_timestamp()
$$;

create function ctx.end_session(token text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
    update ctx.session set ended_at = clock_timestamp() where token_hash = sha256(convert_to(token, 'UTF8')) and ended_at is null
$$;

-- Whose session was this, if it ended by idleness and not by anybody's will? (So that unsent words can be kept for them.)
create function ctx.was_idle(secret text, token text) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.account from ctx.session s where ctx._proven(secret) and s.token_hash = sha256(convert_to(token, 'UTF8'))
        and s.ended_at is null and s.seen_at + interval '24 hours' > clock_timestamp()
$$;

create function ctx.claim(i integer) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare claims text := current_setting('app.c', true);
begin
    if claims is null or claims = '' or current_setting('app.m', true) is distinct from ctx._mac(claims) then return null; end if;
    return nullif(split_part(claims, '|', i), '');
end $$;

create function ctx.worker() returns uuid language plpgsql stable set search_path = pg_catalog, pg_temp as
    $$begin return (ctx.claims())[1]::uuid; end$$;
create function ctx.account() returns uuid language plpgsql stable set search_path = pg_catalog, pg_temp as
    $$begin return (ctx.claims())[2]::uuid; end$$;
create function ctx.agency() returns uuid language plpgsql stable set search_path = pg_catalog, pg_temp as
    $$begin return (ctx.claims())[3]::uuid; end$$;
create function ctx.sector() returns text language sql stable set search_path = pg_catalog, pg_temp as 'select ctx.claim(4)';
create function ctx.role() returns text language plpgsql stable set search_path = pg_catalog, pg_temp as
    $$begin return (ctx.claims())[5]; end$$;
create function ctx.assurance() returns integer language sql stable set search_path = pg_catalog, pg_temp as 'select ctx.claim(6)::int';
create function ctx.purpose() returns text language sql stable set search_path = pg_catalog, pg_temp as 'select ctx.claim(7)';
create function ctx.signing_in() returns boolean language plpgsql stable set search_path = pg_catalog, pg_temp as
    $$begin return coalesce((ctx.claims())[5] = 'signing-in', false); end$$;
create function ctx.arranges_seats() returns boolean language sql stable set search_path = pg_catalog, pg_temp as
    $$select coalesce(ctx.claim(5) in ('administrator', 'operator'), false)$$;
-- Whether whoever asks has a permission. Which role has which is said by the agencies (their table of roles); until then nobody has any.
create function ctx.may(permission text) returns boolean language sql stable set search_path = pg_catalog, pg_temp as 'select false';
-- What a "not them" may name: this worker, this role anywhere, this role in this agency, this agency.
create function ctx.principals() returns text[] language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare c text[] := ctx.claims();
begin
    return array['worker:' || c[1], 'role:' || c[5], 'role:' || c[3] || ':' || c[5], 'agency:' || c[3]];
end $$;

create function ctx.my_sessions() returns table (id uuid, opened_at timestamptz, seen_at timestamptz, until timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.id, s.opened_at, s.seen_at, s.until from ctx.session s
    where s.account = ctx.account() and s.ended_at is null and s.until > clock_timestamp() and s.seen_at + s.idle > clock_timestamp()
    order by s.seen_at desc
$$;
create function ctx.end_my_sessions(only_id uuid) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n integer;
begin
    update ctx.session s set ended_at = clock_timestamp()
        where s.account = ctx.account() and s.ended_at is null and (only_id is null or s.id = only_id);
    get diagnostics n = row_count;
    return n;
end $$;
-- When a passphrase is replaced with a colleague's help, every session of that account ends at once.
create function ctx.end_sessions_of(secret text, whose uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
    update ctx.session s set ended_at = clock_timestamp() where ctx._proven(secret) and s.account = whose and s.ended_at is null
$$;

-- The agencies' tables keep the seats in step through this trigger function.
create function ctx.keep_seat() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into ctx.seat (worker, account, agency, sector, role, active)
        select new.id, new.account_id, new.agency_id, a.sector, new.role, new.left_at is null
        from public.agencies_agency a where a.id = new.agency_id
    on conflict (worker) do update set account = excluded.account, agency = excluded.agency, sector = excluded.sector,
        role = excluded.role, active = excluded.active;
    return new;
end $$;

revoke all on all functions in schema ctx from public;
grant usage on schema ctx to app, owner, log_writer;
grant execute on function
    ctx.begin(text, text), ctx.begin_as(text, uuid, text), ctx.begin_operator(text, uuid), ctx.begin_sign_in(text),
    ctx.open_session(text, text, uuid, integer, interval, interval), ctx.touch(text), ctx.end_session(text), ctx.was_idle(text, text),
    ctx.claim(integer), ctx.worker(), ctx.account(), ctx.agency(), ctx.sector(), ctx.role(), ctx.assurance(), ctx.purpose(),
    ctx.signing_in(), ctx.arranges_seats(), ctx.may(text), ctx.principals(),
    ctx.my_sessions(), ctx.end_my_sessions(uuid), ctx.end_sessions_of(text, uuid)
    to app, owner;
grant execute on function ctx.keep_seat() to app, owner;
reset role;

-- Signing in: whose second step it is, how often somebody tried, which session is this one. Owned by `ctxo`, like the rest of the context.
set role ctxo;

-- Before sign-in again, but after a first factor was checked: the factors of this one account may be looked at, and its unsent words kept.
create function ctx.begin_sign_in(secret text, account uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform ctx._sign('');
    if not ctx._proven(secret) then return false; end if;
    perform ctx._sign('||||signing-in|0|signin|' || account::text);
    return true;
end $$;
create function ctx.signing_in_account() returns uuid language sql stable set search_path = pg_catalog, pg_temp as 'select ctx.claim(8)::uuid';

-- What a one-time code opens: the policies compare this with the row's own hash, so that who signs in sees one invitation and not the list.
create function ctx.shown_code() returns bytea language sql stable set search_path = pg_catalog, pg_temp as $$
    select case when ctx.claim(5) = 'signing-in' then sha256(convert_to(nullif(current_setting('app.code', true), ''), 'UTF8')) end
$$;

-- Wrong tries, by a keyed hash of what was tried. Ten in a row refuse every further try for a quarter of an hour; nobody is told, nobody is kept out for days.
create table ctx.attempt (
    key bytea primary key,
    wrong integer not null,
    last_at timestamptz not null,
    closed_until timestamptz
);
-- Counted before the secret is checked, so that many at once don't slip through; a refused try is answered without waiting for anybody.
create function ctx.may_try(secret text, what bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare closed timestamptz;
begin
    if not ctx._proven(secret) then return false; end if;
    select a.closed_until into closed from ctx.attempt a where a.key = what;
    if closed > clock_timestamp() then return false; end if;
    insert into ctx.attempt as a (key, wrong, last_at) values (what, 1, clock_timestamp())
    on conflict (key) do update set
        wrong = case when a.last_at < clock_timestamp() - interval '15 minutes' or a.closed_until is not null then 1 else a.wrong + 1 end,
        closed_until = case when a.wrong + 1 >= 10 and a.closed_until is null and a.last_at >= clock_timestamp() - interval '15 minutes'
                            then clock_timestamp() + interval '15 minutes' end,
        last_at = clock_timestamp();
    return true;
end $$;
create function ctx.tried_right(secret text, what bytea) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
    delete from ctx.attempt a where ctx._proven(secret) and a.key = what
$$;

create function ctx.session_id(token text) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.id from ctx.session s where s.token_hash = sha256(convert_to(token, 'UTF8')) and s.account = ctx.account()
$$;
-- The cookie of a session was changed (the passphrase was, or a second step was added): the same session goes on under the new one.
create function ctx.renew_session(secret text, old text, new text, proven integer) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not ctx._proven(secret) then return false; end if;
    update ctx.session s set token_hash = sha256(convert_to(new, 'UTF8')), assurance = greatest(s.assurance, proven)
        where s.token_hash = sha256(convert_to(old, 'UTF8')) and s.account = ctx.account() and s.ended_at is null;
    return found;
end $$;
create function ctx.end_my_other_sessions(token text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n integer;
begin
    update ctx.session s set ended_at = clock_timestamp()
        where s.account = ctx.account() and s.ended_at is null and s.token_hash <> sha256(convert_to(token, 'UTF8'));
    get diagnostics n = row_count;
    return n;
end $$;

-- Nothing of a session, a wrong try or an unsent word is kept once it can't be of use.
create function ctx.sweep(secret text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not ctx._proven(secret) then return; end if;
    delete from ctx.session s where s.until < clock_timestamp() - interval '1 day' or s.ended_at < clock_timestamp() - interval '1 day';
    delete from ctx.attempt a where a.last_at < clock_timestamp() - interval '1 day';
    delete from public.kernel_draft d where d.at < clock_timestamp() - interval '1 day';
end $$;

revoke all on function ctx.begin_sign_in(text, uuid), ctx.signing_in_account(), ctx.shown_code(), ctx.may_try(text, bytea), ctx.tried_right(text, bytea),
    ctx.session_id(text), ctx.renew_session(text, text, text, integer), ctx.end_my_other_sessions(text), ctx.sweep(text) from public;
grant execute on function ctx.begin_sign_in(text, uuid), ctx.signing_in_account(), ctx.shown_code(), ctx.may_try(text, bytea), ctx.tried_right(text, bytea),
    ctx.session_id(text), ctx.renew_session(text, text, text, integer), ctx.end_my_other_sessions(text), ctx.sweep(text) to app, owner;
reset role;

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

-- What a table's own rules refuse: a state that can't follow, a column that is settled. Each trigger says when, and why.
create function ctx.refuse() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    raise insufficient_privilege using message = tg_argv[0];
end $$;
revoke all on function ctx.refuse() from public;
grant execute on function ctx.refuse() to owner;
reset role;
