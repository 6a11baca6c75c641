set role ctxo;
create function ctx.gap_cube(quarters text[])
returns table (unit text, need text, region text, barrier text, n bigint, agencies bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with given as materialized (select c.agency_id from public.indicators_contribution c where c.ended_at is null and ctx.may('edit-evidence')),
    gap as (
        select g.asking_agency_id as agency, coalesce(nullif(g.need, ''), 'not-said') as need, coalesce(nullif(g.region, ''), 'unknown') as region,
            coalesce(c.barriers, g.barriers) as barriers, count(*) as n
        from public.gaps_gap g
        left join public.gaps_cause c on c.gap_id = g.id and c.agency_id in (select agency_id from given)
        where g.quarter = any(quarters) and g.asking_agency_id in (select agency_id from given)
        group by 1, 2, 3, 4
    ),
    request as (select agency, need, region, sum(n) as n from gap group by 1, 2, 3),
    mention as (
        select agency, need, region, b.barrier, sum(n) as n
        from gap cross join lateral (
            select distinct x as barrier from unnest(case when cardinality(barriers) = 0 then array['not-said'] else barriers end) x) b
        group by 1, 2, 3, 4
    )
    select 'requests', coalesce(need, '*'), coalesce(region, '*'), '*', sum(n)::bigint, count(distinct agency) from request group by cube (need, region)
    union all
    select 'mentions', coalesce(need, '*'), coalesce(region, '*'), coalesce(barrier, '*'), sum(n)::bigint, count(distinct agency)
    from mention group by cube (need, region, barrier)
$$;

-- Behind a number stand as many agencies as asked or as were asked, whichever is fewer: neither side is told of alone. A place is a
-- region where it is known, by what lies in which. What was never answered has no day and no ending: protection rests on that.
create function ctx.answer_cube(since timestamptz, until timestamptz, divisions text[], regions text[])
returns table (unit text, one text, two text, three text, four text, n bigint, agencies bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with given as materialized (select c.agency_id from public.indicators_contribution c where c.ended_at is null and ctx.may('edit-evidence')),
    place as (select * from unnest(divisions, regions) p (division, region)),
    asked as (
        select r.agency_id as asker, r.to_agency_id as asked, coalesce(nullif(r.need, ''), 'not-said') as need, g.sector,
            coalesce(p.region, 'unknown') as region, ctx.answer_band(r.answered_at - r.requested_at) as answer,
            case when r.answered_at is null or r.appointment_band = '' then 'no-day' else r.appointment_band end as appointment,
            case when ctx.is_asked_again(r) then 'again' else 'first' end as again,
            case when r.answered_at is null or r.outcome = '' then 'not-said' else r.outcome end as ending
        from public.referrals_referral r join public.agencies_agency g on g.id = r.to_agency_id left join place p on p.division = g.division
        where r.requested_at >= since and r.requested_at < answer_cube.until and r.state not in ('draft', 'cancelled', 'entered-in-error')
            and r.agency_id in (select agency_id from given) and r.to_agency_id in (select agency_id from given)
    )
    select 'questions', coalesce(a.need, '*'), coalesce(a.sector, '*'), coalesce(a.region, '*'), coalesce(a.answer, '*'),
        count(*), least(count(distinct a.asker), count(distinct a.asked))
    from asked a group by cube (a.need, a.sector, a.region, a.answer)
    union all
    select of.unit, coalesce(a.sector, '*'), coalesce(a.region, '*'), coalesce(of.category, '*'), '*',
        count(*), least(count(distinct a.asker), count(distinct a.asked))
    from asked a cross join lateral (
        values ('appointments', a.appointment), ('repeats', a.again), ('endings', a.ending)) of (unit, category)
    group by of.unit, cube (a.sector, a.region, of.category)
$$;

create function ctx.bed_cube(since timestamptz, until timestamptz)
returns table (unit text, one text, other text, n bigint, agencies bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with given as materialized (select c.agency_id from public.indicators_contribution c where c.ended_at is null and ctx.may('edit-evidence')),
    asked as (
        select r.agency_id as agency, coalesce(nullif(o.region, ''), 'unknown') as region,
            case when exists (select 1 from public.beds_hold h where h.request_id = r.id) then 'held' else 'nothing-held' end as outcome
        from public.beds_request r join public.beds_offering o on o.id = r.offering_id
        where r.asked_at >= since and r.asked_at < bed_cube.until
            and r.agency_id in (select agency_id from given) and r.shelter_id in (select agency_id from given)
    )
    select 'nights', coalesce(region, '*'), coalesce(outcome, '*'), count(*), count(distinct agency) from asked group by cube (region, outcome)
$$;
revoke all on function ctx.gap_cube(text[]), ctx.answer_cube(timestamptz, timestamptz, text[], text[]), ctx.bed_cube(timestamptz, timestamptz) from public;
grant execute on function ctx.gap_cube(text[]), ctx.answer_cube(timestamptz, timestamptz, text[], text[]), ctx.bed_cube(timestamptz, timestamptz) to app, owner;
reset role;
