import alongside.kernel.ids
import django.db.models.deletion
import django.db.models.expressions
from alongside.kernel.rls.operations import Protect
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_first_release'),
        ("gaps", "0001_first_release"),
    ]

    operations = [
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
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.worker')),
            ],
            options={
                'ordering': ['-begun_at'],
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
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='occupancy.importrun')),
            ],
            options={
                'ordering': ['line', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('nights', 'Nights of shelters'), ('calls', 'Calls to central intake')], max_length=10)),
                ('mapping', models.CharField(blank=True, db_default='', help_text='Which of the mappings that come with Alongside it was read through, if any.', max_length=100)),
                ('rows', models.PositiveIntegerField(db_default=0)),
                ('left_out', models.PositiveIntegerField(db_default=0)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
            ],
        ),
        migrations.CreateModel(
            name='Night',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('date', models.DateField(help_text='The night that begins on this day.')),
                ('programme_key', models.CharField(help_text="The programme's number in its source; its name where it has none.", max_length=300)),
                ('programme', models.CharField(blank=True, db_default='', max_length=300)),
                ('organisation', models.CharField(blank=True, db_default='', max_length=300)),
                ('sector', models.CharField(blank=True, db_default='', help_text='women, men, mixed, youth, families; or as the file says it.', max_length=100)),
                ('model', models.CharField(blank=True, db_default='', help_text='emergency, transitional; or as the file says it.', max_length=100)),
                ('unit', models.CharField(choices=[('bed', 'Beds'), ('room', 'Rooms')], max_length=4)),
                ('actual', models.PositiveIntegerField()),
                ('funded', models.PositiveIntegerField(null=True)),
                ('occupied', models.PositiveIntegerField()),
                ('unoccupied', models.PositiveIntegerField()),
                ('unavailable', models.PositiveIntegerField(null=True)),
                ('users', models.PositiveIntegerField(help_text='How many people slept there, where the file says.', null=True)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='occupancy.source')),
            ],
        ),
        migrations.CreateModel(
            name='IntakeDay',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('date', models.DateField()),
                ('handled', models.PositiveIntegerField(null=True)),
                ('coded', models.PositiveIntegerField()),
                ('code_1a', models.PositiveIntegerField(db_default=0)),
                ('code_1b', models.PositiveIntegerField(db_default=0)),
                ('code_1c', models.PositiveIntegerField(db_default=0)),
                ('code_1d', models.PositiveIntegerField(db_default=0)),
                ('code_2a', models.PositiveIntegerField(db_default=0)),
                ('code_2b', models.PositiveIntegerField(db_default=0)),
                ('code_2c', models.PositiveIntegerField(db_default=0)),
                ('code_2d', models.PositiveIntegerField(db_default=0)),
                ('code_3a', models.PositiveIntegerField(db_default=0)),
                ('code_3b', models.PositiveIntegerField(db_default=0)),
                ('code_3c', models.PositiveIntegerField(db_default=0)),
                ('code_4a', models.PositiveIntegerField(db_default=0)),
                ('code_4b', models.PositiveIntegerField(db_default=0)),
                ('other', models.PositiveIntegerField(db_default=0, help_text="Calls coded otherwise, where the file doesn't tell the outcomes apart.")),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='occupancy.source')),
            ],
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
                'constraints': [models.UniqueConstraint(fields=('agency', 'name'), name='one_occupancy_mapping_of_a_name')],
            },
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(fields=('agency', 'name', 'kind'), name='one_occupancy_source_of_a_name', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='night',
            index=models.Index(fields=['source', 'date'], name='nights_of_source'),
        ),
        migrations.AddConstraint(
            model_name='night',
            constraint=models.UniqueConstraint(fields=('source', 'programme_key', 'date', 'unit'), name='one_night_of_a_programme'),
        ),
        migrations.AddConstraint(
            model_name='night',
            constraint=models.CheckConstraint(condition=models.Q(('actual', django.db.models.expressions.CombinedExpression(models.F('occupied'), '+', models.F('unoccupied')))), name='actual_is_occupied_and_unoccupied'),
        ),
        migrations.AddConstraint(
            model_name='night',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('funded', None), ('unavailable', None)), models.Q(('funded', django.db.models.expressions.CombinedExpression(models.F('actual'), '+', models.F('unavailable'))), ('funded__isnull', False), ('unavailable__isnull', False)), _connector='OR'), name='funded_is_actual_and_unavailable'),
        ),
        migrations.AddConstraint(
            model_name='intakeday',
            constraint=models.UniqueConstraint(fields=('source', 'date'), name='one_day_of_intake'),
        ),
        migrations.AddConstraint(
            model_name='intakeday',
            constraint=models.CheckConstraint(condition=models.Q(('coded', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('other'), '+', models.F('code_1a')), '+', models.F('code_1b')), '+', models.F('code_1c')), '+', models.F('code_1d')), '+', models.F('code_2a')), '+', models.F('code_2b')), '+', models.F('code_2c')), '+', models.F('code_2d')), '+', models.F('code_3a')), '+', models.F('code_3b')), '+', models.F('code_3c')), '+', models.F('code_4a')), '+', models.F('code_4b')))), name='coded_is_all_outcomes'),
        ),
        migrations.AddConstraint(
            model_name='intakeday',
            constraint=models.CheckConstraint(condition=models.Q(('handled', None), ('handled__gte', models.F('coded')), _connector='OR'), name='coded_of_those_handled'),
        ),
        Protect(
            "sequences",
            """
grant usage on sequence occupancy_night_id_seq, occupancy_intakeday_id_seq, occupancy_reportline_id_seq to app;
""",
            "",
        ),
        Protect(
            "occupancy_source",
            """
grant select, insert, update on occupancy_source to app;
""",
            """
revoke select, insert, update on occupancy_source from app;
""",
        ),
        Protect(
            "occupancy_night",
            """
grant select, insert, update, delete on occupancy_night to app;
""",
            """
revoke select, insert, update, delete on occupancy_night from app;
""",
        ),
        Protect(
            "occupancy_intakeday",
            """
grant select, insert, update on occupancy_intakeday to app;
""",
            """
revoke select, insert, update on occupancy_intakeday from app;
""",
        ),
        Protect(
            "occupancy_mapping",
            """
grant select, insert, update on occupancy_mapping to app;
""",
            """
revoke select, insert, update on occupancy_mapping from app;
""",
        ),
        Protect(
            "occupancy_importrun",
            """
grant select, insert, update on occupancy_importrun to app;
create trigger moves before update on occupancy_importrun for each row when (new.state <> old.state and (old.state || '>' || new.state) <> all (array['uploaded>reading', 'uploaded>waiting', 'waiting>reading', 'reading>refused', 'reading>writing', 'writing>done', 'writing>refused']::text[])) execute function ctx.refuse('it cannot go there from where it stands');
""",
            """
drop trigger moves on occupancy_importrun;
revoke select, insert, update on occupancy_importrun from app;
""",
        ),
        Protect(
            "occupancy_reportline",
            """
grant select, insert on occupancy_reportline to app;
""",
            """
revoke select, insert on occupancy_reportline from app;
""",
        ),
    ]
