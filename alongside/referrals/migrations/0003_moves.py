"""The agency asked may only move a request along the closed loop, and what hides a row is the database's to write."""

from django.db import migrations

MOVES = """
create function referrals_moves() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    if current_user = 'app' and old.agency_id is distinct from ctx.agency() and new.state is distinct from old.state and not (
            (old.state = 'requested' and new.state in ('accepted', 'rejected'))
            or (old.state = 'accepted' and new.state in ('in-progress', 'on-hold', 'completed', 'failed'))
            or (old.state = 'in-progress' and new.state in ('on-hold', 'completed', 'failed'))
            or (old.state = 'on-hold' and new.state in ('in-progress', 'completed', 'failed'))) then
        raise insufficient_privilege using message = 'the agency asked can''t move it there';
    end if;
    return new;
end $$;
create trigger moves before update on referrals_referral for each row execute function referrals_moves();
create trigger keep_blocked_principals before insert or update on referrals_referral for each row execute function consent_keep_blocked_principals();
create trigger keep_blocked_principals before insert or update on referrals_referralintake for each row execute function consent_keep_blocked_principals();
"""
BACK = """
drop trigger keep_blocked_principals on referrals_referralintake;
drop trigger keep_blocked_principals on referrals_referral;
drop trigger moves on referrals_referral;
drop function referrals_moves();
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_two_sides"), ("consent", "0003_held_by_the_database")]
    operations = [migrations.RunSQL(MOVES, BACK)]
