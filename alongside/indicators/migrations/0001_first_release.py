import alongside.kernel.ids
from alongside.kernel.rls.operations import Protect
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("quotes", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('given_by', models.UUIDField()),
                ('given_at', models.DateTimeField()),
                ('ended_by', models.UUIDField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-given_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('agency_id',), name='indicators_given_once'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='indicators_ended_by_at')],
            },
        ),
        migrations.CreateModel(
            name='Parameter',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('line', models.UUIDField(help_text='The same in every version of a line.')),
                ('version', models.PositiveSmallIntegerField(db_default=1)),
                ('kind', models.CharField(choices=[('service', 'The service itself'), ('travel', 'Travel'), ('unpaid', 'Unpaid work'), ('avoided', 'What might be avoided elsewhere: an assumption'), ('funded', 'What is funded now')], db_default='service', max_length=10)),
                ('need', models.CharField(blank=True, db_default='', help_text='A code of the vocabulary; nothing for what is funded for all of it.', max_length=40)),
                ('unit', models.CharField(max_length=120)),
                ('unit_fr', models.CharField(max_length=120)),
                ('units_low', models.DecimalField(decimal_places=2, help_text='How many units one request would take.', max_digits=8)),
                ('units_base', models.DecimalField(decimal_places=2, max_digits=8)),
                ('units_high', models.DecimalField(decimal_places=2, max_digits=8)),
                ('cost_low', models.DecimalField(decimal_places=2, help_text='Canadian dollars a unit.', max_digits=12)),
                ('cost_base', models.DecimalField(decimal_places=2, max_digits=12)),
                ('cost_high', models.DecimalField(decimal_places=2, max_digits=12)),
                ('year', models.PositiveSmallIntegerField(help_text='Of which year the dollars are.')),
                ('source', models.TextField(help_text='Where the numbers are from.')),
                ('owner', models.CharField(help_text='Which role keeps it right.', max_length=120)),
                ('stands', models.BooleanField(db_default=True, help_text='Whether the line counts, or was taken out.')),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['need', 'kind', 'line', '-version'],
                'constraints': [models.UniqueConstraint(fields=('agency_id', 'line', 'version'), name='indicators_versions_follow_each_other'), models.CheckConstraint(condition=models.Q(('units_base__gte', models.F('units_low')), ('units_high__gte', models.F('units_base')), ('units_low__gte', 0)), name='indicators_units_in_order'), models.CheckConstraint(condition=models.Q(('cost_base__gte', models.F('cost_low')), ('cost_high__gte', models.F('cost_base')), ('cost_low__gte', 0)), name='indicators_costs_in_order')],
            },
        ),
        Protect(
            "functions",
            """
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

create function ctx.answer_cube(since timestamptz, until timestamptz)
returns table (unit text, one text, other text, n bigint, agencies bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with given as materialized (select c.agency_id from public.indicators_contribution c where c.ended_at is null and ctx.may('edit-evidence')),
    asked as (
        select r.agency_id as agency, coalesce(nullif(r.need, ''), 'not-said') as need, case
            when r.answered_at is null then 'unanswered'
            when r.answered_at - r.requested_at < interval '1 day' then 'same-day'
            when r.answered_at - r.requested_at < interval '4 days' then 'days-1-3'
            when r.answered_at - r.requested_at < interval '8 days' then 'days-4-7'
            else 'later' end as band
        from public.referrals_referral r
        where r.requested_at >= since and r.requested_at < answer_cube.until and r.state not in ('draft', 'cancelled', 'entered-in-error')
            and r.agency_id in (select agency_id from given) and r.to_agency_id in (select agency_id from given)
    )
    select 'questions', coalesce(need, '*'), coalesce(band, '*'), count(*), count(distinct agency) from asked group by cube (need, band)
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
revoke all on function ctx.gap_cube(text[]), ctx.answer_cube(timestamptz, timestamptz), ctx.bed_cube(timestamptz, timestamptz) from public;
grant execute on function ctx.gap_cube(text[]), ctx.answer_cube(timestamptz, timestamptz), ctx.bed_cube(timestamptz, timestamptz) to app, owner;
reset role;
""",
            """
drop function ctx.bed_cube;
drop function ctx.answer_cube;
drop function ctx.gap_cube;
""",
        ),
        Protect(
            "indicators_parameter",
            """
alter table indicators_parameter enable row level security;
alter table indicators_parameter force row level security;
grant select, insert on indicators_parameter to app;
create policy app_select on indicators_parameter for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('read-numbers')));
create policy app_insert on indicators_parameter for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and written_by = (select ctx.worker()));
""",
            """
drop policy app_insert on indicators_parameter;
drop policy app_select on indicators_parameter;
revoke select, insert on indicators_parameter from app;
alter table indicators_parameter no force row level security;
alter table indicators_parameter disable row level security;
""",
        ),
        Protect(
            "indicators_contribution",
            """
alter table indicators_contribution enable row level security;
alter table indicators_contribution force row level security;
grant select, insert, update (ended_by, ended_at) on indicators_contribution to app;
create policy app_select on indicators_contribution for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('read-numbers')));
create policy app_insert on indicators_contribution for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('give-numbers')) and ended_at is null);
create policy app_update on indicators_contribution for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('give-numbers')) and ended_at is null) with check (agency_id = (select ctx.agency()) and (select ctx.may('give-numbers')));
grant select on indicators_contribution to ctxo;
create policy ctxo_select on indicators_contribution for select to ctxo using (current_user = 'ctxo');
""",
            """
drop policy ctxo_select on indicators_contribution;
revoke select on indicators_contribution from ctxo;
drop policy app_update on indicators_contribution;
drop policy app_insert on indicators_contribution;
drop policy app_select on indicators_contribution;
revoke select, insert, update (ended_by, ended_at) on indicators_contribution from app;
alter table indicators_contribution no force row level security;
alter table indicators_contribution disable row level security;
""",
        ),
        Protect(
            "beds_request by indicators",
            """
grant select (offering_id, agency_id, shelter_id, asked_at) on beds_request to ctxo;
""",
            """
revoke select (offering_id, agency_id, shelter_id, asked_at) on beds_request from ctxo;
""",
        ),
        Protect(
            "gaps_gap by indicators",
            """
grant select on gaps_gap to ctxo;
create policy ctxo_select on gaps_gap for select to ctxo using (current_user = 'ctxo');
""",
            """
drop policy ctxo_select on gaps_gap;
revoke select on gaps_gap from ctxo;
""",
        ),
        Protect(
            "gaps_cause by indicators",
            """
grant select on gaps_cause to ctxo;
create policy ctxo_select on gaps_cause for select to ctxo using (current_user = 'ctxo');
""",
            """
drop policy ctxo_select on gaps_cause;
revoke select on gaps_cause from ctxo;
""",
        ),
    ]
