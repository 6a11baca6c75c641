"""How long going along takes, who it takes up, and until when its card is shown:"""

from datetime import timedelta

from django.conf import settings

from alongside.accompaniment.models.accompaniments import BUSY, COMES_BACK
from alongside.files.declarations import is_open

ON_THE_WAY = timedelta(minutes=30)  # before and after, for the way
DAYS_SHOWN = 1  # after the day itself (practice.md 7)


def times_in_sql() -> str:
    """Return what triggers, and what runs as its owner, have to know of it, as functions of PostgreSQL."""
    busy = ", ".join(f"'{state}'" for state in BUSY)
    there = ", ".join(f"'{state}'" for state in COMES_BACK)
    zone, minutes = settings.TIME_ZONE, int(ON_THE_WAY.total_seconds() // 60)
    open_file = is_open("f")
    return f"""set role ctxo;
create function ctx.time_on_the_way() returns interval
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select interval '{minutes} minutes'
$$;
create function ctx.takes_a_companion(state text) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select state in ({busy})
$$;
create function ctx.can_come_back(state text) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
    select state in ({there})
$$;
create function ctx.keeps_open(file uuid) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
    select ctx.may('keep-files')
        and exists (select 1 from public.files_file f where f.id = file and {open_file})
$$;
create function ctx.card_shown_until(until_at timestamptz) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
    select ((until_at at time zone '{zone}')::date + {DAYS_SHOWN + 1})::timestamp at time zone '{zone}'
        - interval '1 microsecond'
$$;
grant execute on function ctx.keeps_open(uuid) to app;
reset role;
"""
