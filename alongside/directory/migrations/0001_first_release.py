import alongside.kernel.ids
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import uuid
from alongside.kernel.rls.operations import Protect
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_first_release'),
        ("plans", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name='Location',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.TextField(help_text="The record's id in its source.")),
                ('data', models.JSONField(db_default={})),
                ('disclosure', models.CharField(choices=[('public', 'The address is public'), ('area_only', 'Only the area is public'), ('withheld', 'The address is withheld')], db_default='public', max_length=10)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.TextField(help_text="The record's id in its source.")),
                ('data', models.JSONField(db_default={})),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('source_name', models.CharField(max_length=200)),
                ('mapping', models.CharField(blank=True, db_default='', max_length=100)),
                ('upload', models.CharField(blank=True, db_default='', help_text='The random name the file is kept under until it is imported.', max_length=64)),
                ('size', models.PositiveBigIntegerField(db_default=0)),
                ('state', models.CharField(choices=[('uploaded', 'Waiting for you to look at it'), ('waiting', 'Waiting to start'), ('reading', 'Reading the file'), ('writing', 'Writing it down'), ('done', 'Imported'), ('refused', 'Not imported: nothing was changed')], db_default='uploaded', max_length=10)),
                ('progress', models.PositiveSmallIntegerField(db_default=0, help_text='Percent.')),
                ('rows', models.PositiveIntegerField(db_default=0)),
                ('added', models.PositiveIntegerField(db_default=0)),
                ('updated', models.PositiveIntegerField(db_default=0)),
                ('unchanged', models.PositiveIntegerField(db_default=0)),
                ('left_out', models.PositiveIntegerField(db_default=0)),
                ('begun_at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('format', models.CharField(blank=True, db_default='', max_length=20)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.worker')),
            ],
            options={
                'ordering': ['-begun_at'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('source_key', models.TextField(blank=True)),
                ('name', models.TextField()),
                ('name_fr', models.TextField(blank=True)),
                ('neutral_name', models.CharField(blank=True, max_length=100)),
                ('neutral_name_fr', models.CharField(blank=True, max_length=100)),
                ('organization_name', models.TextField(blank=True)),
                ('service_type', models.CharField(blank=True, max_length=40)),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('flags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('minimum_age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('maximum_age', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('community', models.TextField(blank=True)),
                ('division', models.CharField(blank=True, max_length=4)),
                ('placed_by', models.CharField(blank=True, help_text='How the division is known: name, spelling, point or given.', max_length=10)),
                ('serves', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), default=list, help_text="Divisions served besides its own; 'on' is all of Ontario.", size=None)),
                ('disclosure', models.CharField(choices=[('public', 'The address is public'), ('area_only', 'Only the area is public'), ('withheld', 'The address is withheld')], default='public', max_length=10)),
                ('details', models.JSONField(default=dict, help_text="The rest: address, telephones, hours, description, and what the source's own columns said.")),
                ('words', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, help_text='What it is found by.', size=None)),
                ('as_of', models.DateField(blank=True, null=True)),
                ('digest', models.CharField(blank=True, help_text="Of the source's record, so that importing again touches only what changed.", max_length=32)),
                ('hidden_at', models.DateTimeField(blank=True, help_text='By hand; no import shows it again.', null=True)),
                ('closed_at', models.DateTimeField(blank=True, help_text='When its source said that it is closed; open again when it says so.', null=True)),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(blank=True, db_index=False, help_text='Who keeps it here.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('edited_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.worker')),
                ('offered_by', models.ForeignKey(blank=True, db_index=False, help_text='Who can be asked through Alongside.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('location', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directory.location')),
                ('organization', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directory.organization')),
            ],
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('weekday', models.PositiveSmallIntegerField()),
                ('opens_at', models.TimeField()),
                ('closes_at', models.TimeField()),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.entry')),
            ],
            options={
                'ordering': ['weekday', 'opens_at'],
            },
        ),
        migrations.AddField(
            model_name='location',
            name='organization',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.organization'),
        ),
        migrations.CreateModel(
            name='Program',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.TextField(help_text="The record's id in its source.")),
                ('data', models.JSONField(db_default={})),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.organization')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReportLine',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('line', models.PositiveIntegerField()),
                ('field', models.CharField(blank=True, db_default='', max_length=80)),
                ('code', models.CharField(max_length=40)),
                ('about', models.CharField(blank=True, db_default='', max_length=120)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.importrun')),
            ],
            options={
                'ordering': ['line', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.TextField(help_text="The record's id in its source.")),
                ('data', models.JSONField(db_default={})),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.organization')),
                ('program', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directory.program')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='entry',
            name='service',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directory.service'),
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('publisher', models.CharField(blank=True, db_default='', max_length=200)),
                ('licence', models.CharField(blank=True, db_default='', max_length=200)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
            ],
        ),
        migrations.CreateModel(
            name='ServiceAtLocation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.TextField(help_text="The record's id in its source.")),
                ('data', models.JSONField(db_default={})),
                ('location', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.location')),
                ('service', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.service')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.source')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='service',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.source'),
        ),
        migrations.AddField(
            model_name='program',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.source'),
        ),
        migrations.AddField(
            model_name='organization',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.source'),
        ),
        migrations.CreateModel(
            name='LooseRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.TextField(help_text="The record's id in its source.")),
                ('data', models.JSONField(db_default={})),
                ('kind', models.CharField(max_length=40)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.source')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='location',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.source'),
        ),
        migrations.AddField(
            model_name='entry',
            name='source',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.source'),
        ),
        migrations.CreateModel(
            name='Taxonomy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.TextField(help_text="The record's id in its source.")),
                ('data', models.JSONField(db_default={})),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.source')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TaxonomyTerm',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.TextField(help_text="The record's id in its source.")),
                ('data', models.JSONField(db_default={})),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.source')),
                ('taxonomy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.taxonomy')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('word', models.TextField(primary_key=True, serialize=False)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['word'], gin_pending_list_limit=128, name='word_trigrams', opclasses=['gin_trgm_ops'])],
            },
        ),
        migrations.CreateModel(
            name='Mapping',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100)),
                ('columns', models.JSONField(db_default={})),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agency', 'name'), name='one_mapping_of_a_name')],
            },
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(fields=('agency', 'name'), name='one_source_of_a_name', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='serviceatlocation',
            index=models.Index(fields=['key'], name='serviceatlocation_key'),
        ),
        migrations.AddIndex(
            model_name='service',
            index=models.Index(fields=['key'], name='service_key'),
        ),
        migrations.AddIndex(
            model_name='program',
            index=models.Index(fields=['key'], name='program_key'),
        ),
        migrations.AddIndex(
            model_name='organization',
            index=models.Index(fields=['key'], name='organization_key'),
        ),
        migrations.AddIndex(
            model_name='looserecord',
            index=models.Index(fields=['key'], name='looserecord_key'),
        ),
        migrations.AddIndex(
            model_name='location',
            index=models.Index(fields=['key'], name='location_key'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=django.contrib.postgres.indexes.GinIndex(fields=['words'], gin_pending_list_limit=128, name='entry_words'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=django.contrib.postgres.indexes.GinIndex(fields=['needs'], gin_pending_list_limit=128, name='entry_needs'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('serves', []), _negated=True), fields=['serves'], gin_pending_list_limit=128, name='entry_serves'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['division'], name='entry_division'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('agency__isnull', False)), fields=['agency'], name='entry_agency'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('offered_by__isnull', False)), fields=['offered_by'], name='entry_offered_by'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('service__isnull', False)), fields=['service'], name='entry_service'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(condition=models.Q(('source__isnull', False)), fields=('source', 'source_key'), name='imported_once'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='entry_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('edited_at__isnull', True), ('edited_by__isnull', True)), models.Q(('edited_at__isnull', False), ('edited_by__isnull', False)), _connector='OR'), name='edited_by_somebody'),
        ),
        migrations.AddIndex(
            model_name='taxonomy',
            index=models.Index(fields=['key'], name='taxonomy_key'),
        ),
        migrations.AddIndex(
            model_name='taxonomyterm',
            index=models.Index(fields=['key'], name='taxonomyterm_key'),
        ),
        Protect(
            "incoming",
            """
create unlogged table directory_incoming (like directory_entry including defaults);
comment on table directory_incoming is 'rows of an import, compared with the directory and deleted in the same transaction';
grant usage on all sequences in schema public to app;
""",
            """
drop table directory_incoming;
""",
        ),
        Protect(
            "directory_source",
            """
grant select, insert, update on directory_source to app;
""",
            """
revoke select, insert, update on directory_source from app;
""",
        ),
        Protect(
            "directory_organization",
            """
grant select, insert, update on directory_organization to app;
""",
            """
revoke select, insert, update on directory_organization from app;
""",
        ),
        Protect(
            "directory_program",
            """
grant select, insert, update on directory_program to app;
""",
            """
revoke select, insert, update on directory_program from app;
""",
        ),
        Protect(
            "directory_service",
            """
grant select, insert, update on directory_service to app;
""",
            """
revoke select, insert, update on directory_service from app;
""",
        ),
        Protect(
            "directory_location",
            """
grant select, insert, update on directory_location to app;
""",
            """
revoke select, insert, update on directory_location from app;
""",
        ),
        Protect(
            "directory_serviceatlocation",
            """
grant select, insert, update on directory_serviceatlocation to app;
""",
            """
revoke select, insert, update on directory_serviceatlocation from app;
""",
        ),
        Protect(
            "directory_taxonomy",
            """
grant select, insert, update on directory_taxonomy to app;
""",
            """
revoke select, insert, update on directory_taxonomy from app;
""",
        ),
        Protect(
            "directory_taxonomyterm",
            """
grant select, insert, update on directory_taxonomyterm to app;
""",
            """
revoke select, insert, update on directory_taxonomyterm from app;
""",
        ),
        Protect(
            "directory_looserecord",
            """
grant select, insert, update on directory_looserecord to app;
""",
            """
revoke select, insert, update on directory_looserecord from app;
""",
        ),
        Protect(
            "directory_entry",
            """
grant select, insert, update on directory_entry to app;
""",
            """
revoke select, insert, update on directory_entry from app;
""",
        ),
        Protect(
            "directory_opening",
            """
grant select, insert, delete on directory_opening to app;
""",
            """
revoke select, insert, delete on directory_opening from app;
""",
        ),
        Protect(
            "directory_word",
            """
grant select, insert on directory_word to app;
""",
            """
revoke select, insert on directory_word from app;
""",
        ),
        Protect(
            "directory_mapping",
            """
grant select, insert, update, delete on directory_mapping to app;
""",
            """
revoke select, insert, update, delete on directory_mapping from app;
""",
        ),
        Protect(
            "directory_importrun",
            """
grant select, insert, update on directory_importrun to app;
create trigger moves before update on directory_importrun for each row when (new.state <> old.state and (old.state || '>' || new.state) <> all (array['uploaded>reading', 'uploaded>waiting', 'waiting>reading', 'reading>refused', 'reading>writing', 'writing>done', 'writing>refused']::text[])) execute function ctx.refuse('it cannot go there from where it stands');
""",
            """
drop trigger moves on directory_importrun;
revoke select, insert, update on directory_importrun from app;
""",
        ),
        Protect(
            "directory_reportline",
            """
grant select, insert on directory_reportline to app;
""",
            """
revoke select, insert on directory_reportline from app;
""",
        ),
        Protect(
            "directory_incoming",
            """
grant select, insert, delete on directory_incoming to app;
""",
            """
revoke select, insert, delete on directory_incoming from app;
""",
        ),
    ]
