-- An entry moves its account, whatever statement wrote it. What would go below nothing is refused by the account itself.
set role ctxo;
create function ctx.fund_post_entry() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare line public.fund_transaction;
begin
    select * into line from public.fund_transaction t where t.id = new.transaction_id;
    if not (new.account || case when new.cents < 0 then '-' else '+' end) = any (ctx.fund_legs(line.act)) then
        raise check_violation using constraint = 'fund_legs', message = 'this act does not move this account so';
    end if;
    update public.fund_potaccount a set cents = a.cents + new.cents where a.pot_id = line.pot_id and a.code = new.account;
    if not found then
        raise check_violation using constraint = 'fund_legs', message = 'the pot has no such account';
    end if;
    return null;
end $$;

-- At the end of a transaction each line that was written adds up: its sides are together nothing, and what went in is what it says.
create function ctx.fund_check_balance() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare line uuid := (to_jsonb(new) ->> tg_argv[0])::uuid; balance bigint; moved bigint;
begin
    select coalesce(sum(e.cents), 0), coalesce(sum(e.cents) filter (where e.cents > 0), 0) into balance, moved
        from public.fund_entry e where e.transaction_id = line;
    if balance <> 0 or moved is distinct from (select t.cents from public.fund_transaction t where t.id = line) then
        raise check_violation using constraint = 'fund_balances', message = 'the two sides of a line are not the same';
    end if;
    return null;
end $$;
reset role;
create trigger posts_entry after insert on fund_entry for each row execute function ctx.fund_post_entry();
create constraint trigger balances after insert on fund_entry deferrable initially deferred for each row execute function ctx.fund_check_balance('transaction_id');
create constraint trigger balances after insert on fund_transaction deferrable initially deferred for each row execute function ctx.fund_check_balance('id');
