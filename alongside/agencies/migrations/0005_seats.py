"""A seat holds a role and a sector that there are. The signed claims are written with bars between them, so neither may hold anything else."""

from django.db import migrations

SEATS = """
set role ctxo;
alter table ctx.seat add constraint a_role_there_is check (role in
    ('caseworker', 'intake', 'specialist', 'companion', 'coordinator', 'privacy-officer', 'leader', 'administrator'));
alter table ctx.seat add constraint a_sector_there_is check (sector in ('community', 'healthcare', 'criminal-legal'));
reset role;
"""
BACK = "set role ctxo; alter table ctx.seat drop constraint a_role_there_is; alter table ctx.seat drop constraint a_sector_there_is; reset role"


class Migration(migrations.Migration):
    dependencies = [("agencies", "0004_who_may_come_in")]
    operations = [migrations.RunSQL(SEATS, BACK)]
