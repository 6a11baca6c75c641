-- What the agencies add to the context's own tables. A file of its own: what is declared anew is dropped first.
set role ctxo;
alter table ctx.session add column proved_at timestamptz;
alter table ctx.seat add column suspended_until timestamptz;
reset role;
