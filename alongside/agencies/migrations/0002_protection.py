"""Who may see and arrange agencies, seats, accounts and second factors."""

from django.db import migrations

from alongside.kernel.rls.operations import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_first_release"),
        ("trail", "0001_first_release"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("account", "0001_initial"),
    ]

    operations = [
        Protect(
            "functions",
            """
grant usage on all sequences in schema public to app;
create trigger keep_seat after insert or update on agencies_worker for each row execute function ctx.keep_seat();
""",
            """
drop trigger keep_seat on agencies_worker;
""",
        ),
        Protect(
            "permissions",
            """
set role ctxo;
create or replace function ctx.may(permission text) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
    return coalesce(case permission
        when 'meet-people' then ctx.role() in ('caseworker', 'intake', 'specialist', 'companion')
        when 'keep-files' then ctx.role() in ('caseworker', 'intake', 'specialist', 'companion') and ctx.sector() in ('community', 'healthcare')
        when 'look-for-beds' then ctx.role() in ('caseworker', 'intake', 'specialist', 'companion', 'coordinator', 'privacy-officer', 'leader', 'administrator', 'editor', 'data-steward') and ctx.sector() in ('community', 'healthcare')
        when 'answer-for-beds' then ctx.role() in ('caseworker', 'intake', 'specialist', 'companion', 'coordinator') and ctx.sector() in ('community', 'healthcare')
        when 'keep-programmes' then ctx.role() in ('caseworker', 'intake', 'specialist', 'companion', 'coordinator', 'leader') and ctx.sector() in ('community', 'healthcare')
        when 'record-barriers' then ctx.role() in ('caseworker', 'intake', 'specialist', 'companion', 'coordinator')
        when 'read-gaps' then ctx.role() in ('caseworker', 'coordinator', 'privacy-officer', 'leader')
        when 'import-lists' then ctx.role() in ('coordinator', 'leader', 'administrator')
        when 'edit-evidence' then ctx.role() in ('editor')
        when 'read-numbers' then ctx.role() in ('privacy-officer', 'leader', 'editor', 'data-steward')
        when 'release-numbers' then ctx.role() in ('privacy-officer', 'leader', 'editor', 'data-steward')
        when 'give-numbers' then ctx.role() in ('leader')
        when 'read-briefs' then ctx.role() in ('privacy-officer', 'leader', 'editor', 'data-steward')
        when 'sign-briefs' then ctx.role() in ('privacy-officer', 'leader', 'editor')
        when 'steward-data' then ctx.role() in ('data-steward')
        when 'oversee-access' then ctx.role() in ('privacy-officer')
        when 'arrange-seats' then ctx.role() in ('administrator')
    end, false);
end $$;
alter table ctx.seat add constraint a_role_there_is check (role in ('caseworker', 'intake', 'specialist', 'companion', 'coordinator', 'privacy-officer', 'leader', 'administrator', 'editor', 'data-steward'));
alter table ctx.seat add constraint a_sector_there_is check (sector in ('community', 'healthcare', 'criminal-legal'));
reset role;
""",
            """
alter table ctx.seat drop constraint a_sector_there_is;
alter table ctx.seat drop constraint a_role_there_is;
""",
        ),
        Protect(
            "agencies_agency",
            """
alter table agencies_agency enable row level security;
alter table agencies_agency force row level security;
grant select, insert, update (name, name_fr, face, face_fr, kind, regime, division) on agencies_agency to app;
create policy app_select on agencies_agency for select to app using ((select ctx.account()) is not null or coalesce((select ctx.role()) = 'operator', false) or (select ctx.signing_in()));
create policy app_insert on agencies_agency for insert to app with check (coalesce((select ctx.role()) = 'operator', false));
create policy app_update on agencies_agency for update to app using (coalesce((select ctx.role()) = 'operator', false) or ((select ctx.arranges_seats()) and id = (select ctx.agency())));
grant select on agencies_agency to ctxo;
create policy ctxo_select on agencies_agency for select to ctxo using (current_user = 'ctxo');
""",
            """
drop policy ctxo_select on agencies_agency;
revoke select on agencies_agency from ctxo;
drop policy app_update on agencies_agency;
drop policy app_insert on agencies_agency;
drop policy app_select on agencies_agency;
revoke select, insert, update (name, name_fr, face, face_fr, kind, regime, division) on agencies_agency from app;
alter table agencies_agency no force row level security;
alter table agencies_agency disable row level security;
""",
        ),
        Protect(
            "agencies_account",
            """
alter table agencies_account enable row level security;
alter table agencies_account force row level security;
grant select, insert, update (password) on agencies_account to app;
create policy app_select on agencies_account for select to app using (id = (select ctx.account()) or (select ctx.signing_in()) or coalesce((select ctx.role()) = 'operator', false));
create policy app_insert on agencies_account for insert to app with check (((select ctx.signing_in()) and exists (select 1 from agencies_invitation i where i.code_hash = (select ctx.shown_code()) and i.accepted_at is null and i.withdrawn_at is null and i.until > statement_timestamp())) or coalesce((select ctx.role()) = 'operator', false));
create policy app_update on agencies_account for update to app using (id = (select ctx.account()) or ((select ctx.signing_in()) and exists (select 1 from agencies_recovery r where r.code_hash = (select ctx.shown_code()) and r.account_id = agencies_account.id and r.used_at is null and r.withdrawn_at is null and r.until > statement_timestamp())));
""",
            """
drop policy app_update on agencies_account;
drop policy app_insert on agencies_account;
drop policy app_select on agencies_account;
revoke select, insert, update (password) on agencies_account from app;
alter table agencies_account no force row level security;
alter table agencies_account disable row level security;
""",
        ),
        Protect(
            "agencies_worker",
            """
alter table agencies_worker enable row level security;
alter table agencies_worker force row level security;
grant select, insert, update (name, role, left_at) on agencies_worker to app;
create policy app_update on agencies_worker for update to app using (((select ctx.arranges_seats()) and agency_id = (select ctx.agency())) or coalesce((select ctx.role()) = 'operator', false));
create policy app_select on agencies_worker for select to app using (agency_id = (select ctx.agency()) or account_id = (select ctx.account()) or account_id = (select ctx.signing_in_account()) or coalesce((select ctx.role()) = 'operator', false));
create policy app_insert on agencies_worker for insert to app with check (((select ctx.signing_in()) and exists (select 1 from agencies_invitation i where i.code_hash = (select ctx.shown_code()) and i.accepted_at is null and i.withdrawn_at is null and i.until > statement_timestamp() and i.agency_id = agencies_worker.agency_id and i.role = agencies_worker.role and i.name = agencies_worker.name)) or coalesce((select ctx.role()) = 'operator', false));
""",
            """
drop policy app_insert on agencies_worker;
drop policy app_select on agencies_worker;
drop policy app_update on agencies_worker;
revoke select, insert, update (name, role, left_at) on agencies_worker from app;
alter table agencies_worker no force row level security;
alter table agencies_worker disable row level security;
""",
        ),
        Protect(
            "agencies_invitation",
            """
alter table agencies_invitation enable row level security;
alter table agencies_invitation force row level security;
grant select, insert, update (confirmed_by_id, confirmed_at, code_hash, until, accepted_at, withdrawn_at) on agencies_invitation to app;
create policy app_select on agencies_invitation for select to app using (((select ctx.arranges_seats()) and agency_id = (select ctx.agency())) or ((select ctx.signing_in()) and code_hash = (select ctx.shown_code())) or coalesce((select ctx.role()) = 'operator', false));
create policy app_insert on agencies_invitation for insert to app with check ((((select ctx.arranges_seats()) and agency_id = (select ctx.agency())) and invited_by_id = (select ctx.worker())) or coalesce((select ctx.role()) = 'operator', false));
create policy app_update on agencies_invitation for update to app using (((select ctx.arranges_seats()) and agency_id = (select ctx.agency())) or ((select ctx.signing_in()) and code_hash = (select ctx.shown_code())));
""",
            """
drop policy app_update on agencies_invitation;
drop policy app_insert on agencies_invitation;
drop policy app_select on agencies_invitation;
revoke select, insert, update (confirmed_by_id, confirmed_at, code_hash, until, accepted_at, withdrawn_at) on agencies_invitation from app;
alter table agencies_invitation no force row level security;
alter table agencies_invitation disable row level security;
""",
        ),
        Protect(
            "agencies_recovery",
            """
alter table agencies_recovery enable row level security;
alter table agencies_recovery force row level security;
grant select, insert, update (confirmed_by_id, confirmed_at, code_hash, until, used_at, withdrawn_at) on agencies_recovery to app;
create policy app_select on agencies_recovery for select to app using (agency_id = (select ctx.agency()) or ((select ctx.signing_in()) and code_hash = (select ctx.shown_code())) or coalesce((select ctx.role()) = 'operator', false));
create policy app_insert on agencies_recovery for insert to app with check ((((select ctx.arranges_seats()) and agency_id = (select ctx.agency())) and started_by_id = (select ctx.worker()) and code_hash is null) or coalesce((select ctx.role()) = 'operator', false));
create policy app_update on agencies_recovery for update to app using (agency_id = (select ctx.agency()) or ((select ctx.signing_in()) and code_hash = (select ctx.shown_code()))) with check ((agency_id = (select ctx.agency()) and (confirmed_by_id = (select ctx.worker()) or withdrawn_at is not null)) or ((select ctx.signing_in()) and code_hash = (select ctx.shown_code())));
""",
            """
drop policy app_update on agencies_recovery;
drop policy app_insert on agencies_recovery;
drop policy app_select on agencies_recovery;
revoke select, insert, update (confirmed_by_id, confirmed_at, code_hash, until, used_at, withdrawn_at) on agencies_recovery from app;
alter table agencies_recovery no force row level security;
alter table agencies_recovery disable row level security;
""",
        ),
        Protect(
            "mfa_authenticator",
            """
alter table mfa_authenticator enable row level security;
alter table mfa_authenticator force row level security;
grant select, insert, update, delete on mfa_authenticator to app;
create policy app_select on mfa_authenticator for select to app using (user_id = (select ctx.account()) or user_id = (select ctx.signing_in_account()) or ((select ctx.signing_in()) and type = 'webauthn'));
create policy app_insert on mfa_authenticator for insert to app with check (user_id = (select ctx.account()));
create policy app_update on mfa_authenticator for update to app using (user_id = (select ctx.account()) or user_id = (select ctx.signing_in_account()));
create policy app_delete on mfa_authenticator for delete to app using (user_id = (select ctx.account()) or ((select ctx.signing_in()) and exists (select 1 from agencies_recovery r where r.code_hash = (select ctx.shown_code()) and r.account_id = mfa_authenticator.user_id and r.used_at is null and r.withdrawn_at is null and r.until > statement_timestamp() and r.also_second_step)));
""",
            """
drop policy app_delete on mfa_authenticator;
drop policy app_update on mfa_authenticator;
drop policy app_insert on mfa_authenticator;
drop policy app_select on mfa_authenticator;
revoke select, insert, update, delete on mfa_authenticator from app;
alter table mfa_authenticator no force row level security;
alter table mfa_authenticator disable row level security;
""",
        ),
        Protect(
            "account_emailaddress",
            """
alter table account_emailaddress enable row level security;
alter table account_emailaddress force row level security;
grant select on account_emailaddress to app;
create policy app_select on account_emailaddress for select to app using (user_id = (select ctx.account()));
""",
            """
drop policy app_select on account_emailaddress;
revoke select on account_emailaddress from app;
alter table account_emailaddress no force row level security;
alter table account_emailaddress disable row level security;
""",
        ),
        Protect(
            "account_emailconfirmation",
            """
alter table account_emailconfirmation enable row level security;
alter table account_emailconfirmation force row level security;
create policy app_select on account_emailconfirmation for select to app using (false);
""",
            """
drop policy app_select on account_emailconfirmation;
alter table account_emailconfirmation no force row level security;
alter table account_emailconfirmation disable row level security;
""",
        ),
    ]
