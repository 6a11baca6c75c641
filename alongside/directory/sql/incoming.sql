create unlogged table directory_incoming (like directory_entry including defaults);
comment on table directory_incoming is 'rows of an import, compared with the directory and deleted in the same transaction';
grant usage on all sequences in schema public to app;
