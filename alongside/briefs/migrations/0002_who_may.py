"""Who sees what of a brief: its own agency's editors, leaders and privacy officers; of a proof also the data steward it names; of a public edition anybody.

And what the database itself holds to: only what is being written is written on, signatures and editions are never changed or removed.
"""

from django.db import migrations

from alongside.kernel.rls.operations import force_rls, grant, policy

OWN = "agency_id = (select ctx.agency())"
EDITS = f"{OWN} and (select ctx.role()) = 'editor'"
LOOKS = f"{OWN} and (select ctx.role()) in ('editor', 'leader', 'privacy-officer')"
STEWARDS = "steward_agency_id = (select ctx.agency()) and (select ctx.role()) = 'data-steward' and state <> 'drafting'"
SEEN = "exists (select 1 from briefs_brief b where b.id = brief_id)"
WRITTEN = "exists (select 1 from briefs_brief b where b.id = brief_id and b.agency_id = {table}.agency_id and b.state = 'drafting')"
PARTS = ("briefs_section", "briefs_sectionquote", "briefs_sectionfigure", "briefs_check")
TABLES = ("briefs_brief", *PARTS, "briefs_proof", "briefs_signature", "briefs_edition")
BY_ME = "{column} = (select ctx.worker())"
IN_PROOF = (
    "exists (select 1 from briefs_proof p join briefs_brief b on b.id = p.brief_id where b.id = briefs_signature.brief_id"
    " and p.checksum = briefs_signature.checksum and b.state = 'proof'"
    " and (b.agency_id = (select ctx.agency()) and (select ctx.role()) in ('editor', 'leader', 'privacy-officer')"
    " or b.steward_agency_id = (select ctx.agency()) and b.concerns_indigenous and (select ctx.role()) = 'data-steward'))"
)
SIGNED = (
    "exists (select 1 from briefs_proof p join briefs_brief b on b.id = p.brief_id where b.id = briefs_edition.brief_id"
    " and b.agency_id = briefs_edition.agency_id and b.slug = briefs_edition.slug and p.checksum = briefs_edition.checksum and b.state = 'signed')"
)
FROZEN = """
create function briefs_frozen() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    raise insufficient_privilege using message = 'what was signed or published is never changed';
end $$;
revoke all on function briefs_frozen() from public;
grant execute on function briefs_frozen() to app;
create trigger frozen before update or delete on briefs_edition for each row execute function briefs_frozen();
create trigger never_emptied before truncate on briefs_edition for each statement execute function briefs_frozen();
create trigger frozen before update or delete on briefs_signature for each row execute function briefs_frozen();

create function briefs_moves() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        if new.state <> 'drafting' then
            raise insufficient_privilege using message = 'a brief begins by being written';
        end if;
        return new;
    end if;
    if (new.id, new.agency_id, new.begun_by_id, new.begun_at) is distinct from (old.id, old.agency_id, old.begun_by_id, old.begun_at) then
        raise insufficient_privilege using message = 'a brief stays whose it is';
    end if;
    if (old.state <> 'drafting' or ctx.role() is distinct from 'editor')
            and to_jsonb(new) - array['state', 'moved_by_id', 'moved_at'] is distinct from to_jsonb(old) - array['state', 'moved_by_id', 'moved_at'] then
        raise insufficient_privilege using message = 'only what is being written is changed, and by an editor';
    end if;
    if new.state <> old.state and not (old.state || '>' || new.state) = any (array[
            'drafting>proof', 'proof>drafting', 'proof>signed', 'signed>drafting', 'signed>published', 'published>drafting']) then
        raise insufficient_privilege using message = 'a brief does not go there from where it stands';
    end if;
    if new.state = 'signed' and old.state <> 'signed' and 2 > (
            select count(distinct s.signed_by_id) from public.briefs_signature s join public.briefs_proof p on p.brief_id = s.brief_id and p.checksum = s.checksum
            where s.brief_id = new.id and s.agency_id = new.agency_id) then
        raise insufficient_privilege using message = 'two people sign';
    end if;
    if new.state = 'signed' and old.state <> 'signed' and new.concerns_indigenous and not exists (
            select 1 from public.briefs_signature s join public.briefs_proof p on p.brief_id = s.brief_id and p.checksum = s.checksum
            where s.brief_id = new.id and s.agency_id = new.steward_agency_id and s.role = 'data-steward') then
        raise insufficient_privilege using message = 'the data steward signs';
    end if;
    if new.state = 'published' and old.state <> 'published' and not exists (
            select 1 from public.briefs_edition e join public.briefs_proof p on p.brief_id = e.brief_id and p.checksum = e.checksum where e.brief_id = new.id) then
        raise insufficient_privilege using message = 'what is published is an edition';
    end if;
    return new;
end $$;
revoke all on function briefs_moves() from public;
grant execute on function briefs_moves() to app;
create trigger moves before insert or update on briefs_brief for each row execute function briefs_moves();
"""
UNDONE = """
drop trigger moves on briefs_brief; drop function briefs_moves();
drop trigger frozen on briefs_signature; drop trigger never_emptied on briefs_edition; drop trigger frozen on briefs_edition; drop function briefs_frozen()
"""


def written(table):
    """A part of a brief: seen by its agency, written by its editors while the brief is being written."""
    editing = f"{EDITS} and {WRITTEN.format(table=table)}"
    return [
        grant(table, "select, insert, update, delete"),
        policy(table, "select", f"{LOOKS} and {SEEN}"),
        policy(table, "insert", check=editing),
        policy(table, "update", editing, editing),
        policy(table, "delete", editing),
    ]


class Migration(migrations.Migration):
    dependencies = [("briefs", "0001_initial"), ("kernel", "0004_claims_once")]
    operations = [
        force_rls(*TABLES),
        grant("briefs_brief", "select, insert, update"),
        policy("briefs_brief", "select", f"{LOOKS} or {STEWARDS}"),
        policy("briefs_brief", "insert", check=f"{EDITS} and {BY_ME.format(column='begun_by_id')}"),
        policy("briefs_brief", "update", LOOKS, LOOKS),
        *(operation for table in PARTS for operation in written(table)),
        grant("briefs_proof", "select, insert, delete"),
        policy("briefs_proof", "select", SEEN),
        policy("briefs_proof", "insert", check=f"{EDITS} and {WRITTEN.format(table='briefs_proof')} and {BY_ME.format(column='made_by_id')}"),
        policy("briefs_proof", "delete", EDITS),
        grant("briefs_signature", "select, insert"),
        policy("briefs_signature", "select", SEEN),
        policy(
            "briefs_signature", "insert",
            check=f"{OWN} and {BY_ME.format(column='signed_by_id')} and role = (select ctx.role()) and {IN_PROOF}",
        ),
        grant("briefs_edition", "select, insert"),
        policy("briefs_edition", "select", f"audience = 'public' or {LOOKS}"),
        policy("briefs_edition", "insert", check=f"{EDITS} and {BY_ME.format(column='published_by_id')} and {SIGNED}"),
        migrations.RunSQL(FROZEN, UNDONE),
    ]  # fmt: skip
