"""Names to keep apart are gone two days after a request last moved, whether or not anybody touched it again: nobody looks for a bed of the night before last."""

from django.db import migrations

from alongside.kernel.rls.operations import grant, policy

AS_CTXO = "current_user = 'ctxo'"
SWEPT = """
set role ctxo;
create function ctx.sweep_names(secret text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n integer;
begin
    if not ctx._proven(secret) then return 0; end if;
    update public.beds_request r set keep_apart = null where r.keep_apart is not null and r.moved_at < statement_timestamp() - interval '2 days';
    get diagnostics n = row_count;
    return n;
end $$;
revoke all on function ctx.sweep_names(text) from public;
grant execute on function ctx.sweep_names(text) to app;
reset role;
"""


class Migration(migrations.Migration):
    dependencies = [("beds", "0006_whose_move")]
    operations = [
        grant("beds_request", "select (id, keep_apart, moved_at), update (keep_apart)", to="ctxo"),
        policy("beds_request", "select", AS_CTXO, to="ctxo"),
        policy("beds_request", "update", AS_CTXO, AS_CTXO, to="ctxo"),
        migrations.RunSQL(SWEPT, "set role ctxo; drop function ctx.sweep_names(text); reset role"),
    ]
