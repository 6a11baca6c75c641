set role ctxo;
-- At the end of a transaction each payment that it touched stands where the books say: what its lines hold for it is what it says, in the
-- account of its state and in no other; what is over has the line that ended it. No request has more payments than were approved.
create function ctx.fund_check_payment() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare payment public.fund_instalment;
begin
    select * into payment from public.fund_instalment i where i.id = (to_jsonb(new) ->> tg_argv[0])::uuid;
    if exists (select from unnest(array['committed', 'paid', 'receipted', 'written-off']) held
            where case held when payment.state then payment.cents else 0 end is distinct from coalesce((select sum(e.cents)
                from public.fund_transaction t join public.fund_entry e on e.transaction_id = t.id
                where t.instalment_id = payment.id and e.account = held), 0))
        or (payment.state in ('lacking', 'counted')) <> not exists (select from public.fund_transaction t where t.instalment_id = payment.id)
        or payment.state in ('released', 'came-back') and not exists (select from public.fund_transaction t
            where t.instalment_id = payment.id and t.cents = payment.cents
                and t.act = case payment.state when 'released' then 'release' else 'come-back' end) then
        raise check_violation using constraint = 'fund_payment_as_in_the_books', message = 'the books say otherwise of this payment';
    end if;
    if (select count(*) from public.fund_instalment i where i.purchase_id = payment.purchase_id)
            > (select a.times from public.fund_purchase a where a.id = payment.purchase_id) then
        raise check_violation using constraint = 'fund_no_more_than_approved', message = 'it was approved fewer times';
    end if;
    return null;
end $$;

-- The books are written in order (asked once the policies let the row be written, so that another agency's tell nothing):
-- nothing is dated more than a day before the last line of a pot, nor into a half-year that was counted.
create function ctx.fund_check_moment() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    moment constant timestamp with time zone := to_jsonb(new) ->> tg_argv[0];
    there constant timestamp := moment at time zone 'America/Toronto';
begin
    if exists (select from public.fund_transaction t where t.pot_id = new.pot_id and t.made_at > moment + interval '1 day')
        or exists (select from public.fund_report r where r.pot_id = new.pot_id
            and r.half = to_char(there, 'YYYY') || case when extract(month from there) < 7 then '-H1' else '-H2' end) then
        raise check_violation using constraint = 'fund_in_order', message = 'the books are written in order';
    end if;
    return null;
end $$;

-- Two people: a seat that ended and the one after it are of one account.
create function ctx.fund_check_two() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if (select count(distinct w.account_id) = 1 and count(*) > 1 from public.agencies_worker w
            where w.id in ((to_jsonb(new) ->> tg_argv[0])::uuid, (to_jsonb(new) ->> tg_argv[1])::uuid)) then
        raise check_violation using constraint = tg_argv[2], message = 'the same account stands on both sides';
    end if;
    return null;
end $$;
reset role;
create constraint trigger as_in_the_books after insert or update on fund_instalment deferrable initially deferred for each row execute function ctx.fund_check_payment('id');
create constraint trigger as_in_the_books after insert on fund_transaction deferrable initially deferred for each row when (new.instalment_id is not null) execute function ctx.fund_check_payment('instalment_id');
create trigger in_order after insert on fund_transaction for each row execute function ctx.fund_check_moment('made_at');
create trigger in_order after insert on fund_purchase for each row execute function ctx.fund_check_moment('asked_at');
create trigger by_two after update on fund_purchase for each row when (new.decided_by is not null) execute function ctx.fund_check_two('asked_by', 'decided_by', 'fund_nobody_decides_their_own');
create trigger by_two after update on fund_report for each row when (new.released_by is not null) execute function ctx.fund_check_two('prepared_by', 'released_by', 'fund_told_by_two');
