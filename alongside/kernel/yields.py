"""What a demand for the database would yield: every column there is, how it is kept and what it tells, taken from the models (security.md D2).

A column that is neither sealed nor opaque nor a date nor a code must say here what it tells; a test fails for one that doesn't.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.kernel.rls.models import Sealed

Words = str | Promise
SEALED, OPAQUE, MOMENT, CODE, FLAG, NUMBER, HASH, PLAIN = (
    _("sealed"),
    _("opaque number"),
    _("date or time"),
    _("code"),
    _("yes or no"),
    _("number"),
    _("hash"),
    _("plain text"),
)

# What a row of each table gives away by being there. In this order on the page.
TABLES: dict[str, Words] = {
    "files_file": _("That an agency keeps a file, since when, and which workers are responsible for it. Nothing about the person."),
    "files_detail": _("That somebody told the agency what to call them, or their languages; not what they said."),
    "files_safecontact": _("That there is a safe way of reaching somebody, and when they last called it safe; not which."),
    "files_searchterm": _("Blinded pieces of names, under a key of the agency's own; many names share each piece."),
    "plans_priority": _("How many things somebody wants, in which order and how soon, and of which general kind; not in which words."),
    "plans_step": _("What an agency promised, by when, and whether it was done; not in which words."),
    "plans_suggestion": _("That a worker had an idea; not which."),
    "consent_release": _("With which agency somebody agreed to share something, for what, from when until when, and how they agreed."),
    "consent_releaseditem": _("How many things an agreement named, and of which kind; not what they say."),
    "consent_block": _("That somebody said “not them”, and about whom: a worker, a role or an agency."),
    "consent_notice": _("That an agency was told to stop using something. Not whose it was, nor who had shared it."),
    "referrals_referral": _(
        "Which agency asked which, about what general kind of need, when, and how it went; the introduction is sealed."
    ),
    "referrals_referralintake": _(
        "Which file the asked agency opened when it said yes: the one place where two agencies' files are joined."
    ),
    "trail_entry": _("Which worker did or read what, when, in which file. No names and no words."),
    "trail_leaf": _("The hashes of the trail."),
    "trail_checkpoint": _("The signed roots of the trail."),
    "gaps_gap": _("That something was asked for and could not be had, in which quarter and region. There is no file and no person in it."),
    "gaps_cause": _("What stood in the way of it as the agency that was asked knows it, as codes. There is no file and no person in it."),
    "beds_offering": _(
        "What shelters say about their programmes, for everybody who looks for a bed. Nothing about anybody who sleeps there."
    ),
    "beds_whereabouts": _("That a shelter wrote down where a programme is; not where."),
    "beds_rule": _("What stands in the way at a programme and what doesn't, as published."),
    "beds_count": _("How many beds were taken when, and that somebody came or left then; not who."),
    "beds_request": _(
        "That an agency asked a shelter for a bed for somebody without a name: when, how it went, and how old they are, with whom they come "
        "and what they need. Together this can single somebody out for whoever knows them already."
    ),
    "beds_waiting": _("The same for somebody who waits for a place of some months, or for a home."),
    "beds_hold": _("That a bed was held, from when until when, for which agency's worker; and the letters that may be said at the door."),
    "beds_pathway": _("That an agency goes along with somebody from a bed to a home; not with whom."),
    "beds_step": _("Which requests and waits belong to one such way, and when a stay began and ended."),
    "beds_pathwayfile": _("Which file such a way belongs to: the one place where a request for a bed is joined to a file."),
    "beds_outofturn": _("That a shelter offered a place out of turn, and why, as a code."),
    "evidence_study": _("That an agency works on a study, since when, and whether it goes on."),
    "evidence_studyversion": _("What the study asks, of whom and how, as it is written for anybody to read."),
    "evidence_participant": _(
        "That somebody took part in a study: in which role, from which region, in which language. No name, and nothing that joins them to a file."
    ),
    "evidence_source": _("That somebody said something in a study, and when; not what. Once it is taken back its key is gone."),
    "evidence_identifier": _("Where words stood that may tell who somebody is, and of which kind they were; not which words."),
    "evidence_code": _("The codebook of a study: what its codes are called and mean. Its examples can’t be read."),
    "evidence_codechange": _("How a codebook came about."),
    "evidence_coding": _("Which passage of a text stands under which code, and who put it there."),
    "evidence_memo": _("That somebody had a thought about a study, a code or a passage; not which."),
    "evidence_blindcoding": _("Who read what as a second coder, and whether without seeing the first one’s marks."),
    "evidence_exchange": _("That a project came from another program; what is in it can’t be read."),
    "quotes_quote": _(
        "That somebody said something that may be printed one day, of which study and theme, and where that stands; not what."
    ),
    "quotes_quotewording": _("How often the words were changed, and when; not the words."),
    "quotes_quotereview": _("When and how the speaker saw the words."),
    "quotes_quoteconsent": _(
        "When the speaker said yes or no; to which readers and until when; never who they are, nor the name they chose."
    ),
    "quotes_quotetranslation": _("That a quote was translated, and checked by a second person."),
    "quotes_quotecheck": _("Whether somebody could be recognised by a quote, as was thought, and by what kind of thing."),
    "indicators_parameter": _("What agencies wrote down that things cost, and where the numbers are from. Nobody is in it."),
    "briefs_brief": _("That an agency writes a brief, under which title, for which readers, and where that stands."),
    "briefs_section": _("What an editor wrote for it, to be printed. No quote stands in it."),
    "briefs_sectionquote": _("Which quotes are to stand where in it; not what they say."),
    "briefs_sectionfigure": _("Which tables are to stand where in it."),
    "briefs_check": _("What was answered to the questions that are asked before a brief is signed."),
    "briefs_proof": _("That a proof is being read; what is in it can’t be read."),
    "briefs_signature": _("Who signed which proof, and when."),
    "briefs_edition": _("What was published, as it was published: for everybody, or for a funder."),
    "disclosure_snapshot": _(
        "Counts of what could not be had in a half-year, as they were taken; sealed. There is no file and no person in them."
    ),
    "disclosure_release": _("The tables that were prepared or released, with small numbers withheld."),
    "indicators_contribution": _("That a leader gave their agency's numbers to be counted with others', from when until when."),
    "kernel_draft": _("That a worker had words unsent on some page within the last day; neither the words nor the page."),
    "agencies_agency": _("The agencies that take part."),
    "agencies_account": _("The user names of workers, and passphrases as Argon2id hashes."),
    "agencies_worker": _("The names and roles of workers. Never of the people they work with."),
    "agencies_invitation": _("Who was offered a seat, by whom."),
    "agencies_recovery": _("Which worker was let back in, by whom."),
    "mfa_authenticator": _("The public keys and sealed secrets of workers' second factors."),
    "account_emailaddress": _("Nothing: no e-mail address is kept."),
    "account_emailconfirmation": _("Nothing: no e-mail address is kept."),
    "django_session": _("Which accounts are signed in now, by the hash of the cookie."),
    "ctx.secret": _("The key that signs who is asking. It opens nothing that is sealed."),
    "ctx.seat": _("Which account works where, in which role."),
    "ctx.session": _("When workers signed in and were last there, by the hash of the cookie; kept for a day after the end."),
    "ctx.attempt": _("Wrong tries of signing in, by a keyed hash; kept for a day."),
    "ctx.item_table": _("Which tables hold what can be shared."),
}
PUBLIC = {
    "directory": _("The directory of services, which anybody may look up. A withheld address is not stored."),
    "occupancy": _("Counts of shelters and calls that somebody published. Nobody is in them."),
    "procrastinate": _("The queue of jobs. Their arguments are opaque numbers."),
    "django": _("Django's own bookkeeping."),
    "auth": _("Django's own bookkeeping."),
}

# What a column tells, where its kind doesn't say it. `table.column` comes before `column`.
MEANINGS: dict[str, Words] = {
    "file_id": _("which file"),
    "agency_id": _("which agency keeps it"),
    "blocked_principals": _("who may not see it: numbers of workers and agencies, and roles"),
    "handle": _("two neutral words made up by the machine"),
    "referrals_referral.handle": _("two other neutral words, for the other agency's list"),
    "lead_id": _("which worker the person chose"),
    "backup_id": _("which worker is there when the lead is away"),
    "files_searchterm.term": _("16 bits of a keyed hash of three letters"),
    "files_detail.body": _("what to call them, pronouns, languages"),
    "files_safecontact.body": _("how, when and how not to reach them"),
    "plans_priority.words": _("what they want, in their words"),
    "plans_priority.private": _("why it matters, whom they do and don't want, what not to raise"),
    "plans_step.words": _("what was promised"),
    "consent_block.words": _("the name the person said, where it is nobody who works here"),
    "plans_suggestion.words": _("a worker's idea"),
    "introduction": _("the introduction the person approved"),
    "rank": _("their order"),
    "language": _("the language it was said in"),
    "need": _("the general kind of need, from the list"),
    "interpreter": _("whether and how it was interpreted"),
    "regime_from": _("the custodian's privacy law"),
    "regime_to": _("the other agency's privacy law"),
    "ended_how": _("how it ended, from a list"),
    "to_role": _("for which role only"),
    "to_agency_id": _("which other agency"),
    "entry_id": _("which service of the directory"),
    "trail_leaf.entry_id": _("which entry of the trail"),
    "columns": _("which parts of the item"),
    "against": _("about whom: the number of a worker or agency, or a role"),
    "reason": _("why, from the list"),
    "barriers": _("why it could not be had, from the list"),
    "wait_band": _("how long the wait is, from the list"),
    "referral_file_id": _("which file of the asking agency"),
    "referral_id": _("which request"),
    "from_agency_id": _("which agency asked"),
    "trail_entry.worker_id": _("who did it"),
    "trail_entry.agency_id": _("that worker's agency"),
    "custodian_id": _("which agency's file it was"),
    "xid": _("in which transaction, for the seal"),
    "count": _("how many"),
    "role": _("in which role"),
    "purpose": _("for what"),
    "action": _("what was done or read"),
    "item_kind": _("which kind of information"),
    "trail_leaf.seq": _("its place in the log"),
    "trail_leaf.hash": _("the hash of one entry"),
    "size": _("how long the log was"),
    "root": _("the root over the log"),
    "note": _("the signed checkpoint"),
    "edge": _("what is needed to go on sealing"),
    "quarter": _("the quarter of a year"),
    "region": _("a coarse region"),
    "recommendation": _("which recommendation it belongs to"),
    "workaround": _("what was done instead, from the list"),
    "staff_hours_band": _("how many hours it took, from the list"),
    "gaps_cause.barriers": _("what stood in the way there, from the list"),
    "stay": _("a night, some months or a home"),
    "answer": _("“no space” or “not a fit”"),
    "age": _("their age, where somebody said it"),
    "gender": _("as who they would come, from the list"),
    "household": _("with whom they come, from the list"),
    "children": _("how old the children are"),
    "circumstances": _("what they need or bring along, from the list"),
    "languages": _("which languages they speak"),
    "keep_apart": _("names of whom they must not meet, if they chose to have them looked for; gone with the answer"),
    "beds_request.handle": _("two other neutral words, for this request only"),
    "beds_waiting.handle": _("two other neutral words, for this wait only"),
    "beds_pathway.handle": _("two other neutral words, for the way only"),
    "shelter_id": _("which shelter"),
    "token": _("letters that may be said at the door instead of a name"),
    "slot": _("which of the beds, by lot"),
    "asker": _("which worker it is held for"),
    "asker_slot": _("which of that worker's three"),
    "counted": _("whether what was missing was counted as a gap"),
    "pathway_id": _("which way from a bed to a home"),
    "beds_offering.name": _("the programme's name"),
    "beds_offering.name_fr": _("the programme's name in French"),
    "beds_offering.genders": _("for whom it is, from the list"),
    "beds_offering.households": _("for which households it is, from the list"),
    "beds_offering.languages": _("which languages are spoken there"),
    "unit": _("whether beds or rooms are counted"),
    "minimum_age": _("from which age it takes people"),
    "maximum_age": _("up to which age it takes people"),
    "room_types": _("which kinds of room there are, from the list"),
    "exceptions_contact": _("which role to call about an exception"),
    "exceptions_phone": _("its number"),
    "urgent_phone": _("the number to call when nobody answers"),
    "hold_hours": _("for how many hours it holds a bed"),
    "think_hours": _("for how many hours people may think"),
    "months_least": _("from how many months"),
    "months_most": _("up to how many months"),
    "monthly_cost": _("dollars a month"),
    "deposit": _("dollars before moving in"),
    "covers": _("what an income or benefit pays there"),
    "stops": _("what stands in the way there, from the list"),
    "talks": _("what can be talked over there, from the list"),
    "clears": _("what is no barrier there, from the list"),
    "beds_whereabouts.words": _("where it is"),
    "beds_rule.words": _("the shelter's own published words on it"),
    "words_fr": _("the same in French"),
    "barrier": _("what it is about, from the list"),
    "decided_by": _("who decides about it, from the list"),
    "beds_count.number": _("which count of that programme it was"),
    "actual": _("how many could be slept in"),
    "unavailable": _("how many were out of use"),
    "occupied": _("how many were taken"),
    "beds_count.reason": _("why the number changed, from the list"),
    "beds_count.request_id": _("whose request it was, if somebody came on one"),
    "evidence_study.version": _("which version stands"),
    "evidence_studyversion.number": _("which version it is"),
    "evidence_studyversion.title": _("what the study is called"),
    "question": _("what the study asks"),
    "evidence_studyversion.method": _("how the study was done"),
    "guide": _("the questions that everybody was asked"),
    "ethics": _("under which number an ethics board looked at it"),
    "evidence_studyversion.note": _("what changed, and why"),
    "evidence_participant.code": _("a letter and a number that stand for somebody who took part"),
    "evidence_participant.role": _("in which role they took part, in words"),
    "role_fr": _("the same in French"),
    "evidence_source.name": _("a number or a word for it; what looks like somebody’s name is not kept"),
    "raw": _("the words as they came, until identifying words are seen to"),
    "waiting": _("codings that came along, until then"),
    "evidence_source.body": _("the words without what tells who somebody is"),
    "start": _("where in the text it begins"),
    "end": _("where in the text it ends"),
    "replacement": _("what stands there instead"),
    "evidence_code.name": _("what the code is called"),
    "definition": _("what the editors mean by it"),
    "include": _("what it is for"),
    "exclude": _("what it is not for"),
    "example": _("a passage that shows it"),
    "colour": _("its colour"),
    "before": _("how it stood before"),
    "after": _("how it stood after"),
    "evidence_memo.words": _("what somebody thought"),
    "kept": _("the project as it came from another program"),
    "terms": _("what is being agreed, until it is read back"),
    "quotes_quotewording.number": _("how often the words were changed"),
    "quotes_quotewording.words": _("what was said"),
    "digest": _("a keyed hash of the words; its key goes when the words go"),
    "names": _("the role or the name the speaker chose"),
    "quotes_quotetranslation.words": _("what was said, in the other language"),
    "reasons": _("by what somebody could be recognised"),
    "briefs_brief.slug": _("the address it is published under"),
    "briefs_edition.slug": _("the address it is published under"),
    "briefs_brief.title": _("the title of the brief"),
    "balance_reason": _("why fewer speakers are right there"),
    "briefs_section.order": _("in which order it stands"),
    "briefs_sectionquote.order": _("in which order it stands"),
    "briefs_sectionfigure.order": _("in which order it stands"),
    "briefs_section.code": _("which recommendation it bears on"),
    "heading": _("the heading, to be printed"),
    "briefs_section.body": _("what an editor wrote, to be printed"),
    "impact": _("what it would change, to be printed"),
    "cost": _("what it would cost, as a range"),
    "finding": _("the title of the figure"),
    "briefs_proof.body": _("what would be printed, quotes included"),
    "pages": _("how many pages it takes"),
    "briefs_edition.number": _("which edition it is"),
    "briefs_edition.title": _("the title of the edition"),
    "document": _("what was published, word for word"),
    "html_en": _("the page as it was published"),
    "html_fr": _("the page as it was published, in French"),
    "pdf_en": _("the pages for paper as they were published"),
    "pdf_fr": _("the pages for paper as they were published, in French"),
    "csv_en": _("the tables as they were published"),
    "csv_fr": _("the tables as they were published, in French"),
    "disclosure_snapshot.body": _("the counts, sealed under the installation's key"),
    "disclosure_snapshot.cube": _("which counts"),
    "indicators_parameter.line": _("which line it is a version of"),
    "indicators_parameter.version": _("which version of it"),
    "indicators_parameter.unit": _("what is paid for, one of it"),
    "unit_fr": _("the same in French"),
    "indicators_parameter.kind": _("what the line is about"),
    "units_low": _("how many of it a request takes, at least"),
    "units_base": _("most likely"),
    "units_high": _("at most"),
    "cost_low": _("what one costs, at least"),
    "cost_base": _("most likely"),
    "cost_high": _("at most"),
    "indicators_parameter.year": _("of which year the dollars are"),
    "indicators_parameter.source": _("where the numbers are from"),
    "indicators_parameter.owner": _("which role keeps it right"),
    "indicators_parameter.stands": _("whether it counts"),
    "disclosure_release.cube": _("which counts"),
    "half": _("which half of which year"),
    "checksum": _("a checksum"),
    "disclosure_release.table": _("which table"),
    "disclosure_release.unit": _("what was counted"),
    "disclosure_release.rows": _("what stands in its rows"),
    "disclosure_release.columns": _("what stands in its columns"),
    "audience": _("for which readers"),
    "threshold": _("how small is too small for them"),
    "rounding": _("to what it was rounded"),
    "figures": _("the numbers, without those withheld"),
    "place": _("a keyed hash of the page"),
    "kernel_draft.body": _("the unsent words, sealed under the installation's key"),
    "slug": _("the agency's short name"),
    "name": _("the agency's name"),
    "name_fr": _("the agency's name in French"),
    "face": _("the neutral name shown instead"),
    "face_fr": _("the neutral name in French"),
    "division": _("the agency's census division"),
    "agencies_worker.name": _("the worker's name"),
    "agencies_invitation.name": _("the name of whoever was invited"),
    "username": _("the user name"),
    "password": _("the Argon2id hash of the passphrase"),
    "code_hash": _("the hash of the code that was shown once"),
    "mfa_authenticator.data": _("public keys; secrets sealed under the installation's key"),
    "mfa_authenticator.type": _("which kind of second factor"),
    "account_emailaddress.email": _("empty"),
    "key": _("empty"),
    "session_key": _("the hash of the cookie"),
    "session_data": _("which account, and messages of the pages"),
    "ctx.secret.only_row": _("that there is one"),
    "inner_pad": _("one half of the signing key"),
    "outer_pad": _("the other half"),
    "server_secret_hash": _("the hash of the installation's server secret"),
    "ctx.item_table.name": _("a table's name"),
    "token_hash": _("the hash of the cookie"),
    "ctx.attempt.key": _("a keyed hash of what was tried"),
    "wrong": _("how many wrong tries"),
    "idle": _("after how long it goes idle"),
    "assurance": _("how many factors were checked"),
    "account": _("which account"),
    "sector": _("which sector"),
}
CODES = {"kind", "state", "reason", "role", "to_role", "purpose", "action", "item_kind", "need", "ended_how", "regime_from", "regime_to", "wait_band", "barriers",
         "language", "interpreter", "columns", "quarter", "region", "recommendation", "workaround", "staff_hours_band", "division", "type", "sector",
         "gender", "household", "barrier", "decided_by"}  # fmt: skip
CONTEXT: dict[str, dict[str, Words]] = {  # the context's own tables, which are no models
    "ctx.secret": {"only_row": FLAG, "inner_pad": HASH, "outer_pad": HASH, "server_secret_hash": HASH},
    "ctx.seat": {"worker": OPAQUE, "account": OPAQUE, "agency": OPAQUE, "sector": CODE, "role": CODE, "active": FLAG},
    "ctx.session": {
        "token_hash": HASH, "id": OPAQUE, "account": OPAQUE, "assurance": NUMBER, "opened_at": MOMENT, "seen_at": MOMENT,
        "until": MOMENT, "idle": MOMENT, "ended_at": MOMENT,
    },
    "ctx.attempt": {"key": HASH, "wrong": NUMBER, "last_at": MOMENT, "closed_until": MOMENT},
    "ctx.item_table": {"name": PLAIN},
}  # fmt: skip
MUST_SAY = {PLAIN, NUMBER, HASH, SEALED}


@dataclass(frozen=True)
class Column:
    """One column: how it is kept, and what it tells."""

    table: str
    name: str
    kept: Words

    @property
    def tells(self) -> Words:
        """What it tells, or nothing where its kind says it all."""
        return MEANINGS.get(f"{self.table}.{self.name}") or MEANINGS.get(self.name, "")

    @property
    def is_silent(self) -> bool:
        """Whether it ought to say what it tells, and doesn't."""
        return not self.tells and self.kept in MUST_SAY


