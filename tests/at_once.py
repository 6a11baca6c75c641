"""The same act twice at the same moment: the second begins while the first is not committed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from alongside.kernel import ctx

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

A_WHILE = 0.3  # seconds, so that the second waits for the first


def twice_at_once(act: Callable[[], Any], by: Worker) -> list[Any]:
    """Return what the first and the second press got; whatever was raised in a thread is raised here."""
    begun, given, raised = threading.Event(), {}, []

    def press(number: int) -> None:
        try:
            if number:
                begun.wait()
            with ctx.as_worker(by.pk), transaction.atomic():
                given[number] = act()
                begun.set()
                time.sleep(0 if number else A_WHILE)
        except BaseException as error:
            raised.append(error)
            begun.set()
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[number]) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if raised:
        raise raised[0]
    return [given[0], given[1]]
