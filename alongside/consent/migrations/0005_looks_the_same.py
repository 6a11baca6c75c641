"""The principal that fits nobody looks like a worker's own in every bit: its version, its variant, and a moment after the agency was there."""

from django.db import migrations

SAME = """
set role ctxo;
create or replace function ctx.worker_principals(agency uuid, called text) returns text[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select coalesce(
        (select array_agg('worker:' || w.id order by w.id) from public.agencies_worker w
            where w.agency_id = agency and lower(btrim(called)) in (lower(w.name), lower(split_part(w.name, ' ', 1)))),
        (select array['worker:' || (
                lpad(to_hex(('x' || left(replace(agency::text, '-', ''), 12))::bit(48)::bigint + ('x' || left(m.h, 8))::bit(32)::bigint / 4), 12, '0')
                || '7' || substr(m.h, 9, 3) || substr('89ab', 1 + (('x' || substr(m.h, 12, 1))::bit(4)::int & 3), 1) || substr(m.h, 13, 15))::uuid]
            from (select encode(sha256(s.outer_pad || convert_to(agency || lower(btrim(called)), 'UTF8')), 'hex') as h from ctx.secret s) m))
    where ctx.keeps_files()
$$;
reset role;
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0004_by_name")]
    operations = [migrations.RunSQL(SAME, migrations.RunSQL.noop)]
