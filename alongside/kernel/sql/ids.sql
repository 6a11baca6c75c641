-- A UUID in the order of making (version 7, RFC 9562), for rows that a trigger writes beside those that Python numbers.
set role ctxo;
create function ctx.id_in_order() returns uuid language sql volatile set search_path = pg_catalog, pg_temp as $$
    select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;
revoke all on function ctx.id_in_order() from public;
reset role;
