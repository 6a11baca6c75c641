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
