"""What a search needs at once: little put off in the indexes of words and needs, and an index of the places that serve more than their own division."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

PUT_OFF = 128  # kB


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_who_may")]
    operations = [
        migrations.RemoveIndex("entry", "entry_words"),
        migrations.RemoveIndex("entry", "entry_needs"),
        migrations.RemoveIndex("word", "word_trigrams"),
        migrations.AddIndex("entry", GinIndex(fields=["words"], name="entry_words", gin_pending_list_limit=PUT_OFF)),
        migrations.AddIndex("entry", GinIndex(fields=["needs"], name="entry_needs", gin_pending_list_limit=PUT_OFF)),
        migrations.AddIndex(
            "entry", GinIndex(fields=["serves"], name="entry_serves", gin_pending_list_limit=PUT_OFF, condition=~models.Q(serves=[]))
        ),
        migrations.AddIndex(
            "word", GinIndex(fields=["word"], name="word_trigrams", opclasses=["gin_trgm_ops"], gin_pending_list_limit=PUT_OFF)
        ),
    ]
