import alongside.kernel.ids
import alongside.kernel.rls.models
import django.db.models.deletion
from alongside.kernel.rls.operations import Protect
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("beds", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('code', models.CharField(max_length=12)),
                ('role', models.CharField(blank=True, db_default='', help_text='In words, as it may stand beside a quote.', max_length=100)),
                ('role_fr', models.CharField(blank=True, db_default='', max_length=100)),
                ('speaks_as', models.CharField(choices=[('provider', 'As somebody who provides a service'), ('lived', 'From their own experience')], max_length=10)),
                ('region', models.CharField(blank=True, db_default='', max_length=20)),
                ('language', models.CharField(blank=True, db_default='', max_length=20)),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Code',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('is_theme', models.BooleanField(db_default=False)),
                ('name', models.CharField(max_length=120)),
                ('definition', models.TextField(blank=True, db_default='')),
                ('include', models.TextField(blank=True, db_default='')),
                ('exclude', models.TextField(blank=True, db_default='')),
                ('example', alongside.kernel.rls.models.Sealed(null=True)),
                ('colour', models.CharField(blank=True, db_default='', help_text='As REFI-QDA writes it, `#6D8B74`; never all there is to tell codes apart.', max_length=7)),
                ('rank', models.PositiveIntegerField(db_default=0)),
                ('codable', models.BooleanField(db_default=True)),
                ('made_by', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('retired_by', models.UUIDField(null=True)),
                ('retired_at', models.DateTimeField(null=True)),
                ('guid', models.UUIDField(help_text='Its id in the codebook it came from (REFI-QDA).', null=True)),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.code')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.code')),
            ],
            options={
                'ordering': ['rank', 'made_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='CodeChange',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('change', models.CharField(choices=[('made', 'Made'), ('rewritten', 'Rewritten'), ('moved', 'Moved'), ('merged', 'Merged'), ('retired', 'Retired'), ('brought_back', 'Brought back')], max_length=15)),
                ('before', models.JSONField(blank=True, db_default={})),
                ('after', models.JSONField(blank=True, db_default={})),
                ('made_by', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('code', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.code')),
            ],
            options={
                'ordering': ['made_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('interview', 'Interview'), ('feedback', 'Feedback')], max_length=10)),
                ('language', models.CharField(blank=True, db_default='', max_length=20)),
                ('collected_on', models.DateField(blank=True, null=True)),
                ('state', models.CharField(choices=[('received', 'Identifying words to see to'), ('ready', 'Ready to code'), ('withdrawn', 'Taken back')], db_default='received', max_length=10)),
                ('raw', alongside.kernel.rls.models.Sealed(help_text='As it came in; destroyed when identifying words are seen to.', null=True)),
                ('waiting', alongside.kernel.rls.models.Sealed(help_text='Codings that came along, until then.', null=True)),
                ('body', alongside.kernel.rls.models.Sealed(help_text='The text that is read and coded.', null=True)),
                ('guid', models.UUIDField(help_text='Its id in the project it came from (REFI-QDA).', null=True)),
                ('brought_in_by', models.UUIDField()),
                ('brought_in_at', models.DateTimeField()),
                ('cleaned_by', models.UUIDField(null=True)),
                ('cleaned_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.UUIDField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('participant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.participant')),
            ],
            options={
                'ordering': ['brought_in_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Coding',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('coded_by', models.UUIDField()),
                ('coded_at', models.DateTimeField()),
                ('guid', models.UUIDField(help_text='Its id in the project it came from (REFI-QDA).', null=True)),
                ('code', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.code')),
                ('source', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.source')),
            ],
            options={
                'ordering': ['start', 'end', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Study',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('version', models.PositiveSmallIntegerField(db_default=1, help_text='The one that stands.')),
                ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], db_default='open', max_length=10)),
                ('opened_by', models.UUIDField()),
                ('opened_at', models.DateTimeField()),
                ('closed_by', models.UUIDField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-opened_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None), ('state', 'open')), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('state', 'closed')), _connector='OR'), name='evidence_study_closed_by_somebody')],
            },
        ),
        migrations.AddField(
            model_name='source',
            name='study',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.study'),
        ),
        migrations.AddField(
            model_name='participant',
            name='study',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.study'),
        ),
        migrations.CreateModel(
            name='Memo',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('words', alongside.kernel.rls.models.Sealed(null=True)),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('guid', models.UUIDField(help_text='Its id in the project it came from (REFI-QDA).', null=True)),
                ('code', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.code')),
                ('coding', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.coding')),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.source')),
                ('study', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.study')),
            ],
            options={
                'ordering': ['written_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Exchange',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('kept', alongside.kernel.rls.models.Sealed(null=True)),
                ('brought_in_by', models.UUIDField()),
                ('brought_in_at', models.DateTimeField()),
                ('study', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.study')),
            ],
            options={
                'ordering': ['-brought_in_at'],
            },
        ),
        migrations.AddField(
            model_name='coding',
            name='study',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.study'),
        ),
        migrations.AddField(
            model_name='code',
            name='study',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.study'),
        ),
        migrations.CreateModel(
            name='StudyVersion',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('number', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('question', models.TextField(blank=True, db_default='')),
                ('method', models.TextField(blank=True, db_default='')),
                ('guide', models.JSONField(blank=True, db_default=[], help_text='The questions of the interview guide, in order.')),
                ('recruited_from', models.DateField(blank=True, null=True)),
                ('recruited_until', models.DateField(blank=True, null=True)),
                ('ethics', models.CharField(blank=True, db_default='', max_length=200)),
                ('note', models.TextField(blank=True, db_default='', help_text='What changed, and why.')),
                ('written_by', models.UUIDField()),
                ('written_at', models.DateTimeField()),
                ('study', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.study')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Identifier',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('name', 'Name'), ('place', 'Place'), ('date', 'Date'), ('phone', 'Telephone number'), ('email', 'E-mail, link or account'), ('address', 'Address'), ('age', 'Age'), ('number', 'Number'), ('rare', 'Rare together'), ('by_hand', 'Marked by hand')], max_length=10)),
                ('decision', models.CharField(blank=True, choices=[('', 'To decide'), ('keep', 'Stays'), ('replace', 'Replaced')], db_default='', max_length=10)),
                ('replacement', alongside.kernel.rls.models.Sealed(null=True)),
                ('resolved_by', models.UUIDField(null=True)),
                ('resolved_at', models.DateTimeField(null=True)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.source')),
            ],
            options={
                'ordering': ['start', 'end'],
                'constraints': [models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='evidence_identifier_holds_something')],
            },
        ),
        migrations.CreateModel(
            name='BlindCoding',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('coder', models.UUIDField()),
                ('blind', models.BooleanField(db_default=True)),
                ('begun_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.source')),
            ],
            options={
                'ordering': ['begun_at'],
                'constraints': [models.UniqueConstraint(fields=('agency_id', 'source', 'coder'), name='evidence_one_blind_coding_a_coder')],
            },
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('body', None), ('cleaned_at', None), ('raw__isnull', False), ('state', 'received')), models.Q(('body__isnull', False), ('cleaned_at__isnull', False), ('cleaned_by__isnull', False), ('raw', None), ('state', 'ready'), ('waiting', None)), models.Q(('body', None), ('raw', None), ('state', 'withdrawn'), ('waiting', None), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='evidence_source_is_raw_or_clean_or_gone'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('agency_id', 'study', 'code'), name='evidence_one_code_a_participant'),
        ),
        migrations.AddConstraint(
            model_name='memo',
            constraint=models.CheckConstraint(condition=models.Q(('coding', None), ('source__isnull', False), _connector='OR'), name='evidence_memo_on_a_coding_names_its_source'),
        ),
        migrations.AddIndex(
            model_name='coding',
            index=models.Index(fields=['source', 'start'], name='evidence_coding_in'),
        ),
        migrations.AddIndex(
            model_name='coding',
            index=models.Index(fields=['code', 'source'], name='evidence_coding_under'),
        ),
        migrations.AddIndex(
            model_name='coding',
            index=models.Index(fields=['study'], name='evidence_coding_of'),
        ),
        migrations.AddConstraint(
            model_name='coding',
            constraint=models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='evidence_coding_holds_something'),
        ),
        migrations.AddConstraint(
            model_name='studyversion',
            constraint=models.UniqueConstraint(fields=('agency_id', 'study', 'number'), name='evidence_versions_follow_each_other'),
        ),
        Protect(
            "functions",
            """
create function evidence_keep_source() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if old.state = 'received' and new.state = 'ready' and exists (
            select 1 from public.evidence_identifier m where m.source_id = new.id and m.decision = '') then
        raise check_violation using constraint = 'evidence_every_identifier_decided', message = 'an identifier waits for a decision';
    end if;
    return new;
end $$;
revoke all on function evidence_keep_source() from public;
grant execute on function evidence_keep_source() to app;
create trigger keep_source before update on evidence_source for each row execute function evidence_keep_source();
""",
            """
drop trigger keep_source on evidence_source;
drop function evidence_keep_source;
""",
        ),
        Protect(
            "evidence_code",
            """
alter table evidence_code enable row level security;
alter table evidence_code force row level security;
grant select, insert, update (parent_id, is_theme, name, definition, include, exclude, example, colour, rank, codable, merged_into_id, retired_by, retired_at) on evidence_code to app;
create policy app_select on evidence_code for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create policy app_insert on evidence_code for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and made_by = (select ctx.worker()) and study_id in (select s.id from evidence_study s));
create policy app_update on evidence_code for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence'))) with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
""",
            """
drop policy app_update on evidence_code;
drop policy app_insert on evidence_code;
drop policy app_select on evidence_code;
revoke select, insert, update (parent_id, is_theme, name, definition, include, exclude, example, colour, rank, codable, merged_into_id, retired_by, retired_at) on evidence_code from app;
alter table evidence_code no force row level security;
alter table evidence_code disable row level security;
""",
        ),
        Protect(
            "evidence_codechange",
            """
alter table evidence_codechange enable row level security;
alter table evidence_codechange force row level security;
grant select, insert on evidence_codechange to app;
create policy app_select on evidence_codechange for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create policy app_insert on evidence_codechange for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and made_by = (select ctx.worker()) and code_id in (select c.id from evidence_code c));
""",
            """
drop policy app_insert on evidence_codechange;
drop policy app_select on evidence_codechange;
revoke select, insert on evidence_codechange from app;
alter table evidence_codechange no force row level security;
alter table evidence_codechange disable row level security;
""",
        ),
        Protect(
            "evidence_coding",
            """
alter table evidence_coding enable row level security;
alter table evidence_coding force row level security;
grant select, insert, update (code_id), delete on evidence_coding to app;
create policy app_select on evidence_coding for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and source_id in (select s.id from evidence_source s where s.state = 'ready') and (coded_by = (select ctx.worker()) or (source_id not in (select r.source_id from evidence_blindcoding r where r.coder = (select ctx.worker()) and r.blind and r.finished_at is null) and (source_id, coded_by) not in (select r.source_id, r.coder from evidence_blindcoding r where r.blind and r.finished_at is null))));
create policy app_insert on evidence_coding for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and coded_by = (select ctx.worker()) and (study_id, source_id) in (select s.study_id, s.id from evidence_source s where s.state = 'ready') and (study_id, code_id) in (select c.study_id, c.id from evidence_code c));
create policy app_update on evidence_coding for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and source_id in (select s.id from evidence_source s where s.state = 'ready') and (coded_by = (select ctx.worker()) or (source_id not in (select r.source_id from evidence_blindcoding r where r.coder = (select ctx.worker()) and r.blind and r.finished_at is null) and (source_id, coded_by) not in (select r.source_id, r.coder from evidence_blindcoding r where r.blind and r.finished_at is null)))) with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and (study_id, source_id) in (select s.study_id, s.id from evidence_source s where s.state = 'ready') and (study_id, code_id) in (select c.study_id, c.id from evidence_code c));
create policy app_delete on evidence_coding for delete to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and coded_by = (select ctx.worker()));
""",
            """
drop policy app_delete on evidence_coding;
drop policy app_update on evidence_coding;
drop policy app_insert on evidence_coding;
drop policy app_select on evidence_coding;
revoke select, insert, update (code_id), delete on evidence_coding from app;
alter table evidence_coding no force row level security;
alter table evidence_coding disable row level security;
""",
        ),
        Protect(
            "evidence_memo",
            """
alter table evidence_memo enable row level security;
alter table evidence_memo force row level security;
grant select, insert, update (words, coding_id), delete on evidence_memo to app;
create policy app_select on evidence_memo for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and (source_id is null or (source_id in (select s.id from evidence_source s where s.state <> 'withdrawn') and (written_by = (select ctx.worker()) or (source_id not in (select r.source_id from evidence_blindcoding r where r.coder = (select ctx.worker()) and r.blind and r.finished_at is null) and (source_id, written_by) not in (select r.source_id, r.coder from evidence_blindcoding r where r.blind and r.finished_at is null))))));
create policy app_insert on evidence_memo for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and written_by = (select ctx.worker()) and study_id in (select s.id from evidence_study s) and (source_id is null or source_id in (select s.id from evidence_source s where s.state <> 'withdrawn')));
create policy app_update on evidence_memo for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and (source_id is null or (source_id in (select s.id from evidence_source s where s.state <> 'withdrawn') and (written_by = (select ctx.worker()) or (source_id not in (select r.source_id from evidence_blindcoding r where r.coder = (select ctx.worker()) and r.blind and r.finished_at is null) and (source_id, written_by) not in (select r.source_id, r.coder from evidence_blindcoding r where r.blind and r.finished_at is null)))))) with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and (source_id is null or (source_id in (select s.id from evidence_source s where s.state <> 'withdrawn') and (written_by = (select ctx.worker()) or (source_id not in (select r.source_id from evidence_blindcoding r where r.coder = (select ctx.worker()) and r.blind and r.finished_at is null) and (source_id, written_by) not in (select r.source_id, r.coder from evidence_blindcoding r where r.blind and r.finished_at is null))))));
create policy app_delete on evidence_memo for delete to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and written_by = (select ctx.worker()));
""",
            """
drop policy app_delete on evidence_memo;
drop policy app_update on evidence_memo;
drop policy app_insert on evidence_memo;
drop policy app_select on evidence_memo;
revoke select, insert, update (words, coding_id), delete on evidence_memo from app;
alter table evidence_memo no force row level security;
alter table evidence_memo disable row level security;
""",
        ),
        Protect(
            "evidence_blindcoding",
            """
alter table evidence_blindcoding enable row level security;
alter table evidence_blindcoding force row level security;
grant select, insert, update (finished_at) on evidence_blindcoding to app;
create policy app_select on evidence_blindcoding for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create policy app_insert on evidence_blindcoding for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and coder = (select ctx.worker()) and finished_at is null and source_id in (select s.id from evidence_source s where s.state = 'ready'));
create policy app_update on evidence_blindcoding for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and coder = (select ctx.worker()) and finished_at is null) with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and coder = (select ctx.worker()) and finished_at is not null);
""",
            """
drop policy app_update on evidence_blindcoding;
drop policy app_insert on evidence_blindcoding;
drop policy app_select on evidence_blindcoding;
revoke select, insert, update (finished_at) on evidence_blindcoding from app;
alter table evidence_blindcoding no force row level security;
alter table evidence_blindcoding disable row level security;
""",
        ),
        Protect(
            "evidence_exchange",
            """
alter table evidence_exchange enable row level security;
alter table evidence_exchange force row level security;
grant select, insert on evidence_exchange to app;
create policy app_select on evidence_exchange for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create policy app_insert on evidence_exchange for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and brought_in_by = (select ctx.worker()) and study_id in (select s.id from evidence_study s));
""",
            """
drop policy app_insert on evidence_exchange;
drop policy app_select on evidence_exchange;
revoke select, insert on evidence_exchange from app;
alter table evidence_exchange no force row level security;
alter table evidence_exchange disable row level security;
""",
        ),
        Protect(
            "evidence_source",
            """
alter table evidence_source enable row level security;
alter table evidence_source force row level security;
grant select, insert, update (participant_id, name, kind, language, collected_on, state, raw, waiting, body, cleaned_by, cleaned_at, withdrawn_by, withdrawn_at) on evidence_source to app;
create policy app_select on evidence_source for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create policy app_insert on evidence_source for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and brought_in_by = (select ctx.worker()) and study_id in (select s.id from evidence_study s));
create policy app_update on evidence_source for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence'))) with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create trigger moves before update on evidence_source for each row when (new.state <> old.state and (old.state || '>' || new.state) <> all (array['received>ready', 'received>withdrawn', 'ready>withdrawn']::text[])) execute function ctx.refuse('it cannot go there from where it stands');
create trigger stays_clean before update on evidence_source for each row when ((old.state = 'ready' and new.state = 'ready') and (new.body) is distinct from (old.body)) execute function ctx.refuse('its clean text stays as it is');
create trigger stays_withdrawn before update on evidence_source for each row when ((old.state = 'withdrawn') and to_jsonb(new) is distinct from to_jsonb(old)) execute function ctx.refuse('what was taken back is gone');
""",
            """
drop trigger stays_withdrawn on evidence_source;
drop trigger stays_clean on evidence_source;
drop trigger moves on evidence_source;
drop policy app_update on evidence_source;
drop policy app_insert on evidence_source;
drop policy app_select on evidence_source;
revoke select, insert, update (participant_id, name, kind, language, collected_on, state, raw, waiting, body, cleaned_by, cleaned_at, withdrawn_by, withdrawn_at) on evidence_source from app;
alter table evidence_source no force row level security;
alter table evidence_source disable row level security;
""",
        ),
        Protect(
            "evidence_identifier",
            """
alter table evidence_identifier enable row level security;
alter table evidence_identifier force row level security;
grant select, insert, update (start, "end", kind, decision, replacement, resolved_by, resolved_at), delete on evidence_identifier to app;
create policy app_select on evidence_identifier for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and source_id in (select s.id from evidence_source s where s.state <> 'withdrawn'));
create policy app_insert on evidence_identifier for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and source_id in (select s.id from evidence_source s where s.state = 'received'));
create policy app_update on evidence_identifier for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and source_id in (select s.id from evidence_source s where s.state = 'received')) with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and source_id in (select s.id from evidence_source s where s.state = 'received'));
create policy app_delete on evidence_identifier for delete to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and source_id in (select s.id from evidence_source s where s.state <> 'withdrawn'));
""",
            """
drop policy app_delete on evidence_identifier;
drop policy app_update on evidence_identifier;
drop policy app_insert on evidence_identifier;
drop policy app_select on evidence_identifier;
revoke select, insert, update (start, "end", kind, decision, replacement, resolved_by, resolved_at), delete on evidence_identifier from app;
alter table evidence_identifier no force row level security;
alter table evidence_identifier disable row level security;
""",
        ),
        Protect(
            "evidence_study",
            """
alter table evidence_study enable row level security;
alter table evidence_study force row level security;
grant select, insert, update (version, state, closed_by, closed_at) on evidence_study to app;
create policy app_select on evidence_study for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create policy app_insert on evidence_study for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and opened_by = (select ctx.worker()));
create policy app_update on evidence_study for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence'))) with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create trigger moves before update on evidence_study for each row when (new.state <> old.state and (old.state || '>' || new.state) <> all (array['open>closed', 'closed>open']::text[])) execute function ctx.refuse('it cannot go there from where it stands');
""",
            """
drop trigger moves on evidence_study;
drop policy app_update on evidence_study;
drop policy app_insert on evidence_study;
drop policy app_select on evidence_study;
revoke select, insert, update (version, state, closed_by, closed_at) on evidence_study from app;
alter table evidence_study no force row level security;
alter table evidence_study disable row level security;
""",
        ),
        Protect(
            "evidence_studyversion",
            """
alter table evidence_studyversion enable row level security;
alter table evidence_studyversion force row level security;
grant select, insert on evidence_studyversion to app;
create policy app_select on evidence_studyversion for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create policy app_insert on evidence_studyversion for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and written_by = (select ctx.worker()) and study_id in (select s.id from evidence_study s));
""",
            """
drop policy app_insert on evidence_studyversion;
drop policy app_select on evidence_studyversion;
revoke select, insert on evidence_studyversion from app;
alter table evidence_studyversion no force row level security;
alter table evidence_studyversion disable row level security;
""",
        ),
        Protect(
            "evidence_participant",
            """
alter table evidence_participant enable row level security;
alter table evidence_participant force row level security;
grant select, insert, update (role, speaks_as, region, language), update (role_fr) on evidence_participant to app;
create policy app_select on evidence_participant for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
create policy app_insert on evidence_participant for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and study_id in (select s.id from evidence_study s));
create policy app_update on evidence_participant for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence'))) with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
""",
            """
drop policy app_update on evidence_participant;
drop policy app_insert on evidence_participant;
drop policy app_select on evidence_participant;
revoke select, insert, update (role, speaks_as, region, language), update (role_fr) on evidence_participant from app;
alter table evidence_participant no force row level security;
alter table evidence_participant disable row level security;
""",
        ),
    ]
