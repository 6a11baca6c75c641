"""Asks for pages without a pause, as so many clients at once.

`python -m bench.loading PORT PATHS COOKIES`, both lists as JSON.

Goes on until its input is closed, then prints how many pages were answered. In a process of its own, so that
what is measured beside it isn't slowed by it.
"""

from __future__ import annotations

import json
import sys
import threading

from bench.client import Client


def _ask(
    port: int, paths: list[str], cookie: str, first: int, enough: threading.Event, answered: list[int]
) -> None:
    client, turn = Client("127.0.0.1", port, {"s": cookie}, ""), first
    while not enough.is_set():
        answer = client.get(paths[turn % len(paths)])
        answered.append(answer.status)
        turn += 1
    client.close()


def main(port: int, paths: list[str], cookies: list[str]) -> int:
    """Load until told that it is enough; 1 if any page was no page."""
    enough, answered = threading.Event(), list[int]()
    threads = [
        threading.Thread(target=_ask, args=(port, paths, cookie, nth, enough, answered))
        for nth, cookie in enumerate(cookies)
    ]
    for thread in threads:
        thread.start()
    sys.stdin.read()
    enough.set()
    for thread in threads:
        thread.join()
    print(len(answered))
    return 0 if set(answered) == {200} else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), json.loads(sys.argv[2]), json.loads(sys.argv[3])))
