import django.db.models.deletion
from django.db import migrations, models

import alongside.kernel.ids


class Migration(migrations.Migration):

    dependencies = [
        ('beds', '0002_who_may'),
    ]

    operations = [
        migrations.AddField(
            model_name='step',
            name='counted',
            field=models.BooleanField(default=False, help_text='Whether what was missing here was counted as a gap.'),
        ),
        migrations.CreateModel(
            name='OutOfTurn',
            fields=[
                ('id', models.UUIDField(default=alongside.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('agency_id', models.UUIDField()),
                ('reason', models.CharField(choices=[('not-a-fit', 'Those before do not fit this place'), ('asked-later', 'Those before asked to wait'), ('not-reached', 'Those before can’t be reached'), ('suited', 'This place has what they need, and the others need it less')], max_length=20)),
                ('offered_by', models.UUIDField()),
                ('offered_at', models.DateTimeField()),
                ('waiting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='beds.waiting')),
            ],
        ),
    ]
