"""What was pressed when the session had gone idle: not done, told after signing in, and done with one press.

Kept sealed for the same account for a day, like the words of a form; another account sees nothing of it. What
the button says is read from the page itself when it is shown again, so that it is true, in the reader's
language, and only there if it can still be pressed.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator
from lxml import html

from alongside.kernel import drafts
from alongside.kernel.requests import SignedRequest

PLACE = "unsent"  # no address: they begin with a slash
WAITING = "unsent"  # in the session: there is something to tell
MOST = 5  # presses in as many windows; older ones were overtaken
MARK = b"<!--unsent-->"  # where the page tells it
NO_PRESS = ("drafts", "unsent", "language", "account_logout")  # nobody misses these, or they are done
LONGEST = 120  # characters of what was chosen or typed beside the button
SAID_BY_A_LABEL = ("radio", "checkbox")
HIDDEN = ("hidden", "submit", "button", "image", "file")


@dataclass(frozen=True)
class Press:
    """A form that arrived too late: the page it stood on, where it was sent, and what was in it."""

    page: str
    address: str
    fields: dict[str, list[str]]
    had_file: bool
    kept_nothing: bool = False  # of what was typed: it is written again

    @property
    def path(self) -> str:
        """The page without its question."""
        return urlsplit(self.page).path


def keep(request: HttpRequest, account_id: UUID) -> None:
    """Keep a press for this account, after those kept before it."""
    if request.path in {reverse(name) for name in NO_PRESS}:
        return
    fields = drafts.typed(request)
    press = Press(
        drafts.page_of(request), request.path, fields, bool(request.FILES), drafts.keeps_nothing(request)
    )
    before = [kept for kept in _kept(account_id) if (kept.address, kept.fields) != (press.address, fields)]
    drafts.keep_sealed(account_id, PLACE, [asdict(one) for one in [*before, press][-MOST:]])


def page_to_return_to(request: HttpRequest, account_id: UUID) -> str:
    """Return the page of the last press of this account, and remember in the session to tell it; or ""."""
    kept = _kept(account_id)
    if not kept:
        return ""
    request.session[WAITING] = True
    return kept[-1].page


def waiting(request: SignedRequest) -> list[Press] | None:
    """Return what there is to tell whoever asks, or None.

    Asked before the page is made: where the page says no, nothing can be read after it.
    """
    if request.seat is None or WAITING not in request.session:
        return None
    return _kept(request.seat.account_id)


def tell(request: SignedRequest, response: HttpResponse, kept: list[Press]) -> None:
    """Put what was not done at the top of a page that is shown to who had pressed it."""
    if MARK not in response.content:
        return
    if not kept:
        del request.session[WAITING]
        return
    offered_back = getattr(request, "drafted", False)
    here = [_told(press, response.content, offered_back) for press in kept if press.path == request.path]
    elsewhere = [press for press in kept if press.path != request.path]
    said = render_to_string("kernel/_unsent.html", {"here": here, "elsewhere": elsewhere}, request)
    response.content = response.content.replace(MARK, said.encode(), 1)


def forget(request: SignedRequest, address: str = "") -> None:
    """Forget what was pressed at an address because it has been done now; without one, all of it."""
    if request.seat is None or WAITING not in request.session:
        return
    account_id = request.seat.account_id
    left = [press for press in _kept(account_id) if address and press.address != address]
    if left:
        drafts.keep_sealed(account_id, PLACE, [asdict(press) for press in left])
    else:
        drafts.forget(request, PLACE)
        del request.session[WAITING]


def _kept(account_id: UUID) -> list[Press]:
    return [Press(**press) for press in drafts.kept_sealed(account_id, PLACE) or []]


def _told(press: Press, page: bytes, offered_back: bool) -> dict[str, Any]:
    """Return what the page says of a press: its button's words and what was chosen, if it stands there.

    It can be pressed again at once, unless the form below offers back what was typed or wants its file again.
    """
    pressed = max(_candidates(press, page), key=lambda one: one[0], default=None)
    form, button = pressed[1:] if pressed else (None, None)
    return {
        "press": press,
        "label": "" if button is None else _text(button),
        "chosen": "" if form is None else Truncator(" · ".join(_chosen(form, press))).chars(LONGEST),
        "fields": [(name, value) for name, values in press.fields.items() for value in values],
        "again": button is not None and not (offered_back or press.had_file or press.kept_nothing),
    }


def _candidates(press: Press, page: bytes) -> Iterator[tuple[int, Any, Any]]:
    """Yield each form and button of the page that sends just what was sent, and how alike the values are."""
    for form in html.fromstring(page).iter("form"):
        if (form.get("method") or "").lower() != "post":
            continue
        names = {field.get("name") for field in form.iter("input", "select", "textarea")}
        for button in form.iter("button"):
            address = urljoin(press.page, button.get("formaction") or form.get("action") or "")
            name, value = button.get("name"), button.get("value", "")
            sends = value in press.fields.get(name, []) if name else button.get("type", "submit") == "submit"
            if urlsplit(address).path == press.address and sends and press.fields.keys() <= names | {name}:
                yield _likeness(form, press), form, button


def _likeness(form: Any, press: Press) -> int:
    """How many of the form's hidden fields are as they were sent, less those that are not."""
    return sum(
        1 if field.get("value", "") in press.fields.get(field.get("name"), []) else -1
        for field in form.iter("input")
        if field.get("type") == "hidden" and field.get("name") not in drafts.NEVER
    )


def _chosen(form: Any, press: Press) -> list[str]:
    """What was picked or typed in the form, in the words of the page."""
    said: list[str] = []
    for field in form.iter("input", "select", "textarea"):
        sent, kind = press.fields.get(field.get("name"), []), field.get("type")
        if not sent or kind in HIDDEN:
            continue
        if field.tag == "select":
            said += [_text(option) for option in field.iter("option") if option.get("value") in sent]
        elif kind not in SAID_BY_A_LABEL:
            said += sent
        elif field.get("value", "on") in sent and field.label is not None:
            said.append(_text(field.label))
    return [words for words in said if words]


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())
