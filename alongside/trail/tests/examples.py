"""What the tests of the whole have to know of the trail."""

from tests.examples import CUSTODIAN

PLAIN = {"trail_checkpoint.note"}
SEEN = {"trail_entry": CUSTODIAN | {"privacy"}}
