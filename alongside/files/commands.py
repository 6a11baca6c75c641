"""Everything that can be done to a file."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, connection, connections, transaction

from alongside.files import queries, rules, search
from alongside.files.models import Destruction, Detail, File, Justification, SafeContact, SearchTerm
from alongside.kernel import actors, ctx, handles, seal
from alongside.kernel.actors import How
from alongside.kernel.commands import finish_effects_after_commit
from alongside.kernel.rls.models import save_changes
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.kernel.actors import By

HANDLES = 12  # how many are made up at once, to take the first that is free


@transaction.atomic
def open(*, by: Worker, at: datetime) -> File:
    """Open a file with nothing in it.

    A neutral handle is made up; whoever opens it is the lead worker until the person chooses.

    :raises rules.CannotOpen: if the worker's agency keeps no files here
    """
    rules.check_can_open(by)
    file = File(
        agency_id=by.agency_id,
        handle=_free_handle(by.agency_id),
        opened_by=by.pk,
        opened_at=at,
        lead_id=by.pk,
    )
    while not _saved(file):
        file.handle = _free_handle(by.agency_id)
    seal.keyring().make(file.id, file.agency_id)
    _index(file, file.handle)
    note("files.opened", custodian_id=file.agency_id, file_id=file.id)
    return file


def lock_to_write(*, file_id: UUID) -> File:
    """Lock a file in which something is to be written, first of all in the transaction that writes it.

    Another agency may add a message to it meanwhile: that waits for nobody.

    :raises rules.CannotWrite: if it is closed, or what it said was destroyed
    """
    file = File.objects.select_for_update(no_key=True).get(pk=file_id)
    rules.check_can_write(file)
    return file


@transaction.atomic
def justify(*, file: File, why: str, words: str, by: Worker, at: datetime) -> None:
    """Say why one opens a file that is not one's own, and have it open for twelve hours."""
    row = Justification(
        file_id=file.pk, agency_id=file.agency_id, worker_id=by.pk, why=why, opened_at=at, until=at
    )
    row.words = seal.seal(row, "words", words, agency_id=file.agency_id) if words else None
    row.save(force_insert=True)
    note("files.justified", custodian_id=file.agency_id, file_id=file.pk, item_kind=why)


@transaction.atomic
def review(*, justification_id: UUID, by: Worker, at: datetime) -> None:
    """Say that one looked at why a colleague opened a file; as the privacy officer.

    :raises Justification.DoesNotExist: if there is none to be looked at
    """
    row = Justification.objects.select_for_update().get(
        id=justification_id, agency_id=by.agency_id, reviewed_at=None
    )
    row.reviewed_at, row.reviewed_by = at, by.pk
    row.save(update_fields=["reviewed_at", "reviewed_by"])
    note("files.justification_reviewed", custodian_id=row.agency_id, file_id=row.file_id)


@transaction.atomic
def set_name(*, file: File, called: str, pronouns: str, by: By, at: datetime) -> None:
    """Write down what the person wants to be called, and how to speak of them. Both may be empty.

    What is so already is not written again, nor on the trail.
    """
    file = lock_to_write(file_id=file.pk)
    before = _kept(file, Detail.Kind.CALLED)
    if before == {"called": called, "pronouns": pronouns} or not (before or called or pronouns):
        return
    if _write(file, Detail.Kind.CALLED, {"called": called, "pronouns": pronouns}, by, at):
        SearchTerm.objects.filter(agency_id=file.agency_id, file_id=file.id).delete()
        _index(file, file.handle)
    _index(file, called)
    note("files.called", custodian_id=file.agency_id, file_id=file.id)


