"""What stands unsealed in the tables that can tell something about a person: the answer to "what would a demand for the database yield".

Every column that is not sealed is labelled here, by its own name or by what it is on every table (security.md, Signal's answers to
subpoenas). A column without a label fails `tests/test_house.py`, so nothing new stands in the open without having been decided.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from alongside.kernel.policies import NOT_ABOUT_A_PERSON
from alongside.kernel.rows import Sealed

# On every table.
ANYWHERE: dict[str, str] = {
    "id": "an opaque id",
    "file_id": "which file, as an opaque id",
    "agency_id": "which agency keeps it",
    "barred": "who may not see it (a “not them”), as opaque ids and role names",
    "at": "when",
    "until": "until when",
    "role": "a worker’s role",
    "to_role": "which role in the agency it is for",
    "language": "in which language",
    "need": "the kind of need, as a code of the vocabulary",
    "barriers": "what would have to be different, as codes of the vocabulary",
    "wait_band": "how long the wait is, as a band",
    "ours": "that it is the agency’s own concern and not the person’s",
    "name": "a worker’s name: never a person’s",
    "is_active": "whether the account may sign in",
}
ENDINGS: dict[str, str] = {
    "_id": "which {what}, as an opaque id",
    "_at": "when it was {what}",
    "_on": "the day: {what}",
    "_by": "which worker it was {what} by, as an opaque id",
}

# On one table.
HERE: dict[str, str] = {
    "account_emailaddress.email": "nothing: the table stays empty, no e-mail address is ever asked",
    "account_emailaddress.verified": "nothing: the table stays empty",
    "account_emailaddress.primary": "nothing: the table stays empty",
    "account_emailconfirmation.key": "nothing: the table stays empty",
    "account_emailconfirmation.created": "nothing: the table stays empty",
    "account_emailconfirmation.sent": "nothing: the table stays empty",
    "agencies_account.password": "the Argon2id hash of a worker’s passphrase",
    "agencies_account.username": "a worker’s user name",
    "agencies_agency.division": "the agency’s own census division",
    "agencies_agency.face": "what the agency is called where its name would give somebody away",
    "agencies_agency.face_fr": "the same in French",
    "agencies_agency.kind": "what the agency is",
    "agencies_agency.name": "the agency’s name",
    "agencies_agency.name_fr": "the agency’s name in French",
    "agencies_agency.regime": "which privacy law it answers to",
    "agencies_agency.sector": "its sector",
    "agencies_agency.slug": "its short name",
    "agencies_invitation.code_hash": "the hash of an invitation’s code",
    "agencies_recovery.also_second_step": "whether the second step was set anew too",
    "agencies_recovery.code_hash": "the hash of a recovery code",
    "beds_count.actual": "how many beds or rooms could be slept in",
    "beds_count.number": "how many times was counted there before",
    "beds_count.occupied": "how many were taken; not by whom",
    "beds_count.reason": "why the count changed, as a code: an arrival or a departure among them",
    "beds_count.unavailable": "how many were out of use",
    "beds_hold.asker": "which worker a bed is held for, as an opaque id",
    "beds_hold.asker_slot": "which of that worker’s three holds it is",
    "beds_hold.slot": "which bed is counted off for it, as a number given at random",
    "beds_hold.token": "five letters that may be said at the door instead of a name",
    "beds_offering.clears": "what is no barrier there, as codes",
    "beds_offering.covers": "what an income or benefit pays there a month, as published; nobody’s income",
    "beds_offering.deposit": "what is paid before moving in, as published",
    "beds_offering.exceptions_contact": "which role to call about an exception; never a name",
    "beds_offering.exceptions_phone": "that role’s number",
    "beds_offering.face": "what the programme is called where its name would give somebody away",
    "beds_offering.face_fr": "the same in French",
    "beds_offering.genders": "for whom the programme is, as codes",
    "beds_offering.hold_hours": "for how long it usually holds a bed",
    "beds_offering.holds_at_once": "whether others may hold a bed there themselves",
    "beds_offering.households": "which households it takes, as codes",
    "beds_offering.languages": "which languages are spoken there",
    "beds_offering.maximum_age": "up to which age it takes people",
    "beds_offering.minimum_age": "from which age it takes people",
    "beds_offering.monthly_cost": "what a place costs a month, as published",
    "beds_offering.months_least": "from how many months",
    "beds_offering.months_most": "up to how many months",
    "beds_offering.name": "the programme’s name; where that tells where it is, so does this",
    "beds_offering.name_fr": "the same in French",
    "beds_offering.region": "a coarse region: never an address",
    "beds_offering.room_types": "which kinds of room there are, as codes",
    "beds_offering.stay": "for tonight, for months, or as a home",
    "beds_offering.stops": "what keeps people out there, as codes",
    "beds_offering.talks": "what can be talked over there, as codes",
    "beds_offering.think_hours": "how long people may think about an offer",
    "beds_offering.unit": "whether beds or rooms are counted",
    "beds_offering.urgent_phone": "the programme’s number when nobody answers",
    "beds_outofturn.reason": "why a place was offered out of turn, as a code",
    "beds_request.age": "an age in years, where it was said; of nobody named",
    "beds_request.answer": "which of two words a shelter’s “no” was",
    "beds_request.children": "the ages of the children who come along",
    "beds_request.circumstances": "what they need or bring (a pet, a wheelchair, a substance), as codes: with the age and the time it can single somebody out",
    "beds_request.gender": "as who they would come, as a code; of nobody named",
    "beds_request.handle": "a made-up two-word name for this request only, not the file’s",
    "beds_request.household": "alone, as two, with children: as a code",
    "beds_request.languages": "which languages they speak, as codes",
    "beds_request.state": "where the request stands: whether a bed was held, whether somebody came",
    "beds_rule.barrier": "what a rule of the house is about, as a code",
    "beds_rule.decided_by": "which role decides about exceptions, as a code",
    "beds_rule.negotiable": "whether it can be talked over",
    "beds_rule.stands": "whether it keeps people out",
    "beds_rule.words": "the house’s own published words on it; about nobody",
    "beds_rule.words_fr": "the same in French",
    "beds_step.counted": "whether what was missing there was counted as a gap",
    "beds_step.stay": "whether this step was a night, some months or a home",
    "beds_thread.handle": "a made-up two-word name for a way, not the file’s",
    "beds_waiting.age": "an age in years, where it was said; of nobody named",
    "beds_waiting.answer": "which of two words a shelter’s “no” was",
    "beds_waiting.children": "the ages of the children who come along",
    "beds_waiting.circumstances": "what they need or bring (a pet, a wheelchair, a substance), as codes: with the age and the time it can single somebody out",
    "beds_waiting.gender": "as who they would come, as a code; of nobody named",
    "beds_waiting.handle": "a made-up two-word name for this wait only, not the file’s",
    "beds_waiting.household": "alone, as two, with children: as a code",
    "beds_waiting.languages": "which languages they speak, as codes",
    "beds_waiting.state": "where the wait stands: whether a place was offered, whether somebody moved in",
    "consent_block.against": "whom a “not them” keeps out: an opaque id or a role name",
    "consent_notice.on": "the day an agency was told that something is no longer shared; not what, not by whom",
    "consent_release.capacity": "whether they decided for themselves",
    "consent_release.copy_given": "whether they wanted a copy",
    "consent_release.ended_how": "how it ended, as a code",
    "consent_release.explained": "that the risks were said aloud",
    "consent_release.interpreter": "whether somebody interpreted, as a code",
    "consent_release.manner": "how the other agency gets it",
    "consent_release.method": "how they said yes",
    "consent_release.onward_allowed": "that it may not be passed on",
    "consent_release.others_present": "who else was there, as a code",
    "consent_release.purpose": "what it may be used for, as a code",
    "consent_release.regime_from": "which privacy law the sender answers to",
    "consent_release.regime_to": "which privacy law the receiver answers to",
    "consent_release.state": "where the agreement stands",
    "consent_releaseditem.columns": "which part of the item",
    "consent_releaseditem.kind": "what kind of item it is",
    "evidence_code.codable": "whether the code may be put on a passage",
    "evidence_code.colour": "the code’s colour",
    "evidence_code.definition": "what editors mean by a code; about a topic, never about one person",
    "evidence_code.exclude": "what the code is not for",
    "evidence_code.guid": "the code’s id in the project it came from",
    "evidence_code.include": "what the code is for",
    "evidence_code.is_theme": "whether the code is a theme",
    "evidence_code.name": "what a code is called",
    "evidence_code.rank": "its place in the codebook",
    "evidence_codechange.after": "how the code stood after a change; its example is not in it",
    "evidence_codechange.before": "how the code stood before; its example is not in it",
    "evidence_codechange.change": "what was done to a code",
    "evidence_coding.end": "where in a sealed text a passage ends",
    "evidence_coding.guid": "the coding’s id in the project it came from",
    "evidence_coding.start": "where in a sealed text a passage begins",
    "evidence_mark.decision": "whether words that tell who somebody is stay or are replaced; not the words",
    "evidence_mark.end": "where in a sealed text such words end",
    "evidence_mark.kind": "whether they are a name, a place, a date; not which",
    "evidence_mark.start": "where in a sealed text such words begin",
    "evidence_memo.guid": "the memo’s id in the project it came from",
    "evidence_participant.code": "a letter and a number that stand for somebody who took part; nothing ties them to a file",
    "evidence_participant.region": "a coarse region",
    "evidence_participant.role": "as what they took part, in words (“social service provider”); never a name",
    "evidence_participant.speaks_as": "whether they provide a service or speak from their own experience",
    "evidence_reading.blind": "whether somebody reads without seeing what others marked",
    "evidence_reading.coder": "which worker reads, as an opaque id",
    "evidence_source.guid": "the source’s id in the project it came from",
    "evidence_source.kind": "an interview or feedback",
    "evidence_source.name": "what a source is called: a name that looks like somebody’s is replaced by a number",
    "evidence_source.state": "whether identifying words were seen to, or it was taken back",
    "evidence_study.state": "whether work goes on in a study",
    "evidence_study.version": "which version of it stands",
    "evidence_studyversion.ethics": "under which number an ethics board looked at it",
    "evidence_studyversion.guide": "the questions that everybody was asked",
    "evidence_studyversion.method": "how the study was done",
    "evidence_studyversion.note": "what changed from one version to the next",
    "evidence_studyversion.number": "which version it is",
    "evidence_studyversion.question": "what the study asks",
    "evidence_studyversion.recruited_from": "since when people were asked to take part",
    "evidence_studyversion.recruited_until": "until when",
    "evidence_studyversion.title": "what the study is called",
    "disclosure_release.audience": "which readers a table is for",
    "disclosure_release.checksum": "the hash of the protected numbers",
    "disclosure_release.columns": "what stands in a table’s columns",
    "disclosure_release.cube": "which counts a table is cut from",
    "disclosure_release.figures": "the protected numbers of a table: small ones are not in it",
    "disclosure_release.half": "which half of which year",
    "disclosure_release.rounding": "to what numbers were rounded",
    "disclosure_release.rows": "what stands in a table’s rows",
    "disclosure_release.state": "whether a table was prepared, released or dropped",
    "disclosure_release.stewarded": "whether it says something about Indigenous people, so that their data steward signs",
    "disclosure_release.table": "which table it is",
    "disclosure_release.threshold": "how small is too small for its readers",
    "disclosure_release.unit": "what is counted",
    "disclosure_snapshot.checksum": "the hash of a sealed envelope",
    "disclosure_snapshot.cube": "which counts were taken",
    "disclosure_snapshot.half": "of which half of which year",
    "disclosure_snapshot.sealed": "counts of what could not be had, nobody’s, sealed under a key that is not in the database",
    "files_detail.kind": "that something to call them, or languages, are noted; not which",
    "files_file.handle": "a made-up two-word name that nobody else uses for them",
    "files_safecontact.state": "whether a way of reaching them may be used; not which way",
    "files_safecontact.stop_until": "until when not to reach them",
    "files_searchterm.term": "a blinded piece of a name, under a key that is not in the database",
    "gaps_cause.barriers": "what stood in the way as the house that was asked knows it, as codes: that somebody not to be met is there among them",
    "gaps_gap.quarter": "the quarter of the year",
    "gaps_gap.reason": "why it could not be had, as a code",
    "gaps_gap.recommendation": "which recommendation of the brief it bears on",
    "gaps_gap.region": "a coarse region",
    "gaps_gap.staff_hours_band": "how long workers tried, as a band",
    "gaps_gap.workaround": "what was done instead, as a code",
    "indicators_parameter.cost_base": "what a unit costs, most likely",
    "indicators_parameter.cost_high": "what a unit costs at most",
    "indicators_parameter.cost_low": "what a unit costs at least",
    "indicators_parameter.kind": "whether a line of cost is about a service, travel, unpaid work, or what is funded",
    "indicators_parameter.line": "which line of the table it is a version of",
    "indicators_parameter.owner": "which role keeps a line of cost right",
    "indicators_parameter.source": "where a number of dollars is from",
    "indicators_parameter.stands": "whether a line of cost counts",
    "indicators_parameter.unit": "what is paid for, one of it",
    "indicators_parameter.unit_fr": "the same in French",
    "indicators_parameter.units_base": "how many of it a request takes, most likely",
    "indicators_parameter.units_high": "at most",
    "indicators_parameter.units_low": "at least",
    "indicators_parameter.version": "which version of the line it is",
    "indicators_parameter.year": "of which year the dollars are",
    "kernel_draft.body": "a worker’s unsent words, sealed under a key that is not in the database",
    "kernel_draft.place": "the hash of where they were being written",
    "mfa_authenticator.data": "a worker’s second step: public keys of passkeys, sealed secrets",
    "mfa_authenticator.type": "which kind of second step a worker has",
    "plans_priority.pace": "now, later, or not now; not what",
    "plans_priority.rank": "how many wants there are and in which order; not what",
    "quotes_quote.lived": "whether somebody speaks from their own experience",
    "quotes_quote.state": "where a quote stands: to be shown, shown, agreed to, a no, taken back",
    "quotes_quotecheck.answer": "whether somebody could be recognised by a quote, as was thought",
    "quotes_quotecheck.their_choice": "that the speaker knows, and wants it printed all the same",
    "quotes_quotecheck.traces": "by what, as codes: a date, a place; not which",
    "quotes_quoteconsent.attribution": "what stands under a quote, as a code: nothing, a role, a name they choose; not which",
    "quotes_quoteconsent.audiences": "who may read it, as codes",
    "quotes_quoteconsent.may_translate": "whether it may be translated",
    "quotes_quoteconsent.region": "a coarse region, where the speaker wanted one under the words",
    "quotes_quoteconsent.yes": "whether the speaker said yes or no",
    "quotes_quoteseeing.digest": "a keyed hash of the words that were seen, under a key that is not in the database",
    "quotes_quoteseeing.shower": "who showed the words, as a code",
    "quotes_quoteseeing.way": "how the words were seen: on paper, on a screen, read aloud",
    "quotes_quotetranslation.translator": "who translated, as a code",
    "quotes_quotewording.digest": "a keyed hash of the words, under a key that is not in the database",
    "quotes_quotewording.kind": "whether these are the words that were said, others the speaker chose, or a paraphrase",
    "quotes_quotewording.number": "how often the words were changed",
    "referrals_referral.answer_by": "by when an answer was asked for",
    "referrals_referral.handle": "a made-up two-word name for the other side, not the file’s",
    "referrals_referral.outcome": "whether it worked, in the person’s word, as a code",
    "referrals_referral.reason": "why the other side could not, as a code",
    "referrals_referral.state": "where the request stands",
    "trail_entry.action": "what was done, as a code",
    "trail_entry.count": "how many were looked at",
    "trail_entry.item_kind": "on what kind of item",
    "trail_entry.purpose": "for what purpose, as a code",
    "trail_entry.xid": "the number of the database transaction",
}


@dataclass(frozen=True)
class Column:
    """One column of a table about a person: sealed, or in the open with a label; an empty label is a fault."""

    table: str
    name: str
    sealed: bool
    label: str


def columns() -> Iterator[Column]:
    """Every column of every table that can tell something about a person, by table."""
    for model in sorted(apps.get_models(), key=lambda model: model._meta.db_table):
        table = model._meta.db_table
        if table not in NOT_ABOUT_A_PERSON:
            for field in model._meta.local_concrete_fields:
                sealed = isinstance(field, Sealed)
                yield Column(table, field.column, sealed, "" if sealed else label(table, field))


def label(table: str, field: Any) -> str:
    """Return what this column tells whoever holds the database, or nothing if nobody has decided that yet."""
    if known := HERE.get(f"{table}.{field.column}") or ANYWHERE.get(field.column):
        return known
    ending = field.column[-3:]
    what = field.column[:-3].replace("_", " ")
    structural = field.is_relation or field.get_internal_type() in ("UUIDField", "DateTimeField", "DateField")
    return ENDINGS[ending].format(what=what) if ending in ENDINGS and structural else ""


def forgotten() -> set[str]:
    """Return labels of columns that are no longer there."""
    there = {f"{column.table}.{column.name}" for column in columns()}
    return set(HERE) - there
