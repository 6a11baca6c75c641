""" "Not them" of somebody in another agency, by the name the person knows: nobody at the desk learns whether there is such a worker."""

from django.db import migrations

import alongside.kernel.rls.models
from alongside.kernel.rls.operations import grant, policy

BY_NAME = """
set role ctxo;
-- The principals that are an agency's workers who go by that name (whole, or the first one); or, where nobody does, one that looks the same and fits nobody.
create function ctx.worker_principals(agency uuid, called text) returns text[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(
        (select array_agg('worker:' || w.id order by w.id) from public.agencies_worker w
            where w.agency_id = agency and lower(btrim(called)) in (lower(w.name), lower(split_part(w.name, ' ', 1)))),
        (select array['worker:' || substr(encode(sha256(s.outer_pad || convert_to(agency || lower(btrim(called)), 'UTF8')), 'hex'), 1, 32)::uuid]
            from ctx.secret s))
    where ctx.keeps_files()
$$;
revoke all on function ctx.worker_principals(uuid, text) from public;
grant execute on function ctx.worker_principals(uuid, text) to app, owner;
reset role;
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_held_by_the_database"), ("agencies", "0005_seats")]
    operations = [
        migrations.AddField("block", "words", alongside.kernel.rls.models.Sealed(null=True)),
        grant("agencies_worker", "select", to="ctxo"),
        policy("agencies_worker", "select", "current_user = 'ctxo'", to="ctxo", name="ctxo_by_name"),
        migrations.RunSQL(BY_NAME, "drop function ctx.worker_principals(uuid, text)"),
    ]
