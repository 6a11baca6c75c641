"""Where somebody is who goes along: for one colleague who said they watch, and wiped when they are back."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.accompaniment.models.accompaniments import COMES_BACK
from alongside.consent.declarations import KEEP_BLOCKED
from alongside.files.declarations import OfAFile
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import (
    BY_NOW,
    ME,
    NOBODYS,
    NOT_BLOCKED,
    OWN,
    SAME,
    Grant,
    Person,
    Policy,
    Protection,
    Record,
    Settled,
    by_ctxo,
    may,
)
from alongside.kernel.rls.models import FileRow, Sealed

MEETS = f"{OWN} and {may('meet-people')}"
ONESELF = f"{MEETS} and worker_id = {ME}"
KEEPS = f"{OWN} and {may('keep-programmes')}"
# Whoever is out says that they are back, whatever became of the file, or of them in it.
OF_THE_TWO = f"{MEETS} and (companion_id = {ME} or watcher_id = {ME} and {NOT_BLOCKED})"
THERE = ", ".join(f"'{state}'" for state in COMES_BACK)
GOES_THERE = (
    f"exists (select 1 from accompaniment_accompaniment a where a.file_id = {{table}}.file_id"
    f" and a.id = {{table}}.accompaniment_id and a.companion_id = {ME} and a.state in ({THERE}))"
)
WATCHED_THEN = (
    "exists (select 1 from accompaniment_watch w where w.worker_id = {table}.watcher_id"
    " and w.ended_at is null and w.until_at > statement_timestamp())"
)
NOT_KEPT_FROM_THE_WATCHER = (
    "exists (select 1 from agencies_worker w where w.id = {table}.watcher_id"
    " and w.left_at is null and coalesce(w.suspended_until <= statement_timestamp(), true)"
    " and w.agency_id = {table}.agency_id and not ({table}.blocked_principals && array['worker:' || w.id,"
    " 'role:' || w.role, 'role:' || w.agency_id || ':' || w.role, 'agency:' || w.agency_id]))"
)
NOBODY_OUT = (
    "not exists (select 1 from accompaniment_checkin c where c.watcher_id = {table}.worker_id"
    " and c.out_at is null)"
)
BY_THE_WATCHER = "current_user = 'app' and old.watcher_id = ctx.worker()"
LOOKS_EVERY = (5, 60)  # minutes


class Watch(models.Model):
    """Until when a colleague watches over whoever goes along. Nobody who is helped is in it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField()
    worker_id = models.UUIDField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("Which worker watches over colleagues who go along, and until when."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={"agency_id": _("which agency"), "worker_id": _("which worker")},
        rules=(
            Grant("select, insert, update (until_at, ended_at)"),
            Policy("select", MEETS),
            Policy(
                "insert",
                check=f"{ONESELF} and ended_at is null and written_at <= {BY_NOW}"
                " and until_at < statement_timestamp() + interval '1 day'",
            ),
            Policy(
                "update",
                ONESELF,
                f"{ONESELF} and until_at < statement_timestamp() + interval '1 day'"
                f" and (ended_at is null or {NOBODY_OUT})",
            ),
            Settled(
                "ended", "what ended stays so", ("until_at", "ended_at"), once="old.ended_at is not null"
            ),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["worker_id"], condition=Q(ended_at=None), name="one_watch_a_worker"
            ),
            models.CheckConstraint(
                condition=Q(until_at__gt=F("written_at")), name="a_watch_ends_after_it_begins"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["agency_id", "until_at"], name="watches_of_an_agency")]

    def __str__(self) -> str:
        return str(self.until_at)