@transaction.atomic
def set_languages(*, file: File, tags: list[str], words: str, by: By, at: datetime) -> None:
    """Write down the languages the person is at home in: BCP 47 tags, and their own words about them.

    What is so already is not written again, nor on the trail.
    """
    file = lock_to_write(file_id=file.pk)
    before = _kept(file, Detail.Kind.LANGUAGES)
    if before == {"tags": tags, "words": words} or not (before or tags or words):
        return
    _write(file, Detail.Kind.LANGUAGES, {"tags": tags, "words": words}, by, at)
    note("files.languages_written", custodian_id=file.agency_id, file_id=file.id)


@transaction.atomic
def choose_lead(
    *, file: File, lead_id: UUID | None, backup_id: UUID | None, by: Worker, at: datetime
) -> None:
    """Make the person's choice of worker count. No reason is asked, and none is kept (practice.md 4, R4)."""
    file = lock_to_write(file_id=file.pk)
    file.lead_id, file.backup_id, file.next_lead_id, file.needs_another_since = lead_id, backup_id, None, None
    file.save(update_fields=["lead_id", "backup_id", "next_lead_id", "needs_another_since"])
    note("files.lead_chosen", custodian_id=file.agency_id, file_id=file.id)


@transaction.atomic
def write_contact(
    *, file: File, contact_id: UUID | None, body: dict[str, Any], safe: bool, by: By, at: datetime
) -> SafeContact:
    """Write down a way of reaching the person, or change it.

    Changed words have to be checked with them again, here or later.
    """
    file = lock_to_write(file_id=file.pk)
    there = SafeContact.objects.filter(file_id=file.id, id=contact_id).first() if contact_id else None
    contact = there or SafeContact(file_id=file.id, agency_id=file.agency_id)
    contact.state, contact.expires_at = SafeContact.State.UNVERIFIED, None
    actors.unsign(contact, "verified")
    contact.body = seal.seal(contact, "body", body, agency_id=file.agency_id)
    contact.written_at = at
    actors.sign(contact, "written", by, How.THEIR_WORD)
    save_changes(contact)
    note("files.contact_written", custodian_id=file.agency_id, file_id=file.id, item_id=contact.id)
    return verify_contact(contact=contact, by=by, at=at) if safe else contact


@transaction.atomic
def verify_contact(*, contact: SafeContact, by: By, at: datetime) -> SafeContact:
    """Note that the person said, today, that this way is safe. It holds for thirty days."""
    lock_to_write(file_id=contact.file_id)
    contact = _locked_contact(contact)
    rules.check_can_move(contact, SafeContact.State.OK)
    contact.state, contact.verified_at = SafeContact.State.OK, at
    actors.sign(contact, "verified", by, How.THEIR_WORD)
    contact.expires_at, contact.stop_until = at + rules.SAFE_FOR, None
    save_changes(contact)
    note(
        "files.contact_verified", custodian_id=contact.agency_id, file_id=contact.file_id, item_id=contact.id
    )
    return contact


@transaction.atomic
def stop_contact(
    *,
    contact: SafeContact,
    for_good: bool,
    until: date | None = None,
    leave_day: bool = False,
    by: By,
    at: datetime,
) -> None:
    """Stop using a way of reaching the person, for good, or for now (`until`: when to ask them again).

    Takes effect first; nothing else is asked.

    :param leave_day: the day that stands to ask them again stays, because what was said of another could not
        be read
    """
    contact = _locked_contact(contact)
    until = contact.stop_until if leave_day else until
    to = SafeContact.State.REVOKED if for_good else SafeContact.State.SUSPENDED
    rules.check_can_move(contact, to)
    contact.state, contact.stop_until = to, None if for_good else until
    contact.save(update_fields=["state", "stop_until"])
    note("files.contact_stopped", custodian_id=contact.agency_id, file_id=contact.file_id, item_id=contact.id)


