"""What the hand-overs protect beside their own tables: how things pass, and who may reach the person."""

from alongside.handovers import passing
from alongside.kernel.rls.declarations import NOT_BLOCKED, OWN, Policy

SQL = ("transfers",)
STATEMENTS = {"passing": passing.in_sql}

DEFINERS = {
    "ctx.keep_transfers()": "a trigger: nobody can call it",
    "ctx.take_off_next()": "a trigger: nobody can call it",
    "ctx.hands()": "whoever passes things on, and numbers of their own agency alone",
    "ctx.held_by(uuid)": (
        "the worker themselves; of who left or is closed out, whoever passes things on, and a file's backup"
    ),
    "ctx.waits_of_gone()": "whoever passes things on, and of a file its backup; numbers alone",
    "ctx.hand_over(uuid,uuid,uuid,boolean)": (
        "as ctx.held_by; and that who takes it over keeps files there and no “not them” means them"
    ),
    "ctx.who_could_lead(uuid)": (
        "of a file that waits for its person's answer: who passes things on, who took over, its backup"
    ),
    "ctx.due_in(uuid)": "as ctx.who_could_lead; kinds and days alone",
    "ctx.settle_transfer(uuid,uuid)": "as ctx.who_could_lead; and that no “not them” means who is to lead",
}

# Until the person was asked, those who may ask them see how to reach them; which transfers these are, the
# policies of the transfers say.
TO_BE_ASKED = (
    f"{OWN} and {NOT_BLOCKED} and exists (select 1 from handovers_transfer t"
    " where t.file_id = files_safecontact.file_id and t.settled_at is null)"
)

ADDS = {
    **passing.adds(),
    "files_safecontact": (Policy("select", TO_BE_ASKED, name="to_be_asked_select"),),
}
