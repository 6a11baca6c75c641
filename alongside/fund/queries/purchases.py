"""What was asked of the fund, and, where a file opens, for whom."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.agencies.queries import colleague, colleagues
from alongside.files.queries import caseload
from alongside.fund import rules
from alongside.fund.models import FilePurchase, Instalment, Purchase, State, Status
from alongside.fund.queries.limits import limit_of
from alongside.kernel import seal
from alongside.kernel.batches import Reading, both, fetched, reads
from alongside.kernel.keyring import KeyGone
from alongside.kernel.prepared import prepared

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

OPEN = (Status.LACKING, Status.COMMITTED, Status.PAID)
NEWS_FOR = timedelta(days=2)


@dataclass(frozen=True)
class Asked:
    """A request with its payments, the oldest first."""

    purchase: Purchase
    instalments: list[Instalment] = field(default_factory=list)

    @property
    def next(self) -> Instalment | None:
        """The payment that waits for something to be done, the oldest first."""
        return next((each for each in self.instalments if each.state in OPEN), None)

    @property
    def due(self) -> list[Instalment]:
        """What stands on somebody's day: the next payment, and the first month for which the pot is empty."""
        lacking = next((each for each in self.instalments if each.state == Status.LACKING), None)
        return list(dict.fromkeys(each for each in (self.next, lacking) if each))

    @property
    def standing(self) -> str:
        """Where it stands, in a word or two."""
        if self.purchase.state != State.APPROVED or not self.instalments:
            return str(self.purchase.get_state_display())
        return str((self.next or self.instalments[-1]).get_state_display())

    @property
    def tag(self) -> str:
        """How its standing is marked."""
        if self.purchase.state in (State.DECLINED, State.WITHDRAWN):
            return "no"
        if self.purchase.state == State.ASKED:
            return "wait"
        return "move" if self.next else "yes"


def get_purchase(worker: Worker, purchase_id: UUID) -> Purchase:
    """Return one request to the fund of the worker's agency.

    :raises Purchase.DoesNotExist: if there is none, or they see none
    """
    return Purchase.objects.select_related("pot").get(agency_id=worker.agency_id, pk=purchase_id)


def get_instalment(worker: Worker, instalment_id: UUID) -> Instalment:
    """Return one payment of the worker's agency.

    :raises Instalment.DoesNotExist: if there is none, or they see none
    """
    return Instalment.objects.select_related("purchase__pot").get(
        agency_id=worker.agency_id, pk=instalment_id
    )


def instalments_of(purchase: Purchase) -> list[Instalment]:
    """Return the payments of a request, the oldest first."""
    return list(Instalment.objects.filter(purchase=purchase))


def waiting(worker: Worker) -> QuerySet[Purchase]:
    """Return what waits for approval and this worker did not ask for, the oldest first.

    Whose it is and who asked are not on any page of it.
    """
    found = Purchase.objects.filter(agency_id=worker.agency_id, state=State.ASKED).exclude(asked_by=worker.pk)
    return found.select_related("pot").order_by("asked_at", "id")


@prepared
def _to_approve(worker: Worker) -> QuerySet[Purchase]:
    return waiting(worker)[:100]


@reads
def to_approve(worker: Worker) -> Reading[list[Purchase]]:
    """Return what waits for an approval that this worker may give, the oldest first."""
    found, limit = yield from both(fetched(_to_approve(worker)), limit_of.reading(worker))
    return [purchase for purchase in found if purchase.total <= limit]


@reads
def to_go_on_with(worker: Worker, at: datetime) -> Reading[list[Asked]]:
    """Return what this worker asked for and has to go on with: a payment, a receipt, a no of these days."""
    return (yield from with_instalments.reading(_not_done(worker, at)))


@prepared
def _not_done(worker: Worker, at: datetime) -> QuerySet[Purchase]:
    open_payments = Exists(Instalment.objects.filter(purchase=OuterRef("pk"), state__in=OPEN))
    lately = Q(state=State.DECLINED, decided_at__gt=at - NEWS_FOR)
    asked = Purchase.objects.filter(agency_id=worker.agency_id, asked_by=worker.pk)
    return asked.filter(open_payments | lately)[:40]


