"""Consent in the database: a live agreement shows what it names to whom it names, a "not them" hides it, at the next statement."""

from django.db import migrations

from alongside.kernel.rls.operations import LIVE, NOT_BLOCKED, custody, force_rls, foreign_row, grant, policy, released

MINE = "to_agency_id = (select ctx.agency()) and (to_role = '' or to_role = (select ctx.role())) and (select ctx.meets_people()) and " + NOT_BLOCKED

BLOCKS = """
set role ctxo;
-- The tables whose rows can be agreed to be shared; each folder adds its own.
create table ctx.item_table (name text primary key);

-- Writes what the "not them"s of a file amount to into the rows they hide. A trigger, so that no page can forget it; as ctxo, because
-- whoever writes down "not me either" no longer sees the file in the same moment.
create function ctx.apply_blocks() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare principals text[]; t text;
begin
    select coalesce(array_agg(distinct against), '{}') into principals from public.consent_block
        where file_id = new.file_id and item_id is null and against <> '' and lifted_at is null;
    update public.files_file set blocked_principals = principals where id = new.file_id and blocked_principals is distinct from principals;
    update public.consent_release set blocked_principals = principals where file_id = new.file_id and blocked_principals is distinct from principals;
    if new.item_id is null then
        update public.consent_releaseditem r set blocked_principals = principals || coalesce((select array_agg(b.against) from public.consent_block b
            where b.file_id = r.file_id and b.item_id = r.item_id and b.against <> '' and b.lifted_at is null), '{}')
            where r.file_id = new.file_id;
        return null;
    end if;
    select coalesce(array_agg(distinct against), '{}') into principals from public.consent_block
        where file_id = new.file_id and item_id = new.item_id and against <> '' and lifted_at is null;
    for t in select name from ctx.item_table loop
        execute format('update public.%I set blocked_principals = $1 where file_id = $2 and id = $3', t) using principals, new.file_id, new.item_id;
    end loop;
    update public.consent_releaseditem r set blocked_principals = principals || (select f.blocked_principals from public.files_file f where f.id = r.file_id)
        where r.file_id = new.file_id and r.item_id = new.item_id;
    return null;
end $$;
revoke all on function ctx.apply_blocks() from public;
grant execute on function ctx.apply_blocks() to owner, app;
reset role;
create trigger apply_blocks after insert or update on consent_block for each row execute function ctx.apply_blocks();
"""
BACK = "drop trigger apply_blocks on consent_block; drop function ctx.apply_blocks(); drop table ctx.item_table"

# Who gave and who ended an agreement, to whom and until when, is settled once written.
SETTLED = """
create function consent_settled() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if old.ended_at is not null and new.ended_at is distinct from old.ended_at then
        raise insufficient_privilege using message = 'an ended agreement stays ended';
    end if;
    if old.given_at is not null and (new.given_at, new.to_agency_id, new.to_role, new.starts_at, new.until)
            is distinct from (old.given_at, old.to_agency_id, old.to_role, old.starts_at, old.until) then
        raise insufficient_privilege using message = 'an agreement is not changed after it was given: end it and ask again';
    end if;
    return new;
end $$;
create trigger settled before update on consent_release for each row execute function consent_settled();
create trigger settled before update on consent_releaseditem for each row execute function consent_settled();
"""
UNSETTLED = "drop trigger settled on consent_releaseditem; drop trigger settled on consent_release; drop function consent_settled()"


def by_ctxo(table: str) -> list[object]:
    """Let the trigger reach a table."""
    return [
        grant(table, "select, update", to="ctxo"),
        policy(table, "select", "true", to="ctxo"),
        policy(table, "update", "true", to="ctxo"),
    ]


def items(table: str) -> list[object]:
    """Make the rows of a table something the person can agree to share, or not."""
    return [
        released(table),
        *by_ctxo(table),
        migrations.RunSQL(f"set role ctxo; insert into ctx.item_table values ('{table}'); reset role", migrations.RunSQL.noop),
    ]


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial"), ("files", "0002_custody")]
    operations = [
        *custody("consent_release"),
        *custody("consent_releaseditem", "select, insert, update, delete"),
        *custody("consent_block"),
        foreign_row("consent_releaseditem", "release_id", "consent_release"),
        migrations.RunSQL(SETTLED, UNSETTLED),
        policy("consent_release", "select", f"{MINE} and state = 'given' and {LIVE.format(g='consent_release')}", name="recipient_select"),
        policy("consent_releaseditem", "select", f"{MINE} and {LIVE.format(g='consent_releaseditem')}", name="recipient_select"),
        migrations.RunSQL(BLOCKS, BACK),
        *by_ctxo("files_file"),
        *by_ctxo("consent_release"),
        *by_ctxo("consent_releaseditem"),
        grant("consent_block", "select", to="ctxo"),
        policy("consent_block", "select", "true", to="ctxo"),
        *items("files_detail"),
        *items("files_safecontact"),
        force_rls("consent_notice"),
        grant("consent_notice", "select, insert, update"),
        policy("consent_notice", "select", "agency_id = (select ctx.agency()) and (select ctx.meets_people())"),
        policy("consent_notice", "update", "agency_id = (select ctx.agency()) and (select ctx.meets_people())"),
        policy("consent_notice", "insert", check="agency_id <> (select ctx.agency()) and (select ctx.keeps_files()) and read_at is null"),
    ]
