-- What must never be true of this database (security.md D1). Every row is one finding: the rule, and the object that breaks it.
-- %(plain)s: tables without row-level security, %(definers)s: functions that may run as their owner, %(unique)s: unique indexes that tell nothing.
with ours as (
    select c.oid, c.oid::regclass::text as name, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relowner, c.relispartition, c.reloptions
    from pg_class c
    where c.relnamespace::regnamespace::text !~ '^pg_' and c.relnamespace::regnamespace::text <> 'information_schema'
      and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
), tables as (
    select * from ours where relkind in ('r', 'p')
), personal as (
    select * from tables where not name = any(%(plain)s) and name !~ '^ctx\.'
), functions as (
    select p.*, p.oid::regprocedure::text as name
    from pg_proc p
    where p.pronamespace::regnamespace::text !~ '^pg_' and p.pronamespace::regnamespace::text <> 'information_schema'
      and not exists (select 1 from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
), policies as (
    select p.oid, p.polname || ' on ' || p.polrelid::regclass as name, p.polpermissive, p.polroles,
        coalesce(pg_get_expr(p.polqual, p.polrelid), '') as sees, coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') as leaves
    from pg_policy p
)
select 'rls-off' as rule, name from personal where not relrowsecurity
union all select 'rls-not-forced', name from tables where relrowsecurity and not relforcerowsecurity
union all select 'no-policy', name from tables where relrowsecurity and not exists (select 1 from pg_policy p where p.polrelid = tables.oid)
union all select 'policy-to-public', name from policies where '0' = any(polroles)
union all select 'policy-true', name from policies
    where polpermissive and ('app'::regrole = any(polroles) or '0' = any(polroles)) and (sees = 'true' or leaves = 'true')
union all select 'call-per-row', name from policies
    where regexp_replace(sees || ' ' || leaves, '\( SELECT ctx\.[a-z_]+\(([0-9]*|''[a-z-]+''::text)\) AS [a-z_]+\)', '', 'g') ~ 'ctx\.|current_setting'
       or exists (select 1 from pg_depend d join pg_proc f on f.oid = d.refobjid
                  where d.classid = 'pg_policy'::regclass and d.objid = policies.oid and d.refclassid = 'pg_proc'::regclass
                    and f.pronamespace <> 'ctx'::regnamespace and f.pronamespace <> 'pg_catalog'::regnamespace)
union all select 'view-of-its-owner', name from ours
    where relkind = 'v' and not coalesce(reloptions && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false)
union all select 'copy-readable', name from ours where relkind in ('m', 'f') and has_table_privilege('app', oid, 'select')
union all select 'more-than-rows', name from ours where relkind in ('r', 'p', 'v') and has_table_privilege('app', oid, 'truncate, references, trigger')
union all select 'write-unguarded', name from tables
    where not relforcerowsecurity and not name = any(%(written)s)
      and (has_any_column_privilege('app', oid, 'insert, update') or has_table_privilege('app', oid, 'delete'))
      and not exists (select 1 from pg_trigger t where t.tgrelid = tables.oid and t.tgname like 'guarded%%' and t.tgenabled in ('O', 'A'))
union all select 'update-whole', name from tables where has_table_privilege('app', oid, 'update')
union all select 'large-objects', p.oid::regprocedure::text from pg_proc p
    where p.proname in ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_import', 'lo_open', 'lo_put', 'lowrite')
      and p.pronamespace = 'pg_catalog'::regnamespace and has_function_privilege('app', p.oid, 'execute')
union all select 'role-setting', s.setrole::regrole || ': ' || split_part(c, '=', 1) from pg_db_role_setting s, unnest(s.setconfig) c
    where s.setrole in ('app'::regrole, 'log_writer'::regrole, 'ctxo'::regrole, 'owner'::regrole)
      and (s.setdatabase <> 0 or not split_part(c, '=', 1) = any(array['track_activities', 'statement_timeout', 'idle_in_transaction_session_timeout', 'lock_timeout']))
union all select 'partition-granted', name from tables where relispartition and relkind = 'r' and has_table_privilege('app', oid, 'select, insert, update, delete')
union all select 'definer-not-listed', name from functions where prosecdef and not name = any(%(definers)s)
union all select 'definer-path-open', name from functions
    where prosecdef and not coalesce(array_to_string(proconfig, ';') ~ 'search_path=pg_catalog, (public, )?pg_temp(;|$)', false)
union all select 'definer-of-superuser', name from functions where prosecdef and proowner <> 'ctxo'::regrole
union all select 'leakproof', name from functions where proleakproof
union all select 'function-for-all', name from functions
    where exists (select 1 from aclexplode(coalesce(proacl, acldefault('f', proowner))) a where a.grantee = 0)
union all select 'table-for-all', name from ours
    where relkind in ('r', 'p', 'v', 'm', 'f', 'S') and exists (
        select 1 from pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a where c.oid = ours.oid and a.grantee = 0)
union all select 'context-readable', name from ours
    where relkind in ('r', 'p', 'v', 'm') and name ~ '^ctx\.' and has_table_privilege('app', oid, 'select, insert, update, delete')
union all select 'cascade', conname || ' on ' || conrelid::regclass from pg_constraint
    where contype = 'f' and (confdeltype in ('c', 'n', 'd') or confupdtype in ('c', 'n', 'd'))
      and (confrelid in (select oid from personal) or conrelid in (select oid from personal))
union all select 'unique-across', i.indexrelid::regclass || ' on ' || i.indrelid::regclass from pg_index i join tables t on t.oid = i.indrelid
    where i.indisunique and t.relrowsecurity and not i.indexrelid::regclass::text = any(%(unique)s)
      and not exists (select 1 from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any(i.indkey)
                        and a.attname in ('agency_id', 'file_id', 'account_id', 'user_id'))
      and not (i.indnatts = 1 and exists (select 1 from pg_attribute a where a.attrelid = i.indrelid and a.attnum = i.indkey[0] and a.atttypid = 'uuid'::regtype))
union all select 'role-too-strong', rolname from pg_roles
    where rolname in ('app', 'log_writer', 'ctxo', 'owner') and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
union all select 'app-owns', name from ours where relowner in ('app'::regrole, 'log_writer'::regrole)
union all select 'app-owns', name from functions where proowner in ('app'::regrole, 'log_writer'::regrole)
union all select 'app-in-role', m.member::regrole || ' in ' || m.roleid::regrole from pg_auth_members m where m.member in ('app'::regrole, 'log_writer'::regrole)
union all select 'owner-let-through', name from policies
    where 'ctxo'::regrole = any(polroles) and ((sees <> '' and sees !~ 'CURRENT_USER = ''ctxo''') or (leaves <> '' and leaves !~ 'CURRENT_USER = ''ctxo'''))
union all select 'may-create', r || ' in ' || n.nspname from pg_namespace n, unnest(array['app', 'log_writer']) r
    where n.nspname !~ '^pg_' and has_schema_privilege(r, n.oid, 'create')
union all select 'may-create', r || ' in ' || current_database() from unnest(array['app', 'log_writer']) r where has_database_privilege(r, current_database(), 'create')
union all select 'may-make-temporary', r || ' in ' || current_database() from unnest(array['app', 'log_writer']) r
    where has_database_privilege(r, current_database(), 'temp')
union all select 'schema-for-all', n.nspname from pg_namespace n
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and exists (select 1 from aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a where a.grantee = 0)
union all select 'statements-shown', 'app' where not exists (
    select 1 from pg_db_role_setting s where s.setrole = 'app'::regrole and s.setdatabase = 0 and 'track_activities=off' = any(s.setconfig))
order by 1, 2