class CheckIn(FileRow):
    """Where somebody is who goes along, and when they are to be back: there is no other place for an address.

    `words` hold both. Only the two see it, and they are gone when whoever went is back; after the word for
    danger they stay for the one who watches. A file that is shut, to be destroyed, hides it from neither:
    somebody is out all the same. Nor does a “not them” that is said meanwhile keep whoever is out from
    saying that they are back.
    """

    accompaniment_id = models.UUIDField()
    companion_id = models.UUIDField()
    watcher_id = models.UUIDField()
    words = Sealed(null=True, kind="whereabouts")
    checked_in_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, help_text="When whoever watches last looked.")
    out_at = models.DateTimeField(null=True)
    duress_at = models.DateTimeField(null=True, help_text="They wrote the word for danger.")

    protection: ClassVar = Protection(
        tells=_("That a colleague watches until somebody who went along is back; not where they are."),
        record=Record.TRANSIENT,
        person=Person(),
        emergency=False,
        hold=False,
        columns={
            "words": _("where they are and when they are to be back, until they are"),
            "duress_at": _("that they wrote the word for danger"),
        },
        rules=(
            Grant("select, insert, update (words, seen_at, out_at, duress_at)"),
            OfAFile(),
            Policy("select", OF_THE_TWO),
            Policy(
                "insert",
                check=f"{MEETS} and {NOT_BLOCKED} and companion_id = {ME} and {GOES_THERE} and {WATCHED_THEN}"
                f" and {NOT_KEPT_FROM_THE_WATCHER}"
                f" and seen_at is null and out_at is null and checked_in_at <= {BY_NOW}",
            ),
            Policy("update", OF_THE_TWO, SAME),
            *by_ctxo("select, update (words, out_at, blocked_principals)"),
            KEEP_BLOCKED,
            Settled(
                "watched", "only whoever watches looks", ("seen_at",), once="old.companion_id = ctx.worker()"
            ),
            Settled("said", "whoever goes along says so", ("duress_at",), once=BY_THE_WATCHER),
            Settled(
                "placed",
                "whoever goes along says where",
                ("words",),
                once=f"{BY_THE_WATCHER} and new.words is not null",
            ),
            Settled(
                "out", "they are back", ("seen_at", "out_at", "duress_at"), once="old.out_at is not null"
            ),
            Settled(
                "wiped", "it is wiped", ("words",), once="old.out_at is not null and new.words is not null"
            ),
        ),
    )

    class Meta(FileRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file_id", "accompaniment_id", "companion_id"],
                condition=Q(out_at=None),
                name="one_check_in_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(watcher_id=F("companion_id")), name="nobody_watches_themselves"
            ),
            models.CheckConstraint(
                condition=Q(out_at__isnull=False) | Q(words__isnull=False), name="whoever_is_out_is_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(out_at=None) | Q(words=None) | Q(duress_at__isnull=False),
                name="a_place_is_wiped_when_they_are_back",
            ),
            models.CheckConstraint(
                condition=Q(duress_at=None) | Q(out_at__isnull=False), name="danger_looks_like_being_back"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["watcher_id"], condition=Q(words__isnull=False), name="check_ins_of_one"),
        ]


class WatchRules(models.Model):
    """What an agency agreed for whoever watches: how often, whom to ring, what to do in danger."""

    agency_id = models.UUIDField(primary_key=True)
    minutes = models.PositiveSmallIntegerField(db_default=30)
    ring = models.CharField(max_length=200, blank=True, db_default="")
    instructions = models.CharField(max_length=1000, blank=True, db_default="")
    written_by = models.UUIDField()
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("How an agency watches over its own workers. Nobody who is helped is in it."),
        record=Record.SERVICE,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "agency_id": _("which agency"),
            "minutes": _("how often somebody looks"),
            "ring": _("whom to ring"),
            "instructions": _("what to do at the word for danger"),
        },
        rules=(
            Grant("select, insert, update"),
            Policy("select", OWN),
            Policy("insert", check=f"{KEEPS} and written_by = {ME} and written_at <= {BY_NOW}"),
            Policy("update", KEEPS, f"{KEEPS} and written_by = {ME} and written_at <= {BY_NOW}"),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(minutes__gte=LOOKS_EVERY[0], minutes__lte=LOOKS_EVERY[1]),
                name="somebody_looks_now_and_then",
            )
        ]

    def __str__(self) -> str:
        return str(self.minutes)


class DuressWord(models.Model):
    """A worker's own word for danger, hashed: nobody reads it, and they can only write another."""

    worker_id = models.UUIDField(primary_key=True)
    agency_id = models.UUIDField()
    word_hash = models.CharField(max_length=200)
    written_at = models.DateTimeField()

    protection: ClassVar = Protection(
        tells=_("That a worker has a word for danger; not which."),
        record=Record.STAFF,
        person=NOBODYS,
        emergency=False,
        hold=False,
        columns={
            "worker_id": _("which worker"),
            "agency_id": _("which agency"),
            "word_hash": _("the word, hashed"),
        },
        rules=(
            Grant("select, insert, update (word_hash, written_at)"),
            Policy("select", ONESELF),
            Policy("insert", check=f"{ONESELF} and written_at <= {BY_NOW}"),
            Policy("update", ONESELF, SAME),
        ),
    )

    def __str__(self) -> str:
        return str(self.written_at)
