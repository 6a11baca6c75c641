"""Who keeps what of the waiting lists; what of a place in line never changes; and where somebody stands, said without anybody else."""

from django.db import migrations

from alongside.kernel.rls.operations import force_rls, grant, policy

OFFERS = (
    "agency_id = (select ctx.agency()) and ((select ctx.meets_people()) or (select ctx.role()) = 'coordinator')"
    " and (select ctx.sector()) in ('community', 'healthcare')"
)

KEPT = """
-- Whoever may move somebody along may not move them in the line: the moment, the list and both agencies stay as they were written down.
create function beds_keep_place() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if (new.id, new.offering_id, new.shelter_id, new.agency_id, new.handle, new.joined_at)
        is distinct from (old.id, old.offering_id, old.shelter_id, old.agency_id, old.handle, old.joined_at) then
        raise insufficient_privilege using message = 'nobody is moved in the line';
    end if;
    return new;
end $$;
create trigger keep_place before update on beds_waiting for each row execute function beds_keep_place();

create function beds_right_list() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (select 1 from public.beds_offering o where o.id = new.offering_id and o.agency_id = new.shelter_id) then
        raise insufficient_privilege using message = 'that list is kept by another shelter';
    end if;
    return new;
end $$;
create trigger right_list before insert on beds_waiting for each row execute function beds_right_list();
"""
FREED = """
drop trigger right_list on beds_waiting; drop function beds_right_list();
drop trigger keep_place on beds_waiting; drop function beds_keep_place()
"""

# Before somebody are all who joined earlier and have no place yet. Who said yes has one, as long as it is held.
LINE = """
set role ctxo;
create or replace function ctx.bed_line(waiting uuid, at timestamptz, out ahead bigint, out offered bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select (select count(*) from public.beds_waiting o where o.offering_id = w.offering_id and (o.joined_at, o.id) < (w.joined_at, w.id)
            and (o.state in ('waiting', 'offered') or o.state = 'accepted' and not exists (
                select 1 from public.beds_hold h where h.waiting_id = o.id and h.held_at <= bed_line.at and coalesce(h.ended_at, h.until) > bed_line.at))),
        (select count(distinct h.waiting_id) from public.beds_hold h where h.offering_id = w.offering_id and h.waiting_id is not null
            and h.held_at > bed_line.at - interval '6 months' and h.held_at <= bed_line.at)
    from public.beds_waiting w where w.id = waiting and (w.agency_id = ctx.agency() and ctx.keeps_files()
        or w.shelter_id = ctx.agency() and (ctx.meets_people() or ctx.role() = 'coordinator') and ctx.sector() in ('community', 'healthcare'))
$$;
reset role;
"""
LINE_BEFORE = """
set role ctxo;
create or replace function ctx.bed_line(waiting uuid, at timestamptz, out ahead bigint, out offered bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select (select count(*) from public.beds_waiting o where o.offering_id = w.offering_id and o.state in ('waiting', 'offered')
            and (o.joined_at, o.id) < (w.joined_at, w.id)),
        (select count(distinct h.waiting_id) from public.beds_hold h where h.offering_id = w.offering_id and h.waiting_id is not null
            and h.held_at > bed_line.at - interval '6 months')
    from public.beds_waiting w where w.id = waiting and (w.agency_id = ctx.agency() and ctx.keeps_files() or w.shelter_id = ctx.agency())
$$;
reset role;
"""


class Migration(migrations.Migration):
    dependencies = [("beds", "0003_waiting_lists")]
    operations = [
        force_rls("beds_outofturn"),
        grant("beds_outofturn", "select, insert"),
        policy("beds_outofturn", "select", OFFERS),
        policy("beds_outofturn", "insert", check=OFFERS),
        migrations.RunSQL(KEPT, FREED),
        migrations.RunSQL(LINE, LINE_BEFORE),
    ]
