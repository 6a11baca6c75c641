"""A request stays what was asked, of whom and by whom, and each side says only what is its own to say: held by the database, whatever a page does."""

from django.db import migrations

KEPT = """
create function beds_keep_request() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare who uuid := ctx.agency();
begin
    if who is null then  -- nobody signed: the policies show such a statement of `app` no row at all
        return new;
    end if;
    if (new.id, new.offering_id, new.shelter_id, new.agency_id, new.handle, new.drafted_at)
        is distinct from (old.id, old.offering_id, old.shelter_id, old.agency_id, old.handle, old.drafted_at) then
        raise insufficient_privilege using message = 'a request is not passed on';
    end if;
    if old.state <> 'drafted' and (new.age, new.gender, new.household, new.children, new.circumstances, new.languages, new.asked_by, new.asked_at)
        is distinct from (old.age, old.gender, old.household, old.children, old.circumstances, old.languages, old.asked_by, old.asked_at) then
        raise insufficient_privilege using message = 'what was asked stays as it was asked';
    end if;
    if new.state <> old.state and (old.state in ('arrived', 'declined', 'not-offered')
            or new.state in ('arrived', 'no-show', 'not-offered') and who is distinct from new.shelter_id
            or new.state in ('asked', 'offered', 'accepted', 'en-route', 'declined', 'released') and who is distinct from new.agency_id)
        or new.answer <> old.answer and who is distinct from new.shelter_id then
        raise insufficient_privilege using message = 'that is for the other agency to say';
    end if;
    return new;
end $$;
create trigger keep_request before update on beds_request for each row execute function beds_keep_request();

create function beds_right_house() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if (new.state <> 'drafted' and ctx.agency() is not null) or not exists (select 1 from public.beds_offering o where o.id = new.offering_id and o.agency_id = new.shelter_id) then
        raise insufficient_privilege using message = 'that place is kept by another shelter';
    end if;
    return new;
end $$;
create trigger right_house before insert on beds_request for each row execute function beds_right_house();
"""
FREED = """
drop trigger right_house on beds_request; drop function beds_right_house();
drop trigger keep_request on beds_request; drop function beds_keep_request()
"""


class Migration(migrations.Migration):
    dependencies = [("beds", "0005_who_wrote_it_down")]
    operations = [migrations.RunSQL(KEPT, FREED)]
