"""What two agencies say to each other about one request, while the agreement lives."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from alongside.agencies.declarations import takes_only_packages
from alongside.consent.declarations import KEEP_BLOCKED, TO_ROLE, live
from alongside.files.declarations import custody
from alongside.kernel.rls.declarations import (
    ME,
    NOT_BLOCKED,
    AppendOnly,
    Person,
    Policy,
    Protection,
    Record,
    Trigger,
    by_ctxo,
    hidden_while_destroyed,
)
from alongside.kernel.rls.models import FileRow, Sealed

LONGEST = 400  # letters of one message
LONGEST_SEALED = 16_384  # bytes of it, or of all that a yes carries, in whichever writing, as it is sealed

# Of a request that is seen, under an agreement that counts now: for both sides, at every statement.
UNDER_AGREEMENT = (
    "exists (select 1 from consent_release a where a.file_id = {table}.file_id"
    f" and a.id = {{table}}.release_id and {live('a')})"
    " and exists (select 1 from referrals_referral q where q.file_id = {table}.file_id"
    " and q.id = {table}.referral_id and q.release_id = {table}.release_id"
    " and q.agency_id = {table}.agency_id and q.to_agency_id = {table}.to_agency_id"
    " and q.to_role = {table}.to_role)"
)
# What a yes carries is said after the yes, a question before there is an answer.
IN_ITS_TIME = (
    "exists (select 1 from referrals_referral q where q.file_id = {table}.file_id"
    " and q.id = {table}.referral_id and q.state in ('requested', 'accepted', 'in-progress', 'on-hold')"
    " and ({table}.kind <> 'answer' or q.state <> 'requested')"
    " and ({table}.kind <> 'question' or q.state = 'requested') and {table}.written_at >= q.requested_at)"
)
IN_OWN_NAME = f"from_agency_id = (select ctx.agency()) and written_by = {ME}"
ONLY_PACKAGES = (
    "kind = 'answer' or not exists (select 1 from agencies_agency g"
    f" where g.id in ({{table}}.agency_id, {{table}}.to_agency_id) and {takes_only_packages('g')})"
)
ASKED = f"to_agency_id = (select ctx.agency()) and {TO_ROLE} and {NOT_BLOCKED}"


class Message(FileRow):
    """Something one of the two agencies said about a request: the particulars of a yes, a question, a reply.

    It stands in the file of whoever asked, sealed under a key of the request that is lent with it. Nobody
    changes or takes out what was said.
    """

    class Kind(models.TextChoices):
        """What it is."""

        ANSWER = "answer", _("What a yes carries")
        QUESTION = "question", _("A question back")
        REPLY = "reply", _("The reply to it")
        MESSAGE = "message", _("A message")

    referral_id = models.UUIDField()
    release_id = models.UUIDField()
    to_agency_id = models.UUIDField()
    to_role = models.CharField(max_length=20, blank=True)
    from_agency_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=Kind)
    words = Sealed(kind="message", under="referral_id")
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("That two agencies said something to each other about a request, and when; not what."),
        record=Record.FILE,
        person=Person(reads=("from_agency_id", "kind", "words", "written_at")),
        emergency=False,
        hold=True,
        columns={
            "referral_id": _("which request"),
            "to_agency_id": _("which other agency"),
            "to_role": _("for which role only"),
            "from_agency_id": _("which of the two said it"),
            "kind": _("whether it is an answer, a question or a message"),
            "words": _("what was said"),
        },
        rules=(
            *custody("select, insert"),
            hidden_while_destroyed(),
            Policy("select", ASKED, name="asked_select"),
            Policy("insert", check=ASKED, name="asked_insert"),
            Policy("select", UNDER_AGREEMENT, name="under_agreement_select", restrictive=True),
            Policy(
                "insert",
                check=f"{UNDER_AGREEMENT} and {IN_ITS_TIME}",
                name="under_agreement_insert",
                restrictive=True,
            ),
            Policy("insert", check=IN_OWN_NAME, name="in_own_name", restrictive=True),
            Policy("insert", check=ONLY_PACKAGES, name="only_packages", restrictive=True),
            KEEP_BLOCKED,
            *by_ctxo("select"),
            Trigger("said_in_order", "before insert", "ctx.said_in_order()"),
            AppendOnly("what was said is neither changed nor taken out"),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(from_agency_id=F("to_agency_id"), kind__in=["answer", "question", "message"])
                | Q(from_agency_id=F("agency_id"), kind__in=["reply", "message"]),
                name="each_side_says_its_own",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("words"), LONGEST_SEALED), name="message_is_short"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["file_id", "referral_id"], name="messages_of_request")]
