"""A referral has two sides: the custodian's, and the agency asked, which sees it while the agreement lives and may only move it along."""

from django.db import migrations

from alongside.kernel.rls.operations import NOT_BLOCKED, custody, foreign_row, grant, policy

ADDRESSED = (
    "to_agency_id = (select ctx.agency()) and (to_role = '' or to_role = (select ctx.role())) and (select ctx.meets_people()) "
    f"and state <> 'draft' and {NOT_BLOCKED} and exists (select 1 from consent_release r where r.file_id = referrals_referral.file_id "
    "and r.id = referrals_referral.release_id and r.to_agency_id = (select ctx.agency()))"
)

# What the agency asked may not touch: whom it is about, what was agreed, what was asked, what was written.
GUARD = """
create function referrals_guard() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare settled text[] := array['file_id', 'id', 'agency_id', 'to_agency_id', 'to_role', 'handle', 'entry_id', 'need', 'priority_id', 'ours', 'release_id',
    'introduction', 'introduction_approved_at', 'answer_by', 'written_by', 'written_at', 'requested_by', 'requested_at', 'noted_at', 'outcome', 'blocked_principals'];
begin
    if old.agency_id is distinct from ctx.agency() and current_user = 'app'
            and (select jsonb_object_agg(k, to_jsonb(old) -> k) from unnest(settled) k) is distinct from
                (select jsonb_object_agg(k, to_jsonb(new) -> k) from unnest(settled) k) then
        raise insufficient_privilege using message = 'only the answer may be changed here';
    end if;
    if old.state <> 'draft' and new.release_id is distinct from old.release_id then
        raise insufficient_privilege using message = 'a sent request keeps its agreement';
    end if;
    return new;
end $$;
create trigger guard before update on referrals_referral for each row execute function referrals_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("plans", "0002_custody"), ("gaps", "0002_who_may")]
    operations = [
        *custody("referrals_referral"),
        policy("referrals_referral", "select", ADDRESSED, name="addressed_select"),
        policy("referrals_referral", "update", ADDRESSED, ADDRESSED, name="addressed_update"),
        foreign_row("referrals_referral", "release_id", "consent_release"),
        foreign_row("referrals_referral", "priority_id", "plans_priority"),
        migrations.RunSQL(GUARD, "drop trigger guard on referrals_referral; drop function referrals_guard()"),
        grant("referrals_referral", "select, update", to="ctxo"),
        policy("referrals_referral", "select", "true", to="ctxo"),
        policy("referrals_referral", "update", "true", to="ctxo"),
        migrations.RunSQL("set role ctxo; insert into ctx.item_table values ('referrals_referral'); reset role", migrations.RunSQL.noop),
        *custody("referrals_referralintake"),
    ]
