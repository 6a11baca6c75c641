-- What a search compares, kept beside the offering whenever one of its rules changes.
create function beds_gather_rules() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare which uuid := coalesce(new.offering_id, old.offering_id);
begin
    update public.beds_offering o set
        stops = (select coalesce(array_agg(r.barrier order by r.barrier), '{}') from public.beds_rule r where r.offering_id = which and r.stands and not r.negotiable),
        talks = (select coalesce(array_agg(r.barrier order by r.barrier), '{}') from public.beds_rule r where r.offering_id = which and r.stands and r.negotiable),
        clears = (select coalesce(array_agg(r.barrier order by r.barrier), '{}') from public.beds_rule r where r.offering_id = which and not r.stands)
        where o.id = which;
    return null;
end $$;
create trigger gather_rules after insert or update or delete on beds_rule for each row execute function beds_gather_rules();
create index beds_hold_live on beds_hold (offering_id, (coalesce(ended_at, until)));
alter table beds_hold add constraint beds_a_bed_is_held_once exclude using gist
    (offering_id with =, slot with =, tstzrange(held_at, coalesce(ended_at, until)) with &&);
alter table beds_hold add constraint beds_three_held_a_worker exclude using gist
    (asker with =, asker_slot with =, tstzrange(held_at, coalesce(ended_at, until)) with &&);
alter table beds_hold add constraint beds_asker_has_three_slots check (asker_slot between 1 and 3);

set role ctxo;
create function ctx.follow_count() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare last integer; held integer;
begin
    perform 1 from public.beds_offering where id = new.offering_id for update;
    select max(number) into last from public.beds_count where offering_id = new.offering_id;
    new.number := coalesce(last, 0) + 1;
    select count(*) into held from public.beds_hold h where h.offering_id = new.offering_id and coalesce(h.ended_at, h.until) > new.counted_at;
    if new.occupied + held > new.actual then
        raise check_violation using constraint = 'beds_room_for_what_is_held', message = 'what is occupied and held would no longer fit';
    end if;
    return new;
end $$;

create function ctx.place_hold() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c public.beds_count; held integer; least_ interval; most interval;
begin
    perform 1 from public.beds_offering where id = new.offering_id for update;
    select * into c from public.beds_count x where x.offering_id = new.offering_id order by x.number desc limit 1;
    select count(*) into held from public.beds_hold h where h.offering_id = new.offering_id and coalesce(h.ended_at, h.until) > new.held_at;
    if c.id is null or c.actual - c.occupied - held < 1 then
        raise check_violation using constraint = 'beds_none_free', message = 'nothing is free';
    end if;
    least_ := case when new.request_id is null then interval '24 hours' else interval '2 hours' end;
    most := case when new.request_id is null then interval '14 days' else interval '12 hours' end;
    if new.until - new.held_at not between least_ and most or new.ended_at is not null or new.extended_at is not null then
        raise check_violation using constraint = 'beds_held_so_long', message = 'a hold has its least and its most';
    end if;
    select s into new.slot from generate_series(1, c.actual) s where not exists (
        select 1 from public.beds_hold h where h.offering_id = new.offering_id and h.slot = s and coalesce(h.ended_at, h.until) > new.held_at)
        order by random() limit 1;  -- at random: the number tells nobody how many others are held
    new.asker_slot := null;
    if new.request_id is not null then
        select s into new.asker_slot from generate_series(1, 3) s where not exists (
            select 1 from public.beds_hold h where h.asker = new.asker and h.asker_slot = s
                and coalesce(h.ended_at, h.until) > new.held_at) order by s limit 1;
        if new.asker_slot is null then
            raise check_violation using constraint = 'beds_three_held', message = 'this worker has three held already';
        end if;
    end if;
    return new;
end $$;

create function ctx.keep_hold() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare most interval;
begin
    most := case when new.request_id is null then interval '28 days' else interval '24 hours' end;
    if new.until <> old.until and (old.extended_at is not null or new.extended_at is null or new.extended_at >= old.until or new.until < old.until
            or new.until - new.held_at > most) then
        raise check_violation using constraint = 'beds_extended_once', message = 'a live hold may be extended once';
    end if;
    return new;
