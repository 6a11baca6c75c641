import alongside.kernel.ids
import alongside.kernel.rls.models
import django.contrib.postgres.fields
import django.db.models.deletion
from alongside.kernel.rls.operations import Protect
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("referrals", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name='Count',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('number', models.PositiveIntegerField(db_default=0, help_text='Given by the database.')),
                ('actual', models.PositiveIntegerField(help_text='Beds or rooms that can be slept in.')),
                ('unavailable', models.PositiveIntegerField(db_default=0, help_text='Funded, and not to be slept in just now.')),
                ('occupied', models.PositiveIntegerField()),
                ('reason', models.CharField(choices=[('opening', 'First count'), ('shift', 'Counted at the change of shift'), ('arrival', 'Somebody arrived'), ('departure', 'Somebody left'), ('miscount', 'It was counted wrong'), ('repair', 'Repairs, cleaning or bedbugs'), ('staffing', 'Not enough staff'), ('opened', 'More beds were opened'), ('closed', 'Beds were closed')], max_length=20)),
                ('request_id', models.UUIDField(null=True)),
                ('counted_by', models.UUIDField()),
                ('counted_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('shelter_id', models.UUIDField()),
                ('agency_id', models.UUIDField(help_text='The agency it is held for.')),
                ('token', models.CharField(help_text='What may be said at the door instead of a name.', max_length=12)),
                ('slot', models.PositiveSmallIntegerField(db_default=0, help_text='Given by the database.')),
                ('asker', models.UUIDField(help_text='The worker it is held for; three at a time.')),
                ('asker_slot', models.PositiveSmallIntegerField(help_text='Given by the database.', null=True)),
                ('held_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('extended_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Offering',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('name', models.CharField(max_length=200)),
                ('name_fr', models.CharField(blank=True, db_default='', max_length=200)),
                ('face', models.CharField(blank=True, db_default='', help_text='What it is called outside, where its name would give somebody away.', max_length=100)),
                ('face_fr', models.CharField(blank=True, db_default='', max_length=100)),
                ('stay', models.CharField(choices=[('tonight', 'Tonight'), ('months', 'Some months'), ('home', 'A home')], db_default='tonight', max_length=10)),
                ('unit', models.CharField(choices=[('bed', 'Beds'), ('room', 'Rooms')], db_default='bed', max_length=5)),
                ('region', models.CharField(max_length=20)),
                ('genders', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, db_default=[], help_text='Empty: everybody.', size=None)),
                ('minimum_age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('maximum_age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('households', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, db_default=[], help_text='Empty: nothing said.', size=None)),
                ('room_types', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, db_default=[], size=None)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, db_default=[], size=None)),
                ('exceptions_contact', models.CharField(blank=True, db_default='', help_text='Whom to call about an exception: a role, never a name.', max_length=100)),
                ('exceptions_phone', models.CharField(blank=True, db_default='', max_length=40)),
                ('urgent_phone', models.CharField(blank=True, db_default='', help_text='What to call when nobody answers.', max_length=40)),
                ('holds_at_once', models.BooleanField(db_default=False)),
                ('hold_hours', models.PositiveSmallIntegerField(db_default=4)),
                ('think_hours', models.PositiveSmallIntegerField(db_default=72)),
                ('months_least', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('months_most', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('monthly_cost', models.PositiveIntegerField(blank=True, help_text='Dollars a month.', null=True)),
                ('deposit', models.PositiveIntegerField(blank=True, help_text='Dollars before moving in.', null=True)),
                ('covers', models.JSONField(blank=True, db_default={}, help_text='What an income or benefit pays a month, as its keeper knows it.')),
                ('verified_on', models.DateField(blank=True, null=True)),
                ('stops', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, db_default=[], help_text='Kept by a trigger from the rules.', size=None)),
                ('talks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, db_default=[], help_text='Kept by a trigger from the rules.', size=None)),
                ('clears', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, db_default=[], help_text='Kept by a trigger from the rules.', size=None)),
                ('kept_by', models.UUIDField()),
                ('kept_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='OutOfTurn',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('reason', models.CharField(choices=[('not-a-fit', 'Those before do not fit this place'), ('asked-later', 'Those before asked to wait'), ('not-reached', 'Those before can’t be reached'), ('suited', 'This place has what they need, and the others need it less')], max_length=20)),
                ('offered_by', models.UUIDField()),
                ('offered_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Pathway',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('handle', models.CharField(max_length=60)),
                ('begun_by', models.UUIDField()),
                ('begun_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PathwayFile',
            fields=[
                ('pk', models.CompositePrimaryKey('file_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('file_id', models.UUIDField()),
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False)),
                ('agency_id', models.UUIDField()),
                ('blocked_principals', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, db_default=[], size=None)),
                ('pathway_id', models.UUIDField()),
                ('linked_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('gender', models.CharField(blank=True, db_default='', max_length=20)),
                ('household', models.CharField(blank=True, db_default='', max_length=20)),
                ('children', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, db_default=[], help_text='Their ages.', size=None)),
                ('circumstances', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, db_default=[], size=None)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, db_default=[], size=None)),
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('shelter_id', models.UUIDField()),
                ('agency_id', models.UUIDField()),
                ('handle', models.CharField(max_length=60)),
                ('keep_apart', alongside.kernel.rls.models.Sealed(help_text='Names they chose to have looked for in the house; gone with the answer.', null=True)),
                ('state', models.CharField(choices=[('drafted', 'Not yet asked'), ('asked', 'Asked, not yet answered'), ('soft-hold', 'A bed is held'), ('offered', 'Being talked over with them'), ('accepted', 'They said yes'), ('en-route', 'On the way'), ('arrived', 'Arrived'), ('no-show', 'Not this time'), ('released', 'Let go'), ('declined', 'They chose otherwise'), ('not-offered', 'Not offered')], db_default='drafted', max_length=15)),
                ('asked_by', models.UUIDField()),
                ('drafted_at', models.DateTimeField()),
                ('asked_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, choices=[('full', 'No space'), ('not-a-fit', 'Not a fit')], db_default='', max_length=15)),
                ('moved_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Rule',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('barrier', models.CharField(max_length=40)),
                ('stands', models.BooleanField(help_text='Whether it stands in the way.')),
                ('negotiable', models.BooleanField(db_default=False)),
                ('decided_by', models.CharField(blank=True, db_default='', max_length=20)),
                ('words', models.CharField(blank=True, db_default='', max_length=200)),
                ('words_fr', models.CharField(blank=True, db_default='', max_length=200)),
                ('verified_on', models.DateField()),
            ],
            options={
                'ordering': ['barrier'],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('stay', models.CharField(choices=[('tonight', 'Tonight'), ('months', 'Some months'), ('home', 'A home')], max_length=10)),
                ('taken_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(null=True)),
                ('counted', models.BooleanField(db_default=False, help_text='Whether what was missing here was counted as a gap.')),
            ],
            options={
                'ordering': ['taken_at'],
            },
        ),
        migrations.CreateModel(
            name='Waiting',
            fields=[
                ('age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('gender', models.CharField(blank=True, db_default='', max_length=20)),
                ('household', models.CharField(blank=True, db_default='', max_length=20)),
                ('children', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, db_default=[], help_text='Their ages.', size=None)),
                ('circumstances', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, db_default=[], size=None)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, db_default=[], size=None)),
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('shelter_id', models.UUIDField()),
                ('agency_id', models.UUIDField()),
                ('handle', models.CharField(max_length=60)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('offered', 'A place is offered'), ('accepted', 'They said yes'), ('moved-in', 'Moved in'), ('declined', 'They chose otherwise'), ('left', 'No longer waiting'), ('not-offered', 'Not offered')], db_default='waiting', max_length=15)),
                ('joined_by', models.UUIDField()),
                ('joined_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, choices=[('full', 'No space'), ('not-a-fit', 'Not a fit')], db_default='', max_length=15)),
                ('moved_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Whereabouts',
            fields=[
                ('offering', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='beds.offering')),
                ('agency_id', models.UUIDField()),
                ('words', alongside.kernel.rls.models.Sealed(null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name='offering',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['stay', 'region'], name='beds_offering_found'),
        ),
        migrations.AddIndex(
            model_name='offering',
            index=models.Index(fields=['agency_id'], name='beds_offering_of'),
        ),
        migrations.AddConstraint(
            model_name='offering',
            constraint=models.CheckConstraint(condition=models.Q(('hold_hours__gte', 2), ('hold_hours__lte', 12)), name='beds_held_two_to_twelve_hours'),
        ),
        migrations.AddConstraint(
            model_name='offering',
            constraint=models.CheckConstraint(condition=models.Q(('think_hours__gte', 24), ('think_hours__lte', 336)), name='beds_a_day_to_two_weeks_to_think'),
        ),
        migrations.AddField(
            model_name='hold',
            name='offering',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='beds.offering'),
        ),
        migrations.AddField(
            model_name='count',
            name='offering',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='beds.offering'),
        ),
        migrations.AddConstraint(
            model_name='pathwayfile',
            constraint=models.UniqueConstraint(fields=('file_id', 'pathway_id'), name='beds_pathway_file_once'),
        ),
        migrations.AddField(
            model_name='request',
            name='offering',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='beds.offering'),
        ),
        migrations.AddField(
            model_name='hold',
            name='request',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='beds.request'),
        ),
        migrations.AddField(
            model_name='rule',
            name='offering',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='beds.offering'),
        ),
        migrations.AddField(
            model_name='step',
            name='pathway',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='beds.pathway'),
        ),
        migrations.AddField(
            model_name='step',
            name='request',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='beds.request'),
        ),
        migrations.AddField(
            model_name='waiting',
            name='offering',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='beds.offering'),
        ),
        migrations.AddField(
            model_name='step',
            name='waiting',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='beds.waiting'),
        ),
        migrations.AddField(
            model_name='outofturn',
            name='waiting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='beds.waiting'),
        ),
        migrations.AddField(
            model_name='hold',
            name='waiting',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='beds.waiting'),
        ),
        migrations.AddIndex(
            model_name='count',
            index=models.Index(fields=['offering', '-counted_at', '-number'], name='beds_count_at'),
        ),
        migrations.AddConstraint(
            model_name='count',
            constraint=models.UniqueConstraint(fields=('agency_id', 'offering', 'number'), name='beds_counts_follow_each_other'),
        ),
        migrations.AddConstraint(
            model_name='count',
            constraint=models.CheckConstraint(condition=models.Q(('occupied__lte', models.F('actual'))), name='beds_occupied_within_actual'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['shelter_id', 'state'], name='beds_asked_of'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['agency_id', 'state'], name='beds_asked_by'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['offering'], name='beds_asked_for'),
        ),
        migrations.AddConstraint(
            model_name='rule',
            constraint=models.UniqueConstraint(fields=('agency_id', 'offering', 'barrier'), name='beds_one_rule_a_barrier'),
        ),
        migrations.AddConstraint(
            model_name='rule',
            constraint=models.CheckConstraint(condition=models.Q(('stands', True), ('negotiable', False), _connector='OR'), name='beds_only_a_barrier_is_negotiable'),
        ),
        migrations.AddIndex(
            model_name='waiting',
            index=models.Index(fields=['offering', 'joined_at', 'id'], name='beds_line'),
        ),
        migrations.AddIndex(
            model_name='waiting',
            index=models.Index(fields=['agency_id', 'state'], name='beds_waits_for'),
        ),
        migrations.AddIndex(
            model_name='waiting',
            index=models.Index(fields=['shelter_id', 'state'], name='beds_waits_at'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('request__isnull', True), ('waiting__isnull', False)), models.Q(('request__isnull', False), ('waiting__isnull', True)), _connector='OR'), name='beds_held_for_one'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), models.Q(('ended_at__gte', models.F('held_at')), ('ended_at__lte', models.F('until'))), _connector='OR'), name='beds_hold_ends_within'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('held_at'))), name='beds_hold_has_an_end'),
        ),
        Protect(
            "functions",
            """
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
""",
            """
drop function ctx.sweep_names;
drop trigger right_house on beds_request;
drop function beds_right_house;
drop trigger right_list on beds_waiting;
drop function beds_right_list;
drop trigger keep_hold on beds_hold;
drop trigger place_hold on beds_hold;
drop trigger follow_count on beds_count;
drop function ctx.bed_line;
drop function ctx.bed_outlook;
drop function ctx.keep_hold;
drop function ctx.place_hold;
drop function ctx.follow_count;
alter table beds_hold drop constraint beds_asker_has_three_slots;
alter table beds_hold drop constraint beds_three_held_a_worker;
alter table beds_hold drop constraint beds_a_bed_is_held_once;
drop index beds_hold_live;
drop trigger gather_rules on beds_rule;
drop function beds_gather_rules;
""",
        ),
        Protect(
            "beds_count",
            """
alter table beds_count enable row level security;
alter table beds_count force row level security;
grant select, insert on beds_count to app;
create policy app_select on beds_count for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-programmes')));
create policy app_insert on beds_count for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-programmes')));
grant select on beds_count to ctxo;
create policy ctxo_select on beds_count for select to ctxo using (current_user = 'ctxo');
""",
            """
drop policy ctxo_select on beds_count;
revoke select on beds_count from ctxo;
drop policy app_insert on beds_count;
drop policy app_select on beds_count;
revoke select, insert on beds_count from app;
alter table beds_count no force row level security;
alter table beds_count disable row level security;
""",
        ),
        Protect(
            "beds_offering",
            """
alter table beds_offering enable row level security;
alter table beds_offering force row level security;
grant select, insert, update on beds_offering to app;
create policy app_select on beds_offering for select to app using ((select ctx.may('look-for-beds')));
create policy app_insert on beds_offering for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-programmes')));
create policy app_update on beds_offering for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-programmes'))) with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-programmes')));
grant select, update on beds_offering to ctxo;
create policy ctxo_select on beds_offering for select to ctxo using (current_user = 'ctxo');
create policy ctxo_update on beds_offering for update to ctxo using (current_user = 'ctxo') with check (current_user = 'ctxo');
""",
            """
drop policy ctxo_update on beds_offering;
drop policy ctxo_select on beds_offering;
revoke select, update on beds_offering from ctxo;
drop policy app_update on beds_offering;
drop policy app_insert on beds_offering;
drop policy app_select on beds_offering;
revoke select, insert, update on beds_offering from app;
alter table beds_offering no force row level security;
alter table beds_offering disable row level security;
""",
        ),
        Protect(
            "beds_whereabouts",
            """
alter table beds_whereabouts enable row level security;
alter table beds_whereabouts force row level security;
grant select, insert, update on beds_whereabouts to app;
create policy app_select on beds_whereabouts for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-programmes')));
create policy app_insert on beds_whereabouts for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-programmes')));
create policy app_update on beds_whereabouts for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-programmes'))) with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-programmes')));
""",
            """
drop policy app_update on beds_whereabouts;
drop policy app_insert on beds_whereabouts;
drop policy app_select on beds_whereabouts;
revoke select, insert, update on beds_whereabouts from app;
alter table beds_whereabouts no force row level security;
alter table beds_whereabouts disable row level security;
""",
        ),
        Protect(
            "beds_rule",
            """
alter table beds_rule enable row level security;
alter table beds_rule force row level security;
grant select, insert, update, delete on beds_rule to app;
create policy app_select on beds_rule for select to app using ((select ctx.may('look-for-beds')));
create policy app_insert on beds_rule for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-programmes')));
create policy app_update on beds_rule for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-programmes'))) with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-programmes')));
create policy app_delete on beds_rule for delete to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-programmes')));
""",
            """
drop policy app_delete on beds_rule;
drop policy app_update on beds_rule;
drop policy app_insert on beds_rule;
drop policy app_select on beds_rule;
revoke select, insert, update, delete on beds_rule from app;
alter table beds_rule no force row level security;
alter table beds_rule disable row level security;
""",
        ),
        Protect(
            "beds_pathway",
            """
alter table beds_pathway enable row level security;
alter table beds_pathway force row level security;
grant select, insert, update on beds_pathway to app;
create policy app_select on beds_pathway for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')));
create policy app_update on beds_pathway for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files'))) with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')));
create policy app_insert on beds_pathway for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')));
""",
            """
drop policy app_insert on beds_pathway;
drop policy app_update on beds_pathway;
drop policy app_select on beds_pathway;
revoke select, insert, update on beds_pathway from app;
alter table beds_pathway no force row level security;
alter table beds_pathway disable row level security;
""",
        ),
        Protect(
            "beds_step",
            """
alter table beds_step enable row level security;
alter table beds_step force row level security;
grant select, insert, update on beds_step to app;
create policy app_select on beds_step for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')));
create policy app_update on beds_step for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files'))) with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')));
create policy app_insert on beds_step for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')));
""",
            """
drop policy app_insert on beds_step;
drop policy app_update on beds_step;
drop policy app_select on beds_step;
revoke select, insert, update on beds_step from app;
alter table beds_step no force row level security;
alter table beds_step disable row level security;
""",
        ),
        Protect(
            "beds_pathwayfile",
            """
alter table beds_pathwayfile enable row level security;
alter table beds_pathwayfile force row level security;
grant select, insert on beds_pathwayfile to app;
create policy custody_select on beds_pathwayfile for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = beds_pathwayfile.file_id));
create policy custody_insert on beds_pathwayfile for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and not (blocked_principals && (select ctx.principals())) and exists (select 1 from files_file f where f.id = beds_pathwayfile.file_id));
alter table beds_pathwayfile add constraint beds_pathwayfile_file foreign key (file_id) references files_file (id) deferrable initially deferred;
""",
            """
alter table beds_pathwayfile drop constraint beds_pathwayfile_file;
drop policy custody_insert on beds_pathwayfile;
drop policy custody_select on beds_pathwayfile;
revoke select, insert on beds_pathwayfile from app;
alter table beds_pathwayfile no force row level security;
alter table beds_pathwayfile disable row level security;
""",
        ),
        Protect(
            "beds_request",
            """
alter table beds_request enable row level security;
alter table beds_request force row level security;
grant select, insert, update on beds_request to app;
create policy app_select on beds_request for select to app using ((agency_id = (select ctx.agency()) and (select ctx.may('keep-files'))) or (state <> 'drafted' and shelter_id = (select ctx.agency()) and (select ctx.may('answer-for-beds'))));
create policy app_update on beds_request for update to app using ((agency_id = (select ctx.agency()) and (select ctx.may('keep-files'))) or (state <> 'drafted' and shelter_id = (select ctx.agency()) and (select ctx.may('answer-for-beds')))) with check ((agency_id = (select ctx.agency()) and (select ctx.may('keep-files'))) or (state <> 'drafted' and shelter_id = (select ctx.agency()) and (select ctx.may('answer-for-beds'))));
create policy app_insert on beds_request for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')));
grant select (id, keep_apart, moved_at), update (keep_apart) on beds_request to ctxo;
create policy ctxo_select on beds_request for select to ctxo using (current_user = 'ctxo');
create policy ctxo_update on beds_request for update to ctxo using (current_user = 'ctxo') with check (current_user = 'ctxo');
create trigger moves before update on beds_request for each row when (new.state <> old.state and (old.state || '>' || new.state) <> all (array['drafted>asked', 'drafted>released', 'drafted>soft-hold', 'asked>not-offered', 'asked>released', 'asked>soft-hold', 'soft-hold>accepted', 'soft-hold>arrived', 'soft-hold>declined', 'soft-hold>en-route', 'soft-hold>not-offered', 'soft-hold>offered', 'soft-hold>released', 'offered>accepted', 'offered>arrived', 'offered>declined', 'offered>en-route', 'offered>not-offered', 'offered>released', 'accepted>arrived', 'accepted>declined', 'accepted>en-route', 'accepted>no-show', 'accepted>not-offered', 'accepted>released', 'en-route>arrived', 'en-route>declined', 'en-route>no-show', 'en-route>not-offered', 'en-route>released', 'no-show>arrived', 'released>arrived']::text[])) execute function ctx.refuse('it cannot go there from where it stands');
create trigger moves_by_shelter before update on beds_request for each row when ((old.agency_id <> ctx.agency()) and new.state <> old.state and (old.state || '>' || new.state) <> all (array['drafted>soft-hold', 'asked>not-offered', 'asked>soft-hold', 'soft-hold>arrived', 'soft-hold>not-offered', 'offered>arrived', 'offered>not-offered', 'accepted>arrived', 'accepted>no-show', 'accepted>not-offered', 'en-route>arrived', 'en-route>no-show', 'en-route>not-offered', 'no-show>arrived', 'released>arrived']::text[])) execute function ctx.refuse('it cannot go there from where it stands');
create trigger moves_by_asker before update on beds_request for each row when ((old.shelter_id <> ctx.agency()) and new.state <> old.state and (old.state || '>' || new.state) <> all (array['drafted>asked', 'drafted>released', 'drafted>soft-hold', 'asked>released', 'asked>soft-hold', 'soft-hold>accepted', 'soft-hold>declined', 'soft-hold>en-route', 'soft-hold>offered', 'soft-hold>released', 'offered>accepted', 'offered>declined', 'offered>en-route', 'offered>released', 'accepted>declined', 'accepted>en-route', 'accepted>released', 'en-route>declined', 'en-route>released']::text[])) execute function ctx.refuse('it cannot go there from where it stands');
create trigger settled before update on beds_request for each row when ((new.id, new.offering_id, new.shelter_id, new.agency_id, new.handle, new.drafted_at) is distinct from (old.id, old.offering_id, old.shelter_id, old.agency_id, old.handle, old.drafted_at)) execute function ctx.refuse('a request is not passed on');
create trigger stays_as_asked before update on beds_request for each row when ((old.state <> 'drafted') and (new.age, new.gender, new.household, new.children, new.circumstances, new.languages, new.asked_by, new.asked_at) is distinct from (old.age, old.gender, old.household, old.children, old.circumstances, old.languages, old.asked_by, old.asked_at)) execute function ctx.refuse('what was asked stays as it was asked');
create trigger shelter_answers before update on beds_request for each row when ((old.shelter_id <> ctx.agency()) and (new.answer) is distinct from (old.answer)) execute function ctx.refuse('the shelter answers');
""",
            """
drop trigger shelter_answers on beds_request;
drop trigger stays_as_asked on beds_request;
drop trigger settled on beds_request;
drop trigger moves_by_asker on beds_request;
drop trigger moves_by_shelter on beds_request;
drop trigger moves on beds_request;
drop policy ctxo_update on beds_request;
drop policy ctxo_select on beds_request;
revoke select (id, keep_apart, moved_at), update (keep_apart) on beds_request from ctxo;
drop policy app_insert on beds_request;
drop policy app_update on beds_request;
drop policy app_select on beds_request;
revoke select, insert, update on beds_request from app;
alter table beds_request no force row level security;
alter table beds_request disable row level security;
""",
        ),
        Protect(
            "beds_hold",
            """
alter table beds_hold enable row level security;
alter table beds_hold force row level security;
grant select, insert, update on beds_hold to app;
create policy app_select on beds_hold for select to app using ((agency_id = (select ctx.agency()) and (select ctx.may('keep-files'))) or (shelter_id = (select ctx.agency()) and (select ctx.may('answer-for-beds'))));
create policy app_update on beds_hold for update to app using ((agency_id = (select ctx.agency()) and (select ctx.may('keep-files'))) or (shelter_id = (select ctx.agency()) and (select ctx.may('answer-for-beds')))) with check ((agency_id = (select ctx.agency()) and (select ctx.may('keep-files'))) or (shelter_id = (select ctx.agency()) and (select ctx.may('answer-for-beds'))));
create policy app_insert on beds_hold for insert to app with check ((shelter_id = (select ctx.agency()) and (select ctx.may('answer-for-beds'))) or (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')) and request_id is not null and exists (select 1 from beds_offering o where o.id = offering_id and o.agency_id = shelter_id and o.holds_at_once)));
grant select on beds_hold to ctxo;
create policy ctxo_select on beds_hold for select to ctxo using (current_user = 'ctxo');
create trigger settled before update on beds_hold for each row when (to_jsonb(new) - '{until,extended_at,ended_at}'::text[] is distinct from to_jsonb(old) - '{until,extended_at,ended_at}'::text[]) execute function ctx.refuse('a hold is only extended once, or ended once');
create trigger stays_ended before update on beds_hold for each row when ((old.ended_at is not null) and to_jsonb(new) is distinct from to_jsonb(old)) execute function ctx.refuse('a hold that ended stays ended');
""",
            """
drop trigger stays_ended on beds_hold;
drop trigger settled on beds_hold;
drop policy ctxo_select on beds_hold;
revoke select on beds_hold from ctxo;
drop policy app_insert on beds_hold;
drop policy app_update on beds_hold;
drop policy app_select on beds_hold;
revoke select, insert, update on beds_hold from app;
alter table beds_hold no force row level security;
alter table beds_hold disable row level security;
""",
        ),
        Protect(
            "beds_waiting",
            """
alter table beds_waiting enable row level security;
alter table beds_waiting force row level security;
grant select, insert, update on beds_waiting to app;
create policy app_select on beds_waiting for select to app using ((agency_id = (select ctx.agency()) and (select ctx.may('keep-files'))) or (shelter_id = (select ctx.agency()) and (select ctx.may('answer-for-beds'))));
create policy app_update on beds_waiting for update to app using ((agency_id = (select ctx.agency()) and (select ctx.may('keep-files'))) or (shelter_id = (select ctx.agency()) and (select ctx.may('answer-for-beds')))) with check ((agency_id = (select ctx.agency()) and (select ctx.may('keep-files'))) or (shelter_id = (select ctx.agency()) and (select ctx.may('answer-for-beds'))));
create policy app_insert on beds_waiting for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('keep-files')));
grant select on beds_waiting to ctxo;
create policy ctxo_select on beds_waiting for select to ctxo using (current_user = 'ctxo');
create trigger moves before update on beds_waiting for each row when (new.state <> old.state and (old.state || '>' || new.state) <> all (array['waiting>left', 'waiting>not-offered', 'waiting>offered', 'offered>accepted', 'offered>declined', 'offered>left', 'offered>waiting', 'accepted>declined', 'accepted>left', 'accepted>moved-in', 'accepted>waiting', 'declined>left', 'declined>waiting']::text[])) execute function ctx.refuse('it cannot go there from where it stands');
create trigger settled before update on beds_waiting for each row when ((new.id, new.offering_id, new.shelter_id, new.agency_id, new.handle, new.joined_at) is distinct from (old.id, old.offering_id, old.shelter_id, old.agency_id, old.handle, old.joined_at)) execute function ctx.refuse('nobody is moved in the line');
""",
            """
drop trigger settled on beds_waiting;
drop trigger moves on beds_waiting;
drop policy ctxo_select on beds_waiting;
revoke select on beds_waiting from ctxo;
drop policy app_insert on beds_waiting;
drop policy app_update on beds_waiting;
drop policy app_select on beds_waiting;
revoke select, insert, update on beds_waiting from app;
alter table beds_waiting no force row level security;
alter table beds_waiting disable row level security;
""",
        ),
        Protect(
            "beds_outofturn",
            """
alter table beds_outofturn enable row level security;
alter table beds_outofturn force row level security;
grant select, insert on beds_outofturn to app;
create policy app_select on beds_outofturn for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('answer-for-beds')));
create policy app_insert on beds_outofturn for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('answer-for-beds')));
""",
            """
drop policy app_insert on beds_outofturn;
drop policy app_select on beds_outofturn;
revoke select, insert on beds_outofturn from app;
alter table beds_outofturn no force row level security;
alter table beds_outofturn disable row level security;
""",
        ),
    ]
