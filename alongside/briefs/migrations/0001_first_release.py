import alongside.kernel.ids
import alongside.kernel.rls.models
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from alongside.kernel.rls.operations import Protect
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_first_release'),
        ("indicators", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name='Brief',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('study_id', models.UUIDField(help_text='The study whose quotes and method it prints.', null=True)),
                ('slug', models.CharField(max_length=60, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Small letters, digits and hyphens.')])),
                ('title', models.JSONField(db_default={})),
                ('contributors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, db_default=[], size=None)),
                ('audience', models.CharField(choices=[('public', 'Everybody'), ('funder', 'A funder, under contract')], db_default='public', max_length=10)),
                ('half', models.CharField(blank=True, db_default='', help_text='The half-year its numbers are of: 2026-H1.', max_length=7)),
                ('cut_off_on', models.DateField(null=True)),
                ('concerns_indigenous', models.BooleanField(db_default=False)),
                ('balance_reason', models.TextField(blank=True, db_default='', help_text='Why fewer speakers, or more of one, are right here.')),
                ('state', models.CharField(choices=[('drafting', 'Being written'), ('proof', 'In proof'), ('signed', 'Signed'), ('published', 'Published')], db_default='drafting', max_length=10)),
                ('proof_on', models.DateField(help_text='The day the proof was made: the day its edition bears.', null=True)),
                ('begun_at', models.DateTimeField()),
                ('moved_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.worker')),
                ('moved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.worker')),
                ('steward_agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
            ],
            options={
                'ordering': ['-begun_at'],
            },
        ),
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('question', models.CharField(max_length=20)),
                ('answer', models.CharField(choices=[('yes', 'Yes'), ('partly', 'Partly, and it says so'), ('not-here', 'Not for this brief')], max_length=10)),
                ('note', models.TextField(blank=True, db_default='')),
                ('answered_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.worker')),
                ('brief', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='briefs.brief')),
            ],
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('slug', models.CharField(max_length=60)),
                ('number', models.PositiveSmallIntegerField()),
                ('audience', models.CharField(choices=[('public', 'Everybody'), ('funder', 'A funder, under contract')], max_length=10)),
                ('title', models.JSONField()),
                ('on', models.DateField()),
                ('document', models.BinaryField()),
                ('checksum', models.CharField(max_length=64)),
                ('quotes', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), db_default=[], size=None)),
                ('html_en', models.BinaryField()),
                ('html_fr', models.BinaryField()),
                ('pdf_en', models.BinaryField()),
                ('pdf_fr', models.BinaryField()),
                ('csv_en', models.BinaryField()),
                ('csv_fr', models.BinaryField()),
                ('published_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('brief', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='briefs.brief')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.worker')),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='Proof',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('body', alongside.kernel.rls.models.Sealed(help_text='Under a key that is not in the database; gone when the brief is taken back to be written.')),
                ('checksum', models.CharField(max_length=64)),
                ('pages', models.JSONField(db_default={})),
                ('made_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('brief', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='briefs.brief')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.worker')),
            ],
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('key_message', 'Key message'), ('summary', 'Summary'), ('context', 'Context'), ('method', 'Method'), ('audience', 'For whom'), ('definition', 'Definition'), ('group', 'Group of recommendations'), ('recommendation', 'Recommendation'), ('plea', 'What it takes'), ('reference', 'Reference')], max_length=20)),
                ('order', models.PositiveSmallIntegerField(db_default=0)),
                ('code', models.CharField(blank=True, db_default='', help_text='Which of the nine it bears on, or F: R1 to R9, F.', max_length=3)),
                ('heading', models.JSONField(db_default={})),
                ('body', models.JSONField(db_default={})),
                ('impact', models.JSONField(db_default={}, help_text='What a recommendation would change; what a plea asks.')),
                ('cost', models.JSONField(db_default={}, help_text='low, base, high in whole dollars a year, and words; of a plea.')),
                ('written_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('brief', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='briefs.brief')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='briefs.section')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.worker')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SectionFigure',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('release_id', models.UUIDField()),
                ('finding', models.JSONField(db_default={})),
                ('order', models.PositiveSmallIntegerField(db_default=0)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('brief', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='briefs.brief')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='briefs.section')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SectionQuote',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('quote_id', models.UUIDField()),
                ('order', models.PositiveSmallIntegerField(db_default=0)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('brief', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='briefs.brief')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='briefs.section')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('checksum', models.CharField(max_length=64)),
                ('role', models.CharField(max_length=20)),
                ('signed_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('brief', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='briefs.brief')),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.worker')),
            ],
            options={
                'ordering': ['signed_at'],
            },
        ),
        migrations.AddConstraint(
            model_name='brief',
            constraint=models.UniqueConstraint(fields=('slug',), name='briefs_one_address'),
        ),
        migrations.AddConstraint(
            model_name='brief',
            constraint=models.CheckConstraint(condition=models.Q(('concerns_indigenous', False), ('steward_agency__isnull', False), _connector='OR'), name='briefs_steward_named'),
        ),
        migrations.AddConstraint(
            model_name='brief',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'drafting'), ('proof_on__isnull', False), _connector='OR'), name='briefs_proof_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.UniqueConstraint(fields=('agency', 'brief', 'question'), name='briefs_a_question_once'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('agency', 'brief', 'number'), name='briefs_editions_numbered'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'recommendation'), ('parent__isnull', False)), models.Q(models.Q(('kind', 'recommendation'), _negated=True), ('parent', None)), _connector='OR'), name='briefs_recommendation_in_a_group'),
        ),
        migrations.AddConstraint(
            model_name='sectionfigure',
            constraint=models.UniqueConstraint(fields=('section', 'release_id', 'agency'), name='briefs_a_figure_once_a_section'),
        ),
        migrations.AddConstraint(
            model_name='sectionquote',
            constraint=models.UniqueConstraint(fields=('section', 'quote_id', 'agency'), name='briefs_a_quote_once_a_section'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('agency', 'brief', 'checksum', 'signed_by'), name='briefs_signed_once'),
        ),
        Protect(
            "functions",
            """
create function briefs_keep() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if new.state = 'signed' and old.state <> 'signed' and 2 > (
            select count(distinct s.signed_by_id) from public.briefs_signature s join public.briefs_proof p on p.brief_id = s.brief_id and p.checksum = s.checksum
            where s.brief_id = new.id and s.agency_id = new.agency_id) then
        raise insufficient_privilege using message = 'two people sign';
    end if;
    if new.state = 'signed' and old.state <> 'signed' and new.concerns_indigenous and not exists (
            select 1 from public.briefs_signature s join public.briefs_proof p on p.brief_id = s.brief_id and p.checksum = s.checksum
            where s.brief_id = new.id and s.agency_id = new.steward_agency_id and s.role = 'data-steward') then
        raise insufficient_privilege using message = 'the data steward signs';
    end if;
    if new.state = 'published' and old.state <> 'published' and not exists (
            select 1 from public.briefs_edition e join public.briefs_proof p on p.brief_id = e.brief_id and p.checksum = e.checksum where e.brief_id = new.id) then
        raise insufficient_privilege using message = 'what is published is an edition';
    end if;
    return new;
end $$;
revoke all on function briefs_keep() from public;
grant execute on function briefs_keep() to app;
create trigger keep before update on briefs_brief for each row execute function briefs_keep();
""",
            """
drop trigger keep on briefs_brief;
drop function briefs_keep;
""",
        ),
        Protect(
            "briefs_brief",
            """
alter table briefs_brief enable row level security;
alter table briefs_brief force row level security;
grant select, insert, update on briefs_brief to app;
create policy app_select on briefs_brief for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('sign-briefs')) or steward_agency_id = (select ctx.agency()) and (select ctx.may('steward-data')) and state <> 'drafting');
create policy app_insert on briefs_brief for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and begun_by_id = (select ctx.worker()));
create policy app_update on briefs_brief for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('sign-briefs'))) with check (agency_id = (select ctx.agency()) and (select ctx.may('sign-briefs')));
create trigger moves before update on briefs_brief for each row when (new.state <> old.state and (old.state || '>' || new.state) <> all (array['drafting>proof', 'proof>drafting', 'proof>signed', 'signed>drafting', 'signed>published', 'published>drafting']::text[])) execute function ctx.refuse('it cannot go there from where it stands');
create trigger moves_begin before insert on briefs_brief for each row when (new.state not in ('drafting')) execute function ctx.refuse('it does not begin there');
create trigger settled before update on briefs_brief for each row when ((new.id, new.agency_id, new.begun_by_id, new.begun_at) is distinct from (old.id, old.agency_id, old.begun_by_id, old.begun_at)) execute function ctx.refuse('a brief stays whose it is');
create trigger stays_written before update on briefs_brief for each row when ((old.state <> 'drafting' or not ctx.may('edit-evidence')) and to_jsonb(new) - '{state,moved_by_id,moved_at}'::text[] is distinct from to_jsonb(old) - '{state,moved_by_id,moved_at}'::text[]) execute function ctx.refuse('only what is being written is changed, and by an editor');
""",
            """
drop trigger stays_written on briefs_brief;
drop trigger settled on briefs_brief;
drop trigger moves_begin on briefs_brief;
drop trigger moves on briefs_brief;
drop policy app_update on briefs_brief;
drop policy app_insert on briefs_brief;
drop policy app_select on briefs_brief;
revoke select, insert, update on briefs_brief from app;
alter table briefs_brief no force row level security;
alter table briefs_brief disable row level security;
""",
        ),
        Protect(
            "briefs_proof",
            """
alter table briefs_proof enable row level security;
alter table briefs_proof force row level security;
grant select, insert, delete on briefs_proof to app;
create policy app_select on briefs_proof for select to app using (exists (select 1 from briefs_brief b where b.id = brief_id));
create policy app_insert on briefs_proof for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and exists (select 1 from briefs_brief b where b.id = brief_id and b.agency_id = briefs_proof.agency_id and b.state = 'drafting') and made_by_id = (select ctx.worker()));
create policy app_delete on briefs_proof for delete to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')));
""",
            """
drop policy app_delete on briefs_proof;
drop policy app_insert on briefs_proof;
drop policy app_select on briefs_proof;
revoke select, insert, delete on briefs_proof from app;
alter table briefs_proof no force row level security;
alter table briefs_proof disable row level security;
""",
        ),
        Protect(
            "briefs_signature",
            """
alter table briefs_signature enable row level security;
alter table briefs_signature force row level security;
grant select, insert on briefs_signature to app;
create policy app_select on briefs_signature for select to app using (exists (select 1 from briefs_brief b where b.id = brief_id));
create policy app_insert on briefs_signature for insert to app with check (agency_id = (select ctx.agency()) and signed_by_id = (select ctx.worker()) and role = (select ctx.role()) and exists (select 1 from briefs_proof p join briefs_brief b on b.id = p.brief_id where b.id = briefs_signature.brief_id and p.checksum = briefs_signature.checksum and b.state = 'proof' and (b.agency_id = (select ctx.agency()) and (select ctx.may('sign-briefs')) or b.steward_agency_id = (select ctx.agency()) and b.concerns_indigenous and (select ctx.may('steward-data')))));
create trigger append_only before update or delete on briefs_signature for each row execute function ctx.refuse('what was signed or published is never changed');
create trigger never_emptied before truncate on briefs_signature for each statement execute function ctx.refuse('what was signed or published is never changed');
""",
            """
drop trigger never_emptied on briefs_signature;
drop trigger append_only on briefs_signature;
drop policy app_insert on briefs_signature;
drop policy app_select on briefs_signature;
revoke select, insert on briefs_signature from app;
alter table briefs_signature no force row level security;
alter table briefs_signature disable row level security;
""",
        ),
        Protect(
            "briefs_edition",
            """
alter table briefs_edition enable row level security;
alter table briefs_edition force row level security;
grant select, insert on briefs_edition to app;
create policy app_select on briefs_edition for select to app using (audience = 'public' or agency_id = (select ctx.agency()) and (select ctx.may('sign-briefs')));
create policy app_insert on briefs_edition for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and published_by_id = (select ctx.worker()) and exists (select 1 from briefs_proof p join briefs_brief b on b.id = p.brief_id where b.id = briefs_edition.brief_id and b.agency_id = briefs_edition.agency_id and b.slug = briefs_edition.slug and p.checksum = briefs_edition.checksum and b.state = 'signed'));
create trigger append_only before update or delete on briefs_edition for each row execute function ctx.refuse('what was signed or published is never changed');
create trigger never_emptied before truncate on briefs_edition for each statement execute function ctx.refuse('what was signed or published is never changed');
""",
            """
drop trigger never_emptied on briefs_edition;
drop trigger append_only on briefs_edition;
drop policy app_insert on briefs_edition;
drop policy app_select on briefs_edition;
revoke select, insert on briefs_edition from app;
alter table briefs_edition no force row level security;
alter table briefs_edition disable row level security;
""",
        ),
        Protect(
            "briefs_section",
            """
alter table briefs_section enable row level security;
alter table briefs_section force row level security;
grant select, insert, update, delete on briefs_section to app;
create policy app_select on briefs_section for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('sign-briefs')) and exists (select 1 from briefs_brief b where b.id = brief_id));
create policy app_insert on briefs_section for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and exists (select 1 from briefs_brief b where b.id = brief_id and b.agency_id = briefs_section.agency_id and b.state = 'drafting'));
create policy app_update on briefs_section for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and exists (select 1 from briefs_brief b where b.id = brief_id and b.agency_id = briefs_section.agency_id and b.state = 'drafting')) with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and exists (select 1 from briefs_brief b where b.id = brief_id and b.agency_id = briefs_section.agency_id and b.state = 'drafting'));
create policy app_delete on briefs_section for delete to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and exists (select 1 from briefs_brief b where b.id = brief_id and b.agency_id = briefs_section.agency_id and b.state = 'drafting'));
""",
            """
drop policy app_delete on briefs_section;
drop policy app_update on briefs_section;
drop policy app_insert on briefs_section;
drop policy app_select on briefs_section;
revoke select, insert, update, delete on briefs_section from app;
alter table briefs_section no force row level security;
alter table briefs_section disable row level security;
""",
        ),
        Protect(
            "briefs_sectionquote",
            """
alter table briefs_sectionquote enable row level security;
alter table briefs_sectionquote force row level security;
grant select, insert, update, delete on briefs_sectionquote to app;
create policy app_select on briefs_sectionquote for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('sign-briefs')) and exists (select 1 from briefs_brief b where b.id = brief_id));
create policy app_insert on briefs_sectionquote for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and exists (select 1 from briefs_brief b where b.id = brief_id and b.agency_id = briefs_sectionquote.agency_id and b.state = 'drafting'));
create policy app_update on briefs_sectionquote for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and exists (select 1 from briefs_brief b where b.id = brief_id and b.agency_id = briefs_sectionquote.agency_id and b.state = 'drafting')) with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and exists (select 1 from briefs_brief b where b.id = brief_id and b.agency_id = briefs_sectionquote.agency_id and b.state = 'drafting'));
create policy app_delete on briefs_sectionquote for delete to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and exists (select 1 from briefs_brief b where b.id = brief_id and b.agency_id = briefs_sectionquote.agency_id and b.state = 'drafting'));
""",
            """
drop policy app_delete on briefs_sectionquote;
drop policy app_update on briefs_sectionquote;
drop policy app_insert on briefs_sectionquote;
drop policy app_select on briefs_sectionquote;
revoke select, insert, update, delete on briefs_sectionquote from app;
alter table briefs_sectionquote no force row level security;
alter table briefs_sectionquote disable row level security;
""",
        ),
        Protect(
            "briefs_sectionfigure",
            """
alter table briefs_sectionfigure enable row level security;
alter table briefs_sectionfigure force row level security;
grant select, insert, update, delete on briefs_sectionfigure to app;
create policy app_select on briefs_sectionfigure for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('sign-briefs')) and exists (select 1 from briefs_brief b where b.id = brief_id));
create policy app_insert on briefs_sectionfigure for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and exists (select 1 from briefs_brief b where b.id = brief_id and b.agency_id = briefs_sectionfigure.agency_id and b.state = 'drafting'));
create policy app_update on briefs_sectionfigure for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and exists (select 1 from briefs_brief b where b.id = brief_id and b.agency_id = briefs_sectionfigure.agency_id and b.state = 'drafting')) with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and exists (select 1 from briefs_brief b where b.id = brief_id and b.agency_id = briefs_sectionfigure.agency_id and b.state = 'drafting'));
create policy app_delete on briefs_sectionfigure for delete to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and exists (select 1 from briefs_brief b where b.id = brief_id and b.agency_id = briefs_sectionfigure.agency_id and b.state = 'drafting'));
""",
            """
drop policy app_delete on briefs_sectionfigure;
drop policy app_update on briefs_sectionfigure;
drop policy app_insert on briefs_sectionfigure;
drop policy app_select on briefs_sectionfigure;
revoke select, insert, update, delete on briefs_sectionfigure from app;
alter table briefs_sectionfigure no force row level security;
alter table briefs_sectionfigure disable row level security;
""",
        ),
        Protect(
            "briefs_check",
            """
alter table briefs_check enable row level security;
alter table briefs_check force row level security;
grant select, insert, update, delete on briefs_check to app;
create policy app_select on briefs_check for select to app using (agency_id = (select ctx.agency()) and (select ctx.may('sign-briefs')) and exists (select 1 from briefs_brief b where b.id = brief_id));
create policy app_insert on briefs_check for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and exists (select 1 from briefs_brief b where b.id = brief_id and b.agency_id = briefs_check.agency_id and b.state = 'drafting'));
create policy app_update on briefs_check for update to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and exists (select 1 from briefs_brief b where b.id = brief_id and b.agency_id = briefs_check.agency_id and b.state = 'drafting')) with check (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and exists (select 1 from briefs_brief b where b.id = brief_id and b.agency_id = briefs_check.agency_id and b.state = 'drafting'));
create policy app_delete on briefs_check for delete to app using (agency_id = (select ctx.agency()) and (select ctx.may('edit-evidence')) and exists (select 1 from briefs_brief b where b.id = brief_id and b.agency_id = briefs_check.agency_id and b.state = 'drafting'));
""",
            """
drop policy app_delete on briefs_check;
drop policy app_update on briefs_check;
drop policy app_insert on briefs_check;
drop policy app_select on briefs_check;
revoke select, insert, update, delete on briefs_check from app;
alter table briefs_check no force row level security;
alter table briefs_check disable row level security;
""",
        ),
    ]