@reads
def left_behind(worker: Worker) -> Reading[list[Asked]]:
    """Return what has to be gone on with and was asked for by somebody who is not there any more."""
    open_payments = Exists(Instalment.objects.filter(purchase=OuterRef("pk"), state__in=OPEN))
    found = Purchase.objects.filter(open_payments, agency_id=worker.agency_id)
    found = found.exclude(asked_by__in=colleagues(worker).values("pk"))
    return (yield from with_instalments.reading(found[:40]))


def recent(worker: Worker, many: int = 20) -> list[Asked]:
    """Return what this worker asked for lately, the newest first."""
    return with_instalments(
        Purchase.objects.filter(agency_id=worker.agency_id, asked_by=worker.pk).select_related("pot")[:many]
    )


def of_file(worker: Worker, file_id: UUID) -> list[Asked]:
    """Return what was asked of the fund for the person of a file, the newest first."""
    rows = FilePurchase.objects.filter(file_id=file_id, agency_id=worker.agency_id)
    ids = [request for row in rows if (request := _request(row))]
    return with_instalments(Purchase.objects.filter(pk__in=ids).select_related("pot"))


@reads
def files_of(worker: Worker, purchases: Collection[UUID]) -> Reading[dict[UUID, UUID]]:
    """Return the files these requests are for, among the newest that the worker leads or backs up.

    Nothing is opened for it: a file's key makes the hash by which its row is found.
    """
    files = caseload(worker, mine=True)
    yield [files]
    wanted = {
        token: purchase
        for file in files
        for purchase, token in found_by(file.id, worker.agency_id, purchases).items()
    }
    rows = FilePurchase.objects.filter(agency_id=worker.agency_id, found_by__in=list(wanted))
    yield [rows]
    return {wanted[bytes(row.found_by)]: row.file_id for row in rows}


def is_its_file(worker: Worker, purchase: UUID, file_id: UUID | None) -> bool:
    """Whether a request is for the person of this file; without one, for nobody's that the worker leads."""
    if file_id is None:
        return not files_of(worker, {purchase})
    wanted = found_by(file_id, worker.agency_id, [purchase]).values()
    return FilePurchase.objects.filter(file_id=file_id, found_by__in=list(wanted)).exists()


def found_by(file_id: UUID, agency_id: UUID, purchases: Collection[UUID]) -> dict[UUID, bytes]:
    """Return the hash of each of these requests under a file's key; none once the key is gone."""
    try:
        key = seal.keyring().open(file_id, "fund", agency_id)
    except KeyGone:
        return {}
    return {each: hmac.digest(key, each.bytes, "sha256") for each in purchases}


def _request(row: FilePurchase) -> UUID | None:
    said = seal.unseal(row, "request", agency_id=row.agency_id)
    return UUID(said["id"]) if said else None


def who_asked(worker: Worker, purchase: Purchase) -> UUID:
    """Return whose account asked it: a seat that ended and the one after it are of the same."""
    return colleague(worker, purchase.asked_by).account_id


def hindrance(worker: Worker, purchase: Purchase) -> rules.CannotDecide | None:
    """Return why this worker can't approve what waits, in the rule's own words; nothing if they can."""
    try:
        rules.check_can_decide(worker, purchase, limit_of(worker), asked_by=who_asked(worker, purchase))
    except rules.CannotDecide as refusal:
        return refusal
    except rules.CannotMove:
        return None
    return None


@prepared
def _instalments(purchases: set[UUID]) -> QuerySet[Instalment]:
    return Instalment.objects.filter(purchase__in=purchases)


@reads
def with_instalments(purchases: QuerySet[Purchase]) -> Reading[list[Asked]]:
    """Return requests with their payments, in two statements."""
    yield [purchases]
    found = {purchase.pk: Asked(purchase) for purchase in purchases}
    instalments = _instalments(set(found))
    yield [instalments]
    for instalment in instalments:
        found[instalment.purchase_id].instalments.append(instalment)
    return list(found.values())