@transaction.atomic
def keep_safer(*, contact: SafeContact, not_to_use: str, by: Worker, at: datetime) -> None:
    """Keep to the safer side while two people's words about a way have not been weighed with the person.

    What either said never to use is kept, and the way rests unless it was stopped for good already.

    :param not_to_use: what the one whose words were not kept says never to use
    """
    contact = _locked_contact(contact)
    body = queries.REACH | (seal.unseal(contact, "body", agency_id=by.agency_id) or {})
    together = rules.union_of(body["do_not"], not_to_use)
    if together != body["do_not"]:
        contact.body = seal.seal(contact, "body", body | {"do_not": together}, agency_id=contact.agency_id)
        contact.save(update_fields=["body"])
    if contact.state != SafeContact.State.REVOKED:
        stop_contact(contact=contact, for_good=False, leave_day=True, by=by, at=at)


@transaction.atomic
def use_contact(*, contact: SafeContact, by: Worker, at: datetime) -> dict[str, Any]:
    """Return how to reach the person, and note that it was used.

    :raises rules.CannotUse: if they have not called it safe in the last thirty days
    """
    lock_to_write(file_id=contact.file_id)
    contact = _locked_contact(contact)
    rules.check_can_use(contact, at)
    note(
        "files.contact_used",
        custodian_id=contact.agency_id,
        file_id=contact.file_id,
        item_id=contact.id,
        item_kind="contact",
    )
    return queries.REACH | (seal.unseal(contact, "body", agency_id=by.agency_id) or {})


@transaction.atomic
def close(*, file: File, by: Worker, at: datetime) -> None:
    """Close the file.

    Ways of reaching the person are deleted at once (practice.md 2.7); the rest follows the agency's schedule.

    :raises rules.Held: if a hold stands on it
    """
    file = File.objects.select_for_update().get(pk=file.pk)
    rules.check_can_close(file)
    rules.check_is_not_held(free=queries.may_be_destroyed(file.id))
    SafeContact.objects.filter(file_id=file.id).delete()
    file.closed_at = at
    file.save(update_fields=["closed_at"])
    note("files.closed", custodian_id=file.agency_id, file_id=file.id)


@transaction.atomic
def reopen(*, file: File, by: Worker, at: datetime) -> None:
    """Open a closed file again.

    :raises rules.CannotWrite: if what it said was destroyed
    """
    file = File.objects.select_for_update().get(pk=file.pk)
    rules.check_can_reopen(file)
    file.closed_at = None
    file.save(update_fields=["closed_at"])
    note("files.reopened", custodian_id=file.agency_id, file_id=file.id)


@transaction.atomic
def ask_to_destroy(*, file: File, by: Worker) -> Destruction:
    """Ask that what a file says be destroyed. Nothing is shut or lost until a second says so too.

    :raises Refusal: if it is destroyed or asked already, a hold stands on it, or the role destroys nothing
    """
    file = File.objects.select_for_update().get(pk=file.pk)
    rules.check_can_ask_to_destroy(by, file, queries.destruction_of(file))
    rules.check_is_not_held(free=queries.may_be_destroyed(file.id))
    destruction = Destruction.objects.create(file_id=file.id, agency_id=file.agency_id, asked_by=by.pk)
    note("files.destruction_asked", custodian_id=file.agency_id, file_id=file.id)
    return destruction


@transaction.atomic
def confirm_destruction(*, destruction: Destruction, by: Worker | None) -> None:
    """Say as the second that what a file says is to be destroyed: it is shut to everybody, final after a day.

    :param by: nobody is the operator
    :raises Refusal: if it doesn't wait, a hold stands on the file, or this one can't be the second
    """
    destruction = _locked_destruction(destruction)
    rules.check_can_be_second(by, destruction)
    rules.check_is_not_held(free=queries.may_be_destroyed(destruction.file_id))
    _move(destruction, Destruction.State.CONFIRMED, "files.destruction_confirmed")


@transaction.atomic
def undo_destruction(*, destruction: Destruction, by: Worker) -> None:
    """Stop what is not final yet: everything is there again as it was. Whoever could be the second may.

    :raises rules.CannotDestroy: if it is final or was taken back
    """
    destruction = _locked_destruction(destruction)
    rules.check_can_undo(destruction)
    _move(destruction, Destruction.State.UNDONE, "files.destruction_undone")


