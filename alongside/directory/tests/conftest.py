"""What the directory's tests share: real files where they lie, and somebody signed in."""

from pathlib import Path

import pytest

from alongside.agencies.tests import cast
from tests.frozen import frozen

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"


def data(*parts):
    """A file of the shared data, or the test is skipped with the reason."""
    path = DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"../shared/data/{'/'.join(parts)} isn't on this machine")
    return path


@pytest.fixture
@frozen
def maya(db):
    return cast.worker(cast.agency("Riverside"), "Maya", role="coordinator")


@pytest.fixture
def page(client, maya):
    return cast.sign_in(client, maya)
