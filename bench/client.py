"""One connection to the pages, kept alive as a browser keeps it, and timed."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many seconds."""

    status: int
    body: str
    took: float
    location: str


class Client:
    """Somebody signed in."""

    def __init__(self, host: str, port: int, cookies: dict[str, str], csrf: str) -> None:
        self._connection = http.client.HTTPConnection(host, port, timeout=60)
        self._headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "Accept-Language": "en-CA",
        }
        self._csrf = csrf
        self.asked = 0

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None, headers)

    def timed(self, path: str) -> Callable[[int], float]:
        """Return what asks for a page in any turn and says how many seconds it took.

        :raises RuntimeError: if it is not answered with a page
        """

        def took(turn: int) -> float:
            answer = self.get(path)
            if answer.status != 200:
                raise RuntimeError(f"A page answered {answer.status}.")
            return answer.took

        return took

    def post(self, path: str, fields: Mapping[str, str | list[str]] | None = None, **headers: str) -> Answer:
        """Send a form."""
        body = urlencode({**(fields or {}), "csrfmiddlewaretoken": self._csrf}, doseq=True)
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **headers})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        self.asked += 1
        began = time.perf_counter()
        try:
            response = self._response(method, path, body, headers)
        except http.client.RemoteDisconnected:  # hung up while nobody asked anything: a browser calls again
            self._connection.close()
            began = time.perf_counter()
            response = self._response(method, path, body, headers)
        text = response.read()
        took = time.perf_counter() - began
        return Answer(
            response.status, text.decode("utf-8", "replace"), took, response.getheader("Location", "") or ""
        )

    def _response(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        self._connection.request(method, path, body, {**self._headers, **headers})
        return self._connection.getresponse()

    def close(self) -> None:
        """Hang up."""
        self._connection.close()
