set role ctxo;
create function ctx.answer_band(took interval) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select case when took is null then 'unanswered' when took < interval '1 day' then 'same-day'
        when took < interval '4 days' then 'days-1-3' when took < interval '8 days' then 'days-4-7' else 'later' end
$$;

-- Whether the same had been asked for before: something this person wants, or the same need in this file.
create function ctx.is_asked_again(asked public.referrals_referral) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (select 1 from public.referrals_referral b
        where b.file_id = asked.file_id and b.id <> asked.id and b.requested_at < asked.requested_at
            and b.state not in ('draft', 'entered-in-error')
            and (b.priority_id = asked.priority_id or (b.need = asked.need and b.need <> '')))
$$;

-- How asking went for one's own agency between two moments: counts of requests, by side, the other agency's sector and place, and how long
-- and how it ended. Nobody is in it, and another agency only as a sector and a census division.
create function ctx.request_measures(since timestamptz, until timestamptz)
returns table (side text, sector text, division text, answer text, appointment text, outcome text, is_again boolean, n bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with mine as (
        select case when r.agency_id = ctx.agency() then 'asked' else 'answered' end as side, r.*,
            r.agency_id = ctx.agency() and ctx.is_asked_again(r) as is_again,
            case when r.agency_id = ctx.agency() then r.to_agency_id else r.agency_id end as other_id
        from public.referrals_referral r
        where ctx.agency() in (r.agency_id, r.to_agency_id) and ctx.may('read-gaps')
            and r.requested_at >= since and r.requested_at < request_measures.until and r.state not in ('draft', 'entered-in-error')
            and not exists (select 1 from public.files_file f where f.id = r.file_id and (f.blocked_principals || r.blocked_principals) && ctx.principals())
    )
    select m.side, g.sector, g.division, ctx.answer_band(m.answered_at - m.requested_at), m.appointment_band, m.outcome,
        m.is_again, count(*)
    from mine m join public.agencies_agency g on g.id = m.other_id group by 1, 2, 3, 4, 5, 6, 7
$$;

-- How soon an agency answers, as three words: from its answers to us in half a year, or from everybody's in the last two quarters that are
-- over, if three agencies asked it. From six answers up, else nothing.
create function ctx.answer_speeds(agencies uuid[])
returns table (agency_id uuid, is_ours boolean, speed text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with answered as (
        select r.to_agency_id, r.agency_id, r.requested_at, r.answered_at - r.requested_at as took
        from public.referrals_referral r
        where r.to_agency_id = any(agencies) and r.answered_at is not null and r.state <> 'entered-in-error' and ctx.may('meet-people')
            and not exists (select 1 from public.files_file f where f.id = r.file_id and (f.blocked_principals || r.blocked_principals) && ctx.principals())
    ),
    found as (
        select to_agency_id, true as is_ours, percentile_disc(0.5) within group (order by took) as took from answered a
        where a.agency_id = ctx.agency() and a.requested_at >= statement_timestamp() - interval '180 days' group by 1 having count(*) >= 6
        union all
        select to_agency_id, false, percentile_disc(0.5) within group (order by took) from answered a
        where a.requested_at >= date_trunc('quarter', statement_timestamp(), 'America/Toronto') - interval '6 months'
            and a.requested_at < date_trunc('quarter', statement_timestamp(), 'America/Toronto')
        group by 1 having count(*) >= 6 and count(distinct a.agency_id) >= 3
    )
    select to_agency_id, is_ours, case when took < interval '1 day' then 'same-day' when took < interval '8 days' then 'some-days' else 'longer' end
    from found
$$;
revoke all on function ctx.request_measures(timestamptz, timestamptz), ctx.answer_band(interval), ctx.answer_speeds(uuid[]),
    ctx.is_asked_again(public.referrals_referral) from public;
grant execute on function ctx.request_measures(timestamptz, timestamptz), ctx.answer_speeds(uuid[]) to app, owner;
reset role;
