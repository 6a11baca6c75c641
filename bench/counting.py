"""How many SQL statements an answer takes, counted exactly.

`python -m bench.counting COOKIE PATH…` in an installation's own environment.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from config import serving


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent while the block runs, the session's and the signature's too.

    Only BEGIN and COMMIT are not among them.
    """
    said: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        said.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield said


def main(cookie: str, paths: list[str]) -> None:
    """Ask for each page as who holds the cookie, and print how many statements it took.

    Twice, because the first time warms caches.
    """
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    for path in paths:
        client.get(path)
        with counted() as said:
            answer = client.get(path)
        print(answer.status_code, len(said), path)


if __name__ == "__main__":
    serving.load_django()
    main(sys.argv[1], sys.argv[2:])
