"""Making the demonstration district: agencies, seats, services, files, gaps.

In one transaction, so that it is there whole or not at all.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from alongside.agencies import commands as agencies
from alongside.agencies.queries import seated
from alongside.desk.demo import beds, companions, evidence, fund, lacking, open_desk
from alongside.desk.demo.agencies import AGENCIES, OFFERS
from alongside.desk.demo.people import KEEP_FILES, PASSPHRASE, WORKERS
from alongside.desk.demo.scenario import District, Story, replay, seat
from alongside.desk.demo.scripted import SCRIPTED
from alongside.desk.demo.stories import every_stage
from alongside.directory import commands as directory
from alongside.files import commands as files
from alongside.files import queries as file_queries
from alongside.files.commands import lock_to_write
from alongside.kernel import clock, ctx, endings, randomness, seal
from alongside.occupancy import commands as occupancy

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.files.models import File

SEED = 20261122
SCRIPTED_BY = {"riverside": 4, "passerelle": 1, "maple-circle": 1, "hospital": 1}


@dataclass(frozen=True)
class Made:
    """How much there is of what."""

    agencies: int
    workers: int
    turns: int
    gaps: int


@transaction.atomic
def leave(*, file: File, goes_on: Collection[str], by: Worker, at: datetime) -> None:
    """Close the file of somebody who leaves: what is still open in it ends first, or goes on with them.

    No reason is asked, and nothing is kept of it but that the file is closed.

    :param goes_on: the keys of what they want to go on
    :raises Refusal: if the file is closed already, or a hold stands on it
    """
    lock_to_write(file_id=file.pk)
    endings.end(by, file.pk, at, goes_on=goes_on)
    files.close(file=file, by=by, at=at)


def make() -> Made:
    """Make the demonstration district.

    The same every time but for today's date, which its days are counted back from.
    """
    with transaction.atomic(), _quickly(), seal.keyring().together(), randomness.seeded(SEED):
        district = _people()
        _offers(district)
        turns = replay(_stories(district))
        gaps = lacking.record_all(district)
        beds.tell(district)
        open_desk.tell(district)
        companions.tell_companions(district, companions.tell(district))
        fund.tell(district)
        occupancy.invent(until=clock.day(district.midnight))
    return Made(len(district.agencies), len(district.workers), turns, gaps)


def tell_destructions() -> None:
    """Of the files that are asked to be destroyed, leave one waiting, shut one, and destroy one for good.

    Once rights are dated back: before, nobody could be the second.
    """
    with ctx.as_operator():
        asked = list(file_queries.destructions_asked())
    for destruction in asked[1:]:
        with ctx.as_worker(destruction.asked_by):
            asker = seated(destruction.asked_by)
            seconds = file_queries.could_be_second(asker, destruction) if asker else []
        with ctx.as_worker(seconds[0].pk) if seconds else ctx.as_operator():
            files.confirm_destruction(destruction=destruction, by=seconds[0] if seconds else None)
    files.date_destruction_back(destruction=asked[-1], days=20)
    files.finish_destructions()


def tell_evidence() -> bool:
    """Make the invented study and its brief, unless they were made before; return whether they were now."""
    with transaction.atomic(), _quickly():
        return evidence.tell()


@contextmanager
def _quickly() -> Iterator[None]:
    """Thousands of like statements.

    Each prepared and planned once, no savepoint around every command, since all of it is one piece anyway.

    Nor is memory searched for what is no longer used: a tenth of the time, for a few megabytes until it is
    done.
    """
    session, features = connection.connection, connection.features
    before = session.prepare_threshold, session.prepared_max
    session.prepare_threshold, session.prepared_max, features.uses_savepoints = 0, 600, False
    session.execute("set local plan_cache_mode = force_generic_plan")
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        session.prepare_threshold, session.prepared_max = before
        features.uses_savepoints = True


def _people() -> District:
    now = clock.now()
    midnight = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    hashed = make_password(PASSPHRASE)  # once: Argon2id is slow on purpose
    with ctx.as_operator():
        opened = {slug: agencies.open_agency(slug=slug, **facts) for slug, facts in AGENCIES.items()}
        workers = {
            username: seat(
                agencies.seat_invented(
                    agency=opened[slug], username=username, hashed=hashed, name=name, role=role
                )
            )
            for slug, seats in WORKERS.items()
            for username, name, role in seats
        }
    for worker in workers.values():
        if worker.keeps_files:
            with ctx.as_worker(worker.pk):
                agencies.come_on(by=worker, at=now)
    return District(now, midnight, opened, workers, random.Random(SEED))  # noqa: S311 - the same every time on purpose


def _offers(d: District) -> None:
    fields = (
        "name",
        "name_fr",
        "service_type",
        "needs",
        "languages",
        "flags",
        "community",
        "hours",
        "description",
    )
    for number, (slug, offers) in enumerate(OFFERS.items()):
        by = d.workers[WORKERS[slug][-1][0]]
        facts = AGENCIES[slug]
        for offer in offers:
            told: dict[str, Any] = dict(zip(fields, offer, strict=True))
            secret = not told["community"]
            more: dict[str, Any] = {
                "division": facts["division"],
                "phone": f"705-555-01{number:02}",
                "disclosure": "area_only" if secret else "public",
            }
            with ctx.as_worker(by.pk):
                kept = directory.keep(
                    by=by,
                    at=d.day(30),
                    neutral_name=facts["face"],
                    neutral_name_fr=facts["face_fr"],
                    **told,
                    **more,
                )
            d.entries.setdefault(slug, kept.pk)


def _stories(d: District) -> Iterator[Story]:
    for tell in SCRIPTED:
        yield tell(d)
    slots = [
        d.workers[usernames[place % len(usernames)]]
        for slug, (usernames, number) in KEEP_FILES.items()
        for place in range(number - SCRIPTED_BY.get(slug, 0))
    ]
    stages = every_stage()
    d.draw.shuffle(stages)
    for by, stage in zip(slots, stages, strict=True):
        yield stage(d, by, d.draw.triangular(2, 360, 50) // 1)
