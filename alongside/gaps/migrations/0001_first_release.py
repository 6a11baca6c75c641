import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from alongside.kernel.rls.operations import Protect
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("directory", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name='Gap',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('asking_agency_id', models.UUIDField()),
                ('asked_agency_id', models.UUIDField(null=True)),
                ('quarter', models.CharField(help_text='`2026-Q4`', max_length=7)),
                ('region', models.CharField(max_length=20)),
                ('need', models.CharField(blank=True, max_length=40)),
                ('recommendation', models.CharField(blank=True, max_length=3)),
                ('reason', models.CharField(max_length=20)),
                ('barriers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('wait_band', models.CharField(blank=True, max_length=20)),
                ('workaround', models.CharField(blank=True, max_length=30)),
                ('staff_hours_band', models.CharField(blank=True, max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name='Cause',
            fields=[
                ('gap', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='gaps.gap')),
                ('agency_id', models.UUIDField()),
                ('barriers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
            ],
        ),
        migrations.AddIndex(
            model_name='gap',
            index=models.Index(fields=['asking_agency_id', 'quarter'], name='gaps_of_asker'),
        ),
        migrations.AddIndex(
            model_name='gap',
            index=models.Index(fields=['asked_agency_id', 'quarter'], name='gaps_of_asked'),
        ),
        Protect(
            "gaps_gap",
            """
alter table gaps_gap enable row level security;
alter table gaps_gap force row level security;
grant select, insert on gaps_gap to app;
create policy app_select on gaps_gap for select to app using (asking_agency_id = (select ctx.agency()) or asked_agency_id = (select ctx.agency()));
create policy app_insert on gaps_gap for insert to app with check ((select ctx.may('record-barriers')) and (asking_agency_id = (select ctx.agency()) or asked_agency_id = (select ctx.agency())));
""",
            """
drop policy app_insert on gaps_gap;
drop policy app_select on gaps_gap;
revoke select, insert on gaps_gap from app;
alter table gaps_gap no force row level security;
alter table gaps_gap disable row level security;
""",
        ),
        Protect(
            "gaps_cause",
            """
alter table gaps_cause enable row level security;
alter table gaps_cause force row level security;
grant select, insert on gaps_cause to app;
create policy app_select on gaps_cause for select to app using (agency_id = (select ctx.agency()));
create policy app_insert on gaps_cause for insert to app with check (agency_id = (select ctx.agency()) and (select ctx.may('record-barriers')));
""",
            """
drop policy app_insert on gaps_cause;
drop policy app_select on gaps_cause;
revoke select, insert on gaps_cause from app;
alter table gaps_cause no force row level security;
alter table gaps_cause disable row level security;
""",
        ),
    ]
