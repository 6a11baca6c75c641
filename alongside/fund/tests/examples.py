"""What the tests of the whole have to know of the fund."""

from datetime import date

from alongside.fund import commands
from alongside.fund.tests import cast
from alongside.kernel import clock, ctx
from tests.examples import CUSTODIAN, KEEPS, Door, Scene, Write

HERE = {"caseworker", "colleague", "barred"}  # who meets people at the agency whose fund it is
LEADS = {"leader"}
SEES = HERE | LEADS | {"privacy"}
APPROVES = {"caseworker", "colleague", "barred", "other role", "never"} | LEADS  # by role, and not intake
IN_THE_BOOKS = "it is in the books of the agency, with nobody in it"
PAYMENTS = ("payment", "release", "receipt", "write_off", "bring_back", "refund", "count")
DOORS: dict[str, Door] = {
    "fund:list": ("get", KEEPS | LEADS | {"privacy"}),
    "fund:new": ("get", KEEPS),
    "fund:waiting": ("get", APPROVES),
    "fund:limits": ("get", KEEPS | LEADS | {"privacy"}),
    "fund:new_pot": ("get", LEADS),
    "fund:change_pot": ("get", LEADS),
    "fund:allot": ("post", LEADS),
    **{f"fund:{name}": ("get", SEES) for name in ("pot", "reports", "report", "purchase")},
    **{f"fund:{name}": ("post", HERE | LEADS) for name in ("approval", "refusal")},
    "fund:withdrawal": ("post", HERE),
    "fund:ending": ("post", SEES),
    **{f"fund:{name}": ("post", SEES) for name in PAYMENTS},
}
NOT_PAGES = {name for name, (method, _who) in DOORS.items() if method == "post"}
NOT_PAGES |= {"fund:new_pot", "fund:change_pot"}  # the leader's: alongside/fund/tests/test_in_a_browser.py
READ_ONLY = {"fund:list", "fund:waiting", "fund:pot", "fund:purchase"}
SEEN = {"fund_filepurchase": CUSTODIAN}
TAXI = {"kind": "taxi", "amount": "12.50", "pot": "<pot_id>", "payee": "seller", "often": "once"}


def _of_the_books(path: str, by: str = "caseworker", **sends: str) -> Write:
    return Write(path, sends, by=by, still=IN_THE_BOOKS, when_shut=True)


WRITES = (
    Write("/fund/new", TAXI | {"file": "<file_id>"}),
    _of_the_books("/fund/new", **TAXI),
    _of_the_books("/fund/pots/new", by="leader", name="Spring", ends_on="2040-03-31", granted="10"),
    _of_the_books("/fund/pots/<pot_id>/change", by="leader", name="Winter", ends_on="2040-03-31"),
    _of_the_books("/fund/pots/<pot_id>/allotments", by="leader", amount="5"),
    _of_the_books("/fund/pots/<pot_id>/reports", by="leader", half="2020-H2"),
    _of_the_books("/fund/reports/<report_id>", by="privacy"),
    _of_the_books("/fund/limits", by="leader", caseworker="75", coordinator="250", leader="1000"),
    _of_the_books("/fund/<purchase_id>/approval", by="leader"),
    _of_the_books("/fund/<refused_id>/refusal", by="leader", reason="otherwise"),
    _of_the_books("/fund/<withdrawn_id>/withdrawal"),
    _of_the_books("/fund/<monthly_id>/ending"),
    _of_the_books("/fund/payments/<instalment_id>", amount="40"),
    _of_the_books("/fund/payments/<released_id>/release"),
    _of_the_books("/fund/payments/<receipt_id>/receipt", number="17", amount="40"),
    _of_the_books("/fund/payments/<lost_id>/write-off"),
    _of_the_books("/fund/payments/<back_id>/return"),
    _of_the_books("/fund/payments/<refund_id>/refund", amount="1"),
    Write("/fund/payments/<refund_id>/count", over=True),
)
PLAIN = {"fund_instalment.receipt"}  # the number of a receipt, which the table lets be nothing else
ROWS = {"fund_filepurchase": lambda: {"request": b"\x01", "found_by": b"\x01"}}
UNIQUE = {"fund_filepurchase": {"found_by": "\\x02"}}


def _fund(scene: Scene) -> None:
    """A pot, a request for the person of the file, and one at every stage for nobody in particular."""
    maya = scene.people["caseworker"]
    leader = scene.people.get("leader") or cast.leader(maya.agency)
    pot = cast.pot(leader, at=clock.shared_midnight(date(2020, 2, 3)))
    for name in ("refused_id", "withdrawn_id"):
        scene.ids[name] = cast.asked(maya, pot).id
    monthly = cast.asked(maya, pot, 10_00, times=3, kind="phone_plan")
    cast.approved(leader, monthly)
    for name in ("instalment_id", "released_id"):
        scene.ids[name] = cast.approved(leader, cast.asked(maya, pot)).id
    for name in ("receipt_id", "lost_id", "back_id"):
        scene.ids[name] = cast.paid(maya, cast.approved(leader, cast.asked(maya, pot))).id
    done = cast.receipted(maya, cast.paid(maya, cast.approved(leader, cast.asked(maya, pot))))
    with ctx.as_worker(leader.pk):
        report = commands.prepare(pot=pot, half="2020-H1", by=leader, at=clock.now())
    scene.ids |= {"pot_id": pot.id, "monthly_id": monthly.id, "refund_id": done.id, "report_id": report.id}
    scene.ids["purchase_id"] = cast.asked(maya, pot, file_id=scene.made["file"].id, kind="night").id


def around_a_file(scene: Scene) -> None:
    """The fund around a file."""
    _fund(scene)


def on_every_page(scene: Scene) -> None:
    """The same."""
    _fund(scene)
