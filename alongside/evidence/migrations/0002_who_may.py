"""Who sees what of the evidence: its own agency's editors, nobody else; and of two who read blind, neither the other's marks (decision 0016)."""

from django.db import migrations

from alongside.kernel.rls.operations import force_rls, grant, policy

EDITOR = "agency_id = (select ctx.agency()) and (select ctx.role()) = 'editor'"
ME = "(select ctx.worker())"
OF_A_STUDY = "study_id in (select s.id from evidence_study s)"
IN = "source_id in (select s.id from evidence_source s where s.state {state})"
READY, RECEIVED, THERE = IN.format(state="= 'ready'"), IN.format(state="= 'received'"), IN.format(state="<> 'withdrawn'")
OF_THE_SAME_STUDY = (
    "(study_id, source_id) in (select s.study_id, s.id from evidence_source s where s.state = 'ready') and "
    "(study_id, code_id) in (select c.study_id, c.id from evidence_code c)"
)

# Both ways: whoever reads blind sees nobody's, and nobody sees theirs, until they have finished. One's own is always there.
BLIND = "r.blind and r.finished_at is null"
SEEN = (
    f"({{who}} = {ME} or (source_id not in (select r.source_id from evidence_blindcoding r where r.coder = {ME} and {BLIND})"
    f" and (source_id, {{who}}) not in (select r.source_id, r.coder from evidence_blindcoding r where {BLIND})))"
)
CODING = f"{EDITOR} and {READY} and {SEEN.format(who='coded_by')}"
MEMO = f"{EDITOR} and (source_id is null or ({THERE} and {SEEN.format(who='written_by')}))"

# A source goes forward only; a clean text stays as it is; nothing becomes ready while an identifier waits for somebody's decision.
KEEP_SOURCE = """
create function evidence_keep_source() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if old.state = 'withdrawn' or (old.state = 'ready' and new.state = 'received')
            or (old.state = 'ready' and new.state = 'ready' and new.body is distinct from old.body) then
        raise insufficient_privilege using message = 'a source goes forward only, and its clean text stays as it is';
    end if;
    if old.state = 'received' and new.state = 'ready' and exists (
            select 1 from public.evidence_identifier m where m.source_id = new.id and m.decision = '') then
        raise check_violation using constraint = 'evidence_every_identifier_decided', message = 'an identifier waits for a decision';
    end if;
    return new;
end $$;
revoke all on function evidence_keep_source() from public;
grant execute on function evidence_keep_source() to app;
create trigger keep_source before update on evidence_source for each row execute function evidence_keep_source();
"""
TABLES = (
    "evidence_study", "evidence_studyversion", "evidence_participant", "evidence_source", "evidence_identifier", "evidence_code", "evidence_codechange",
    "evidence_coding", "evidence_memo", "evidence_blindcoding", "evidence_exchange",
)  # fmt: skip
SOURCE = "participant_id, name, kind, language, collected_on, state, raw, waiting, body, cleaned_by, cleaned_at, withdrawn_by, withdrawn_at"
CODE = "parent_id, is_theme, name, definition, include, exclude, example, colour, rank, codable, merged_into_id, retired_by, retired_at"


def by_me(column, more=""):
    """What an editor may leave behind: in their own agency, in their own name."""
    return f"{EDITOR} and {column} = {ME}" + (f" and {more}" if more else "")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial"), ("kernel", "0004_claims_once"), ("agencies", "0005_seats")]
    operations = [
        force_rls(*TABLES),
        grant("evidence_study", "select, insert, update (version, state, closed_by, closed_at)"),
        policy("evidence_study", "select", EDITOR),
        policy("evidence_study", "insert", check=by_me("opened_by")),
        policy("evidence_study", "update", EDITOR, EDITOR),
        grant("evidence_studyversion", "select, insert"),
        policy("evidence_studyversion", "select", EDITOR),
        policy("evidence_studyversion", "insert", check=by_me("written_by", OF_A_STUDY)),
        grant("evidence_participant", "select, insert, update (role, speaks_as, region, language)"),
        policy("evidence_participant", "select", EDITOR),
        policy("evidence_participant", "insert", check=f"{EDITOR} and {OF_A_STUDY}"),
        policy("evidence_participant", "update", EDITOR, EDITOR),
        grant("evidence_source", f"select, insert, update ({SOURCE})"),
        policy("evidence_source", "select", EDITOR),
        policy("evidence_source", "insert", check=by_me("brought_in_by", OF_A_STUDY)),
        policy("evidence_source", "update", EDITOR, EDITOR),
        migrations.RunSQL(KEEP_SOURCE, "drop trigger keep_source on evidence_source; drop function evidence_keep_source()"),
        grant("evidence_identifier", "select, insert, update (start, \"end\", kind, decision, replacement, resolved_by, resolved_at), delete"),
        policy("evidence_identifier", "select", f"{EDITOR} and {THERE}"),
        policy("evidence_identifier", "insert", check=f"{EDITOR} and {RECEIVED}"),
        policy("evidence_identifier", "update", f"{EDITOR} and {RECEIVED}", f"{EDITOR} and {RECEIVED}"),
        policy("evidence_identifier", "delete", f"{EDITOR} and {THERE}"),
        grant("evidence_code", f"select, insert, update ({CODE})"),
        policy("evidence_code", "select", EDITOR),
        policy("evidence_code", "insert", check=by_me("made_by", OF_A_STUDY)),
        policy("evidence_code", "update", EDITOR, EDITOR),
        grant("evidence_codechange", "select, insert"),
        policy("evidence_codechange", "select", EDITOR),
        policy("evidence_codechange", "insert", check=by_me("made_by", "code_id in (select c.id from evidence_code c)")),
        grant("evidence_coding", "select, insert, update (code_id), delete"),
        policy("evidence_coding", "select", CODING),
        policy("evidence_coding", "insert", check=by_me("coded_by", OF_THE_SAME_STUDY)),
        policy("evidence_coding", "update", CODING, f"{EDITOR} and {OF_THE_SAME_STUDY}"),
        policy("evidence_coding", "delete", by_me("coded_by")),
        grant("evidence_memo", "select, insert, update (words, coding_id), delete"),
        policy("evidence_memo", "select", MEMO),
        policy("evidence_memo", "insert", check=by_me("written_by", f"{OF_A_STUDY} and (source_id is null or {THERE})")),
        policy("evidence_memo", "update", MEMO, MEMO),
        policy("evidence_memo", "delete", by_me("written_by")),
        grant("evidence_blindcoding", "select, insert, update (finished_at)"),
        policy("evidence_blindcoding", "select", EDITOR),
        policy("evidence_blindcoding", "insert", check=by_me("coder", f"finished_at is null and {READY}")),
        policy("evidence_blindcoding", "update", by_me("coder", "finished_at is null"), by_me("coder", "finished_at is not null")),
        grant("evidence_exchange", "select, insert"),
        policy("evidence_exchange", "select", EDITOR),
        policy("evidence_exchange", "insert", check=by_me("brought_in_by", OF_A_STUDY)),
    ]
