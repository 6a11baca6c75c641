"""Who sees what of the quotes: their own agency's editors, nobody else. And what the database itself holds to: nobody's words are agreed unseen."""

from django.db import migrations

from alongside.kernel.rls.operations import force_rls, grant, policy

EDITOR = "agency_id = (select ctx.agency()) and (select ctx.role()) = 'editor'"
OF_A_QUOTE = "(quote_id, holder_id) in (select q.id, q.holder_id from quotes_quote q)"
OF_ITS_WORDING = "(quote_id, wording_id) in (select w.quote_id, w.id from quotes_quotewording w)"
AS_IT_STANDS = (  # what is shown is the wording that stands now, and the hash that is kept is that of its words
    "(quote_id, wording_id, digest) in (select q.id, w.id, w.digest from quotes_quote q join quotes_quotewording w on w.id = q.wording_id)"
)
OF_A_REVIEW = "(quote_id, review_id) in (select s.quote_id, s.id from quotes_quotereview s)"
CHECKED_BY_ME = "(checked_by = (select ctx.worker()) or words is null)"  # or destroyed, whoever checked it
TABLES = ("quotes_quote", "quotes_quotewording", "quotes_quotereview", "quotes_quoteconsent", "quotes_quotetranslation", "quotes_quotecheck")

KEEP_QUOTE = """
create function quotes_keep() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        if new.state <> 'collected' then
            raise insufficient_privilege using message = 'a quote begins by being collected';
        end if;
        return new;
    end if;
    if new.state <> old.state and not (old.state || '>' || new.state) = any (array[
            'collected>shown', 'collected>withdrawn', 'shown>collected', 'shown>as_is', 'shown>edited', 'shown>paraphrase', 'shown>no',
            'shown>withdrawn', 'as_is>collected', 'as_is>shown', 'as_is>withdrawn', 'edited>collected', 'edited>shown', 'edited>withdrawn',
            'paraphrase>collected', 'paraphrase>shown', 'paraphrase>withdrawn']) then
        raise insufficient_privilege using message = 'a quote does not go there from where it stands';
    end if;
    if old.state in ('no', 'withdrawn') and (new.wording_id, new.consent_id) is distinct from (old.wording_id, old.consent_id) then
        raise insufficient_privilege using message = 'what was taken back stays taken back';
    end if;
    if new.wording_id is distinct from old.wording_id and new.state <> 'collected' then
        raise insufficient_privilege using message = 'new words are shown again';
    end if;
    if new.state in ('as_is', 'edited', 'paraphrase') and not exists (
            select 1 from public.quotes_quoteconsent c
            join public.quotes_quotereview s on s.id = c.review_id
            join public.quotes_quotewording w on w.id = s.wording_id
            where c.id = new.consent_id and c.quote_id = new.id and c.yes and s.quote_id = new.id
                and w.id = new.wording_id and w.digest = s.digest and w.kind = new.state) then
        raise insufficient_privilege using message = 'these are not the words the speaker saw and agreed to';
    end if;
    return new;
end $$;
revoke all on function quotes_keep() from public;
grant execute on function quotes_keep() to app;
create trigger keep_quote before insert or update on quotes_quote for each row execute function quotes_keep();
"""

# What was sealed in these is destroyed or stays; it never becomes something else.
ONLY_DESTROYED = """
create function quotes_only_destroyed() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if to_jsonb(new) ->> tg_argv[0] is not null and to_jsonb(new) ->> tg_argv[0] is distinct from to_jsonb(old) ->> tg_argv[0] then
        raise insufficient_privilege using message = 'words are destroyed or stay as they were';
    end if;
    return new;
end $$;
revoke all on function quotes_only_destroyed() from public;
grant execute on function quotes_only_destroyed() to app;
create trigger only_destroyed before update on quotes_quotewording for each row execute function quotes_only_destroyed('words');
create trigger only_destroyed before update on quotes_quoteconsent for each row execute function quotes_only_destroyed('names');
create trigger only_destroyed before update on quotes_quotetranslation for each row execute function quotes_only_destroyed('words');
create trigger only_destroyed before update on quotes_quotecheck for each row execute function quotes_only_destroyed('reasons');
"""
UNDONE = """
drop trigger only_destroyed on quotes_quotewording; drop trigger only_destroyed on quotes_quoteconsent;
drop trigger only_destroyed on quotes_quotetranslation; drop trigger only_destroyed on quotes_quotecheck; drop function quotes_only_destroyed();
"""


def by_me(column, more):
    """What an editor may leave behind: in their own agency, in their own name."""
    return f"{EDITOR} and {column} = (select ctx.worker()) and {more}"


def appended(table, column, more, destroyed="", left=""):
    """A table that is only added to; `destroyed` are columns whose words may be destroyed."""
    yield grant(table, "select, insert" + (f", update ({destroyed})" if destroyed else ""))
    yield policy(table, "select", EDITOR)
    yield policy(table, "insert", check=by_me(column, more))
    if destroyed:
        yield policy(table, "update", EDITOR, f"{EDITOR} and {left}" if left else EDITOR)


class Migration(migrations.Migration):
    dependencies = [("quotes", "0001_initial"), ("evidence", "0002_who_may"), ("kernel", "0004_claims_once")]
    operations = [
        force_rls(*TABLES),
        grant("quotes_quote", "select, insert, update (theme_id, state, wording_id, consent_id, terms, withdrawn_by, withdrawn_at)"),
        policy("quotes_quote", "select", EDITOR),
        policy("quotes_quote", "insert", check=by_me("collected_by", "study_id in (select s.id from evidence_study s)")),
        policy("quotes_quote", "update", EDITOR, f"{EDITOR} and coalesce(withdrawn_by, (select ctx.worker())) = (select ctx.worker())"),
        migrations.RunSQL(KEEP_QUOTE, "drop trigger keep_quote on quotes_quote; drop function quotes_keep()"),
        *appended("quotes_quotewording", "written_by", OF_A_QUOTE, "words"),
        *appended("quotes_quotereview", "shown_by", f"{OF_A_QUOTE} and {AS_IT_STANDS}"),
        *appended("quotes_quoteconsent", "heard_by", f"{OF_A_QUOTE} and {OF_A_REVIEW}", "names"),
        *appended(
            "quotes_quotetranslation", "translated_by", f"checked_by is null and {OF_A_QUOTE} and {OF_ITS_WORDING}", "words, checked_by, checked_at",
            left=CHECKED_BY_ME,
        ),
        *appended("quotes_quotecheck", "checked_by", f"{OF_A_QUOTE} and {OF_ITS_WORDING}", "reasons"),
        migrations.RunSQL(ONLY_DESTROYED, UNDONE),
    ]  # fmt: skip