end $$;

-- What anybody outside learns: likely, unlikely, none or not known, as it stood at the last full half hour, so that no single arrival can be watched.
create function ctx.bed_outlook(offerings uuid[], at timestamptz) returns table (offering uuid, outlook text, as_of timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with moment as (select date_bin('30 minutes', bed_outlook.at, timestamptz '2020-01-01') as at)
    select o.id, case
            when c.counted_at is null or c.counted_at < m.at - interval '36 hours' then 'unknown'
            when c.actual - c.occupied - h.held <= 0 then 'none'
            when c.actual - c.occupied - h.held >= greatest(2, ceil(c.actual * 0.15)) then 'likely'
            else 'unlikely' end,
        case when c.counted_at is null then null else m.at end
    from unnest(offerings) o(id) cross join moment m
    left join lateral (select * from public.beds_count x where x.offering_id = o.id and x.counted_at <= m.at
        order by x.counted_at desc, x.number desc limit 1) c on true
    cross join lateral (select count(*) as held from public.beds_hold x where x.offering_id = o.id and x.held_at <= m.at
        and coalesce(x.ended_at, x.until) > m.at) h
    where ctx.may('look-for-beds')
$$;

-- Where somebody stands in line, and how many places were offered lately: nobody else is visible in either.
create function ctx.bed_line(waiting uuid, at timestamptz, out ahead bigint, out offered bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select (select count(*) from public.beds_waiting o where o.offering_id = w.offering_id and (o.joined_at, o.id) < (w.joined_at, w.id)
            and (o.state in ('waiting', 'offered') or o.state = 'accepted' and not exists (
                select 1 from public.beds_hold h where h.waiting_id = o.id and h.held_at <= bed_line.at and coalesce(h.ended_at, h.until) > bed_line.at))),
        (select count(distinct h.waiting_id) from public.beds_hold h where h.offering_id = w.offering_id and h.waiting_id is not null
            and h.held_at > bed_line.at - interval '6 months' and h.held_at <= bed_line.at)
    from public.beds_waiting w where w.id = waiting and (w.agency_id = ctx.agency() and ctx.may('keep-files')
        or w.shelter_id = ctx.agency() and ctx.may('answer-for-beds'))
$$;
revoke all on function ctx.follow_count(), ctx.place_hold(), ctx.keep_hold(), ctx.bed_outlook(uuid[], timestamptz), ctx.bed_line(uuid, timestamptz) from public;
grant execute on function ctx.follow_count(), ctx.place_hold(), ctx.keep_hold() to owner;
grant execute on function ctx.bed_outlook(uuid[], timestamptz), ctx.bed_line(uuid, timestamptz) to app, owner;
reset role;
create trigger follow_count before insert on beds_count for each row execute function ctx.follow_count();
create trigger place_hold before insert on beds_hold for each row execute function ctx.place_hold();
create trigger keep_hold before update on beds_hold for each row execute function ctx.keep_hold();

create function beds_right_list() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (select 1 from public.beds_offering o where o.id = new.offering_id and o.agency_id = new.shelter_id) then
        raise insufficient_privilege using message = 'that list is kept by another shelter';
    end if;
    return new;
end $$;
create trigger right_list before insert on beds_waiting for each row execute function beds_right_list();

create function beds_right_house() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if (new.state <> 'drafted' and ctx.agency() is not null) or not exists (select 1 from public.beds_offering o where o.id = new.offering_id and o.agency_id = new.shelter_id) then
        raise insufficient_privilege using message = 'that place is kept by another shelter';
    end if;
    return new;
end $$;
create trigger right_house before insert on beds_request for each row execute function beds_right_house();
set role ctxo;
create function ctx.sweep_names(secret text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n integer;
begin
    if not ctx._proven(secret) then return 0; end if;
    update public.beds_request r set keep_apart = null where r.keep_apart is not null and r.moved_at < statement_timestamp() - interval '2 days';
    get diagnostics n = row_count;
    return n;
end $$;
revoke all on function ctx.sweep_names(text) from public;
grant execute on function ctx.sweep_names(text) to app;
reset role;
