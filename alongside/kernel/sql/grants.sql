-- What Django and the queue of jobs bring, and the schema itself.
revoke all on schema public from public;
grant usage on schema public to app, log_writer, ctxo;
grant usage on all sequences in schema public to app;
do $$ declare name text; begin
    for name in select oid::regclass::text from pg_class where relname like 'procrastinate\_%' and relkind = 'r' loop
        execute format('grant select, insert, update, delete on %s to app', name);
    end loop;
    for name in select oid::regclass::text from pg_class where relname like 'procrastinate\_%' and relkind = 'S' loop
        execute format('grant usage, select on sequence %s to app', name);
    end loop;
    for name in select oid::regprocedure::text from pg_proc where proname like 'procrastinate\_%' loop
        execute format('grant execute on function %s to app', name);
    end loop;
end $$;
