"""Append-only by privilege and by trigger; the actor comes from the signed context, never from the statement."""

from django.db import migrations

from alongside.kernel.rls.operations import force_rls, grant, policy

STAMP = """
create function trail_stamp() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    if ctx.role() is null or ctx.role() = 'signing-in' then
        raise insufficient_privilege using message = 'nobody is asking';
    end if;
    new.worker_id := ctx.worker();
    new.agency_id := ctx.agency();
    new.role := ctx.role();
    new.purpose := ctx.purpose();
    new.at := clock_timestamp();
    new.xid := pg_current_xact_id()::text::bigint;
    return new;
end $$;
create trigger stamp before insert on trail_entry for each row execute function trail_stamp();

create function trail_refuse() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    raise insufficient_privilege using message = 'the trail is append-only';
end $$;
create trigger append_only before update or delete on trail_entry for each row execute function trail_refuse();
create trigger never_emptied before truncate on trail_entry for each statement execute function trail_refuse();
"""
BACK = "drop trigger never_emptied on trail_entry; drop trigger append_only on trail_entry; drop trigger stamp on trail_entry; drop function trail_refuse(); drop function trail_stamp()"


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial"), ("kernel", "0001_context")]
    operations = [
        force_rls("trail_entry"),
        grant("trail_entry", "select, insert"),
        migrations.RunSQL(STAMP, BACK),
        policy("trail_entry", "insert", check="(select ctx.role()) is not null and agency_id is not distinct from (select ctx.agency())"),
        policy(
            "trail_entry",
            "select",
            "custodian_id = (select ctx.agency()) and ((select ctx.role()) = 'privacy-officer' or (select ctx.keeps_files()))",
        ),
        grant("trail_entry", "select", to="log_writer"),
        policy("trail_entry", "select", "true", to="log_writer"),
    ]