def columns() -> dict[str, list[Column]]:
    """Every column of every table that is not public, in the order of the page."""
    found = {model._meta.db_table: list(_columns_of(model)) for model in apps.get_models(include_auto_created=True)}
    found |= {table: [Column(table, name, kept) for name, kept in named.items()] for table, named in CONTEXT.items()}
    kept = {table: each for table, each in found.items() if table in TABLES or table.split("_")[0] not in PUBLIC}
    return dict(sorted(kept.items(), key=lambda pair: list(TABLES).index(pair[0]) if pair[0] in TABLES else -1))


def page(language: str) -> str:
    """Return the page in Markdown."""
    with translation.override(language):
        return "\n".join(_lines()) + "\n"


def _columns_of(model: type[models.Model]) -> Iterator[Column]:
    for field in model._meta.concrete_fields:
        if field.column:
            yield Column(model._meta.db_table, field.column, _kept(field))


def _kept(field: "models.Field[Any, Any]") -> Words:
    if isinstance(field, Sealed) or (field.model._meta.db_table, field.column) == ("kernel_draft", "body"):
        return SEALED
    if field.model._meta.db_table == "briefs_edition" and isinstance(field, models.BinaryField):
        return PLAIN  # what was published
    if field.column in CODES or field.choices:
        return CODE
    kinds: tuple[tuple[tuple[type[models.Field[Any, Any]], ...], Words], ...] = (
        ((models.UUIDField, models.ForeignKey, models.AutoField), OPAQUE),
        ((models.DateField, models.TimeField), MOMENT),
        ((models.BooleanField,), FLAG),
        ((models.IntegerField,), NUMBER),
        ((models.BinaryField,), HASH),
        ((ArrayField,), CODE),
    )
    return next((kept for types, kept in kinds if isinstance(field, types)), PLAIN)


def _lines() -> Iterator[str]:
    yield "# " + gettext("What a demand for the database would yield")
    yield ""
    yield gettext(
        "This page is made from the program itself: every table and every column, how it is kept and what it tells. "
        "It is what somebody would hold who seized the database, copied a backup or had an order for it, without the keys."
    )
    yield ""
    yield gettext(
        "Words of and about a person are sealed, field by field, under a key of their file. The keys are kept outside the database. "
        "Once a file's key is destroyed, nobody can read its words again: not the agency, not whoever runs the machine, not in any copy."
    )
    yield ""
    yield gettext(
        "What is not sealed tells that files exist, when something happened, between which agencies, and of which general kind it was. "
        "That is why little is kept, and not for long."
    )
    for table, each in columns().items():
        yield from ("", f"## `{table}`", "", str(TABLES.get(table, "")), "")
        yield "| " + " | ".join([gettext("column"), gettext("how it is kept"), gettext("what it tells")]) + " |"
        yield "|---|---|---|"
        yield from (f"| `{column.name}` | {column.kept} | {column.tells} |" for column in each)
    yield from ("", "## " + gettext("Tables that tell nothing about a person"), "")
    yield from (f"* `{prefix}_*`: {words}" for prefix, words in PUBLIC.items())
