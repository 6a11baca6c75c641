"""The job queue, granted to `app`: whoever serves pages defers jobs in the same transaction, and the worker runs them."""

from django.db import migrations

GRANT = """
do $$ declare name text; begin
    for name in select oid::regclass::text from pg_class where relname like 'procrastinate\\_%' and relkind = 'r' loop
        execute format('grant select, insert, update, delete on %s to app', name);
    end loop;
    for name in select oid::regclass::text from pg_class where relname like 'procrastinate\\_%' and relkind = 'S' loop
        execute format('grant usage, select on sequence %s to app', name);
    end loop;
    for name in select oid::regprocedure::text from pg_proc where proname like 'procrastinate\\_%' loop
        execute format('grant execute on function %s to app', name);
    end loop;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_sign_in"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [migrations.RunSQL(GRANT, migrations.RunSQL.noop)]
