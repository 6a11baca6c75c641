import alongside.kernel.ids
import alongside.kernel.rls.models
import django.contrib.postgres.fields
import django.db.models.deletion
from alongside.kernel.rls.operations import Protect
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('evidence', '0001_first_release'),
        ("evidence", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name='Quote',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('holder_id', models.UUIDField()),
                ('passage_id', models.UUIDField(help_text='The coding it was taken from; that may be gone by now.', null=True)),
                ('lived', models.BooleanField(db_default=True, help_text='Whether they speak from their own experience.')),
                ('language', models.CharField(max_length=20)),
                ('state', models.CharField(choices=[('collected', 'To be shown'), ('shown', 'Shown'), ('as_is', 'As they said it'), ('edited', 'In their own new words'), ('paraphrase', 'Told in other words'), ('no', 'They said no'), ('withdrawn', 'Taken back')], db_default='collected', max_length=12)),
                ('terms', alongside.kernel.rls.models.Sealed(help_text='What is being agreed, until it is read back.', null=True)),
                ('collected_by', models.UUIDField()),
                ('collected_at', models.DateTimeField()),
                ('withdrawn_by', models.UUIDField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('participant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.participant')),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.source')),
                ('study', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.study')),
                ('theme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.code')),
            ],
            options={
                'ordering': ['collected_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='QuoteConsent',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('holder_id', models.UUIDField()),
                ('yes', models.BooleanField()),
                ('attribution', models.CharField(blank=True, choices=[('nothing', 'Nothing'), ('lived', '“A person with lived experience”'), ('role', 'A role'), ('role_region', 'A role and a region'), ('name', 'A name they choose')], db_default='', max_length=12)),
                ('names', alongside.kernel.rls.models.Sealed(help_text='The role or the chosen name, in each language.', null=True)),
                ('region', models.CharField(blank=True, db_default='', max_length=20)),
                ('audiences', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('table', 'Agencies at the table'), ('funder', 'A funder'), ('public', 'Anybody: the brief is public')], max_length=10), blank=True, db_default=[], size=None)),
                ('may_translate', models.BooleanField(db_default=False)),
                ('until', models.DateField(null=True)),
                ('heard_by', models.UUIDField()),
                ('heard_at', models.DateTimeField()),
                ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.quote')),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='quote',
            name='consent',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.quoteconsent'),
        ),
        migrations.CreateModel(
            name='QuoteReview',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('holder_id', models.UUIDField()),
                ('digest', models.BinaryField(help_text='The keyed hash of the words that were seen.', max_length=32)),
                ('way', models.CharField(choices=[('paper', 'On paper'), ('screen', 'On a screen, together'), ('aloud', 'Read aloud to them'), ('telephone', 'Read out on the telephone')], max_length=12)),
                ('shown_by_role', models.CharField(choices=[('me', 'I did'), ('interviewer', 'Whoever spoke with them then'), ('trusted', 'A worker they trust')], max_length=12)),
                ('shown_by', models.UUIDField(help_text='Who wrote it down.')),
                ('shown_at', models.DateTimeField()),
                ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.quote')),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='quoteconsent',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.quotereview'),
        ),
        migrations.CreateModel(
            name='QuoteWording',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('holder_id', models.UUIDField()),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('as_is', 'As they were said'), ('edited', 'As they would rather put it'), ('paraphrase', 'Told in other words, not theirs')], max_length=12)),
                ('words', alongside.kernel.rls.models.Sealed(null=True)),
                ('digest', models.BinaryField(help_text='A keyed hash of the words.', max_length=32)),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.quote')),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuoteTranslation',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('holder_id', models.UUIDField()),
                ('language', models.CharField(max_length=20)),
                ('words', alongside.kernel.rls.models.Sealed(null=True)),
                ('translator', models.CharField(choices=[('us', 'Somebody here'), ('speaker', 'The speaker'), ('certified', 'A certified translator'), ('community', 'Somebody from their community')], db_default='us', max_length=12)),
                ('translated_by', models.UUIDField()),
                ('translated_at', models.DateTimeField()),
                ('checked_by', models.UUIDField(null=True)),
                ('checked_at', models.DateTimeField(null=True)),
                ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.quote')),
                ('wording', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.quotewording')),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='quotereview',
            name='wording',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.quotewording'),
        ),
        migrations.CreateModel(
            name='QuoteCheck',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('holder_id', models.UUIDField()),
                ('answer', models.CharField(choices=[('no', 'No, I don’t think so'), ('could', 'They could, or I am not sure')], max_length=10)),
                ('traces', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('dates', 'A date, a season, how long ago'), ('places', 'A place, a building, a road'), ('roles', 'Who somebody is: a job, a family, an age'), ('idioms', 'A turn of phrase that is theirs'), ('events', 'Something that happened only once'), ('small', 'So few people that one of them is easy to guess')], max_length=10), blank=True, db_default=[], size=None)),
                ('reasons', alongside.kernel.rls.models.Sealed(null=True)),
                ('their_choice', models.BooleanField(db_default=False, help_text='They know that somebody could, and want it printed all the same.')),
                ('checked_by', models.UUIDField()),
                ('checked_at', models.DateTimeField()),
                ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.quote')),
                ('wording', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.quotewording')),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='quote',
            name='wording',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='quotes.quotewording'),
        ),
        migrations.AddConstraint(
            model_name='quoteconsent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('audiences', []), ('until', None), ('yes', False)), models.Q(('audiences__len__gt', 0), ('until__isnull', False), ('yes', True)), _connector='OR'), name='quotes_a_yes_is_for_somebody_until_a_day'),
        ),
        migrations.AddConstraint(
            model_name='quotewording',
            constraint=models.UniqueConstraint(fields=('agency_id', 'quote', 'number'), name='quotes_wordings_follow_each_other'),
        ),
        migrations.AddConstraint(
            model_name='quotetranslation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_at', None), ('checked_by', None)), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False), models.Q(('checked_by', models.F('translated_by')), _negated=True)), _connector='OR'), name='quotes_a_second_person_checks'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(fields=['study', 'state'], name='quotes_of_study'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('consent__isnull', False), ('state__in', ('as_is', 'edited', 'paraphrase')), ('wording__isnull', False)), models.Q(models.Q(('state__in', ('as_is', 'edited', 'paraphrase')), _negated=True), ('consent', None)), _connector='OR'), name='quotes_agreed_has_an_agreement'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('withdrawn_at', None), ('withdrawn_by', None)), _connector='OR'), name='quotes_taken_back_by_somebody'),
        ),
        Protect(
            "functions",
            """
create function quotes_keep() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if new.state in ('as_is', 'edited', 'paraphrase') and not exists (
            select 1 from public.quotes_quoteconsent c
            join public.quotes_quotereview s on s.id = c.review_id
            join public.quotes_quotewording w on w.id = s.wording_id
            where c.id = new.consent_id and c.quote_id = new.id and c.yes and s.quote_id = new.id
                and w.id = new.wording_id and w.digest = s.digest and w.kind = new.state) then
        raise insufficient_privilege using message = 'these are not the words the speaker saw and agreed to';
    end if;
    return new;
end $$;
revoke all on function quotes_keep() from public;
grant execute on function quotes_keep() to app;
create trigger keep_quote before update on quotes_quote for each row execute function quotes_keep();
""",
            """
drop trigger keep_quote on quotes_quote;
drop function quotes_keep;
""",
        ),
        Protect(
            "quotes_quote",
            """
alter table quotes_quote enable row level security;
alter table quotes_quote force row level security;
grant select, insert, update (theme_id, state, wording_id, consent_id, terms, withdrawn_by, withdrawn_at) on quotes_quote to app;
create policy app_select on quotes_quote for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create policy app_insert on quotes_quote for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and collected_by = (select ctx.worker()) and study_id in (select s.id from evidence_study s));
create policy app_update on quotes_quote for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence'))) with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and coalesce(withdrawn_by, (select ctx.worker())) = (select ctx.worker()));
create trigger moves before update on quotes_quote for each row when (new.state <> old.state and (old.state || '>' || new.state) <> all (array['collected>shown', 'collected>withdrawn', 'shown>as_is', 'shown>collected', 'shown>edited', 'shown>no', 'shown>paraphrase', 'shown>withdrawn', 'as_is>collected', 'as_is>shown', 'as_is>withdrawn', 'edited>collected', 'edited>shown', 'edited>withdrawn', 'paraphrase>collected', 'paraphrase>shown', 'paraphrase>withdrawn']::text[])) execute function ctx.refuse('it cannot go there from where it stands');
create trigger moves_begin before insert on quotes_quote for each row when (new.state not in ('collected')) execute function ctx.refuse('it does not begin there');
create trigger stays_taken_back before update on quotes_quote for each row when ((old.state in ('no', 'withdrawn')) and (new.wording_id, new.consent_id) is distinct from (old.wording_id, old.consent_id)) execute function ctx.refuse('what was taken back stays taken back');
create trigger shown_again before update on quotes_quote for each row when ((new.state <> 'collected') and (new.wording_id) is distinct from (old.wording_id)) execute function ctx.refuse('new words are shown again');
""",
            """
drop trigger shown_again on quotes_quote;
drop trigger stays_taken_back on quotes_quote;
drop trigger moves_begin on quotes_quote;
drop trigger moves on quotes_quote;
drop policy app_update on quotes_quote;
drop policy app_insert on quotes_quote;
drop policy app_select on quotes_quote;
revoke select, insert, update (theme_id, state, wording_id, consent_id, terms, withdrawn_by, withdrawn_at) on quotes_quote from app;
alter table quotes_quote no force row level security;
alter table quotes_quote disable row level security;
""",
        ),
        Protect(
            "quotes_quotecheck",
            """
alter table quotes_quotecheck enable row level security;
alter table quotes_quotecheck force row level security;
grant select, insert, update (reasons) on quotes_quotecheck to app;
create policy app_select on quotes_quotecheck for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create policy app_insert on quotes_quotecheck for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and checked_by = (select ctx.worker()) and (quote_id, holder_id) in (select q.id, q.holder_id from quotes_quote q) and (quote_id, wording_id) in (select w.quote_id, w.id from quotes_quotewording w));
create policy app_update on quotes_quotecheck for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence'))) with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create trigger only_destroyed before update on quotes_quotecheck for each row when ((new.reasons is not null) and (new.reasons) is distinct from (old.reasons)) execute function ctx.refuse('words are destroyed or stay as they were');
""",
            """
drop trigger only_destroyed on quotes_quotecheck;
drop policy app_update on quotes_quotecheck;
drop policy app_insert on quotes_quotecheck;
drop policy app_select on quotes_quotecheck;
revoke select, insert, update (reasons) on quotes_quotecheck from app;
alter table quotes_quotecheck no force row level security;
alter table quotes_quotecheck disable row level security;
""",
        ),
        Protect(
            "quotes_quotereview",
            """
alter table quotes_quotereview enable row level security;
alter table quotes_quotereview force row level security;
grant select, insert on quotes_quotereview to app;
create policy app_select on quotes_quotereview for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create policy app_insert on quotes_quotereview for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and shown_by = (select ctx.worker()) and (quote_id, holder_id) in (select q.id, q.holder_id from quotes_quote q) and (quote_id, wording_id, digest) in (select q.id, w.id, w.digest from quotes_quote q join quotes_quotewording w on w.id = q.wording_id));
""",
            """
drop policy app_insert on quotes_quotereview;
drop policy app_select on quotes_quotereview;
revoke select, insert on quotes_quotereview from app;
alter table quotes_quotereview no force row level security;
alter table quotes_quotereview disable row level security;
""",
        ),
        Protect(
            "quotes_quoteconsent",
            """
alter table quotes_quoteconsent enable row level security;
alter table quotes_quoteconsent force row level security;
grant select, insert, update (names) on quotes_quoteconsent to app;
create policy app_select on quotes_quoteconsent for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create policy app_insert on quotes_quoteconsent for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and heard_by = (select ctx.worker()) and (quote_id, holder_id) in (select q.id, q.holder_id from quotes_quote q) and (quote_id, review_id) in (select s.quote_id, s.id from quotes_quotereview s));
create policy app_update on quotes_quoteconsent for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence'))) with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create trigger only_destroyed before update on quotes_quoteconsent for each row when ((new.names is not null) and (new.names) is distinct from (old.names)) execute function ctx.refuse('words are destroyed or stay as they were');
""",
            """
drop trigger only_destroyed on quotes_quoteconsent;
drop policy app_update on quotes_quoteconsent;
drop policy app_insert on quotes_quoteconsent;
drop policy app_select on quotes_quoteconsent;
revoke select, insert, update (names) on quotes_quoteconsent from app;
alter table quotes_quoteconsent no force row level security;
alter table quotes_quoteconsent disable row level security;
""",
        ),
        Protect(
            "quotes_quotewording",
            """
alter table quotes_quotewording enable row level security;
alter table quotes_quotewording force row level security;
grant select, insert, update (words) on quotes_quotewording to app;
create policy app_select on quotes_quotewording for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create policy app_insert on quotes_quotewording for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and written_by = (select ctx.worker()) and (quote_id, holder_id) in (select q.id, q.holder_id from quotes_quote q));
create policy app_update on quotes_quotewording for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence'))) with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create trigger only_destroyed before update on quotes_quotewording for each row when ((new.words is not null) and (new.words) is distinct from (old.words)) execute function ctx.refuse('words are destroyed or stay as they were');
""",
            """
drop trigger only_destroyed on quotes_quotewording;
drop policy app_update on quotes_quotewording;
drop policy app_insert on quotes_quotewording;
drop policy app_select on quotes_quotewording;
revoke select, insert, update (words) on quotes_quotewording from app;
alter table quotes_quotewording no force row level security;
alter table quotes_quotewording disable row level security;
""",
        ),
        Protect(
            "quotes_quotetranslation",
            """
alter table quotes_quotetranslation enable row level security;
alter table quotes_quotetranslation force row level security;
grant select, insert, update (words, checked_by, checked_at) on quotes_quotetranslation to app;
create policy app_select on quotes_quotetranslation for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create policy app_insert on quotes_quotetranslation for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and translated_by = (select ctx.worker()) and checked_by is null and (quote_id, holder_id) in (select q.id, q.holder_id from quotes_quote q) and (quote_id, wording_id) in (select w.quote_id, w.id from quotes_quotewording w));
create policy app_update on quotes_quotetranslation for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence'))) with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and (checked_by = (select ctx.worker()) or words is null));
create trigger only_destroyed before update on quotes_quotetranslation for each row when ((new.words is not null) and (new.words) is distinct from (old.words)) execute function ctx.refuse('words are destroyed or stay as they were');
""",
            """
drop trigger only_destroyed on quotes_quotetranslation;
drop policy app_update on quotes_quotetranslation;
drop policy app_insert on quotes_quotetranslation;
drop policy app_select on quotes_quotetranslation;
revoke select, insert, update (words, checked_by, checked_at) on quotes_quotetranslation from app;
alter table quotes_quotetranslation no force row level security;
alter table quotes_quotetranslation disable row level security;
""",
        ),
    ]
