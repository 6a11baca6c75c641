"""Who reads and writes the ledger. What is released can't be changed or taken away, by grants and by a trigger."""

from django.db import migrations

from alongside.kernel.rls.operations import force_rls, grant, policy

LOOKS = "(select ctx.role()) in ('editor', 'data-steward', 'leader', 'privacy-officer')"
OURS = f"agency_id = (select ctx.agency()) and {LOOKS}"
PREPARES = "agency_id = (select ctx.agency()) and (select ctx.role()) = 'editor'"

KEPT = """
create function disclosure_keep_release() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'DELETE' then
        raise insufficient_privilege using message = 'the ledger forgets nothing';
    end if;
    if old.state <> 'proposed' or new.state not in ('published', 'dropped') then
        raise insufficient_privilege using message = 'what was released or dropped stays as it is';
    end if;
    if (to_jsonb(new) - '{state,published_by,published_at,dropped_by,dropped_at}'::text[])
        is distinct from (to_jsonb(old) - '{state,published_by,published_at,dropped_by,dropped_at}'::text[]) then
        raise insufficient_privilege using message = 'the numbers of a release are never rewritten';
    end if;
    return new;
end $$;
create trigger keep_release before update or delete on disclosure_release for each row execute function disclosure_keep_release();

create function disclosure_keep_snapshot() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    raise insufficient_privilege using message = 'numbers are taken once';
end $$;
create trigger keep_snapshot before update or delete on disclosure_snapshot for each row execute function disclosure_keep_snapshot();
create unique index disclosure_released_once on disclosure_release (cube, half, "table", audience) where state = 'published';
"""
FREED = """
drop index disclosure_released_once;
drop trigger keep_snapshot on disclosure_snapshot; drop function disclosure_keep_snapshot();
drop trigger keep_release on disclosure_release; drop function disclosure_keep_release()
"""


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_initial"), ("kernel", "0001_context"), ("agencies", "0006_two_more_roles")]
    operations = [
        force_rls("disclosure_snapshot", "disclosure_release"),
        grant("disclosure_snapshot", "select, insert"),
        policy("disclosure_snapshot", "select", LOOKS),
        policy("disclosure_snapshot", "insert", check=PREPARES),
        grant("disclosure_release", "select, insert, update"),
        policy("disclosure_release", "select", f"({OURS}) or (state = 'published' and {LOOKS})"),
        policy("disclosure_release", "insert", check=f"state = 'proposed' and {PREPARES}"),
        policy("disclosure_release", "update", f"state = 'proposed' and {OURS}", OURS),
        migrations.RunSQL(KEPT, FREED),
    ]
