grant usage on all sequences in schema public to app;
create trigger keep_seat after insert or update on agencies_worker for each row execute function ctx.keep_seat();
