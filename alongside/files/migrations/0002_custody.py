"""Files and what is in them: seen by the custodian's workers who meet people, and by nobody else. Consent adds to this later."""

from django.db import migrations

from alongside.kernel.rls.operations import NOT_BLOCKED, custody, force_rls, foreign_file, grant, policy

OWN = "agency_id = (select ctx.agency()) and (select ctx.keeps_files())"
PRIVACY = "agency_id = (select ctx.agency()) and (select ctx.role()) = 'privacy-officer'"


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("kernel", "0001_context"), ("trail", "0002_append_only")]
    operations = [
        force_rls("files_file"),
        grant("files_file", "select, insert, update"),
        policy("files_file", "select", f"{OWN} and {NOT_BLOCKED}", name="custody_select"),
        policy("files_file", "insert", check=f"{OWN} and blocked_principals = '{{}}'", name="custody_insert"),
        policy("files_file", "update", f"{OWN} and {NOT_BLOCKED}", OWN, name="custody_update"),
        *custody("files_detail"),
        *custody("files_safecontact", "select, insert, update, delete"),
        force_rls("files_searchterm"),
        grant("files_searchterm", "select, insert, delete"),
        policy("files_searchterm", "select", f"{OWN} and exists (select 1 from files_file f where f.id = file_id)", name="custody_select"),
        policy("files_searchterm", "insert", check=f"{OWN} and exists (select 1 from files_file f where f.id = file_id)", name="custody_insert"),
        policy("files_searchterm", "delete", f"{OWN} and exists (select 1 from files_file f where f.id = file_id)", name="custody_delete"),
        foreign_file("files_searchterm"),
        migrations.RunSQL("create index files_searchterm_file on files_searchterm (file_id)", "drop index files_searchterm_file"),
        migrations.RunSQL(
            "create policy blocked on trail_entry as restrictive for select to app using (file_id is null or "
            "(select ctx.role()) = 'privacy-officer' or exists (select 1 from files_file f where f.id = file_id))",
            "drop policy blocked on trail_entry",
        ),
    ]
