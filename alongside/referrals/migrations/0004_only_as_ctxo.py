"""`owner` is a member of ctxo, so that it can migrate the context; ctxo's policies are for ctxo itself, as which only its own functions run."""

from django.db import migrations

NARROW = """
do $$ declare p record; begin
    for p in select polname, polrelid::regclass as tab, pg_get_expr(polqual, polrelid) as sees, pg_get_expr(polwithcheck, polrelid) as leaves
            from pg_policy where polroles = array['ctxo'::regrole::oid] and coalesce(pg_get_expr(polqual, polrelid), '') !~ 'CURRENT_USER' loop
        execute format('alter policy %I on %s', p.polname, p.tab)
            || case when p.sees is null then '' else format(' using (current_user = ''ctxo'' and (%s))', p.sees) end
            || case when p.leaves is null then '' else format(' with check (current_user = ''ctxo'' and (%s))', p.leaves) end;
    end loop;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0003_moves"),
        ("plans", "0003_blocked_principals"),
        ("agencies", "0005_seats"),
        ("kernel", "0003_jobs"),
        ("trail", "0003_merkle"),
    ]
    operations = [migrations.RunSQL(NARROW, migrations.RunSQL.noop)]