def finish_destructions() -> int:
    """Make final what two said a day ago and no hold stops: the keys go. Return how many there were.

    Nobody has to be signed in. What a hold stops waits, shut, and can still be undone.
    """
    with ctx.as_operator(), connection.cursor() as cursor:
        cursor.execute("select file_id, agency_id from ctx.finish_destructions()")
        final = cursor.fetchall()
        for file_id, agency_id in final:
            note("files.shredded", custodian_id=agency_id, file_id=file_id)
            finish_effects_after_commit(about=file_id)
    return len(final)


def date_destruction_back(*, destruction: Destruction, days: int) -> None:
    """Let two have said so many days ago; for the demonstration, as `owner`, who alone may."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("set local role ctxo")
        cursor.execute(
            "update files_destruction set asked_at = asked_at - make_interval(days => %s),"
            " confirmed_at = confirmed_at - make_interval(days => %s) where id = %s",
            [days, days, destruction.id],
        )


def _locked_destruction(destruction: Destruction) -> Destruction:
    return Destruction.objects.select_for_update().get(file_id=destruction.file_id, id=destruction.id)


def _move(destruction: Destruction, to: Destruction.State, action: str) -> None:
    destruction.state = to
    destruction.save(update_fields=["state"])
    note(action, custodian_id=destruction.agency_id, file_id=destruction.file_id)


def _free_handle(agency_id: UUID) -> str:
    """Make up a few handles and return one that is free, as far as the worker can see."""
    drawn = list(dict.fromkeys(handles.make_up(set()) for _ in range(HANDLES)))
    taken = set(File.objects.filter(agency_id=agency_id, handle__in=drawn).values_list("handle", flat=True))
    return next((handle for handle in drawn if handle not in taken), handles.make_up(taken, numbered=True))


def _saved(file: File) -> bool:
    """Save a new file; False when the handle is another file's after all.

    One opened in the same moment, or one this worker may not see.
    """
    try:
        with transaction.atomic():
            file.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _locked_contact(contact: SafeContact) -> SafeContact:
    return SafeContact.objects.select_for_update().get(file_id=contact.file_id, id=contact.id)


def _kept(file: File, kind: str) -> dict[str, Any]:
    there = Detail.objects.filter(file_id=file.id, kind=kind).first()
    with seal.unlogged():
        return (seal.unseal(there, "body", agency_id=file.agency_id) if there else None) or {}


def _write(file: File, kind: str, words: dict[str, Any], by: By, at: datetime) -> bool:
    """Write a detail; return whether it had been written before."""
    there = Detail.objects.filter(file_id=file.id, kind=kind).first()
    detail = there or Detail(file_id=file.id, agency_id=file.agency_id, kind=kind)
    detail.body = seal.seal(detail, "body", words, agency_id=file.agency_id)
    detail.written_at = at
    actors.sign(detail, "written", by, How.THEIR_WORD)
    save_changes(detail)
    return there is not None


def _index(file: File, names: str) -> None:
    key = seal.keyring().derive(file.agency_id, "search")
    terms = search.blind(search.trigrams(names), key)
    SearchTerm.objects.bulk_create(
        [SearchTerm(agency_id=file.agency_id, term=term, file_id=file.id) for term in terms],
        ignore_conflicts=True,  # handle and name share pieces
    )


@transaction.atomic
def make_sheet(*, file: File, by: Worker) -> None:
    """Note that a sheet of paper is made of a file, for the person, who said that paper is safe.

    It changes nothing in the file; who finds the sheet is beyond what the trail knows.

    :raises Refusal: if what it said is destroyed, or to be
    """
    rules.check_can_reopen(file)
    note("files.printed", custodian_id=by.agency_id, file_id=file.id)
