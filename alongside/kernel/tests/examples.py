"""What the tests of the whole have to know of the kernel."""

from alongside.kernel import guides
from tests.examples import Scene

# Whoever asks: they hold nothing, and none of them is a page.
DOORS_IN = ("alongside/kernel/tests/test_headers.py::test_every_address_answers_with_every_header",)
NOT_PAGES = {"exit", "drafts", "unsent", "policy_reports", "language", "quiet", "keyboard"}


def on_every_page(scene: Scene) -> None:
    """Every guide."""
    scene.pages["guide"] = [{"name": name} for name in guides.names()]
