set role ctxo;
-- What is stuck at one's own agency, for whoever answers for it and opens no file: how many, and since when the oldest. A question waits
-- for the asker, however long ago the request was to be answered.
create function ctx.overdue_requests(as_of timestamptz, today date)
returns table (what text, n bigint, since timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with mine as (
        select r.*, greatest(r.answered_at, r.heard_from_at) as heard_at, r.state = 'requested' and 'question' = (
                select m.kind from public.referrals_message m
                where m.file_id = r.file_id and m.referral_id = r.id and m.kind in ('question', 'reply') order by m.written_at desc, m.id desc limit 1
            ) as is_asked_back
        from public.referrals_referral r
        where ctx.agency() in (r.agency_id, r.to_agency_id) and ctx.may('read-gaps')
            and not exists (select 1 from public.files_file f where f.id = r.file_id and (f.blocked_principals || r.blocked_principals) && ctx.principals())
    ),
    overdue as (
        select case when m.agency_id = ctx.agency() then 'asked' else 'answering' end as what, m.answer_by as since from mine m
        where m.state = 'requested' and m.answer_by <= as_of and (m.possible_from is null or m.possible_from <= today)
            and m.is_asked_back is not true
        union all
        select 'heard', m.heard_at from mine m
        where m.agency_id = ctx.agency() and m.state not in ('draft', 'cancelled', 'entered-in-error')
            and m.heard_at between as_of - interval '30 days' and as_of - interval '1 day'
            and (m.is_asked_back or m.heard_at > coalesce(m.noted_at, '-infinity'))
    )
    select o.what, count(*), min(o.since) from overdue o group by 1
$$;
revoke all on function ctx.overdue_requests(timestamptz, date) from public;
grant execute on function ctx.overdue_requests(timestamptz, date) to app, owner;
reset role;
