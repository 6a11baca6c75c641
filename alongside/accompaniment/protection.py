"""What accompaniment adds to the tables below it: whoever goes along writes how it went, and no more."""

from alongside.accompaniment.models import schedule
from alongside.kernel.rls.declarations import ME, NOT_BLOCKED, OWN, Policy, by_ctxo, may

GOING = (
    "exists (select 1 from accompaniment_accompaniment a where a.file_id = {table}.file_id"
    " and a.appointment_id = {table}.appointment_id"
    f" and a.companion_id = {ME} and a.state = 'back')"
)
BACK = (
    f"exists (select 1 from accompaniment_accompaniment a where a.companion_id = {ME} and a.state = 'back'"
    " and a.moved_at > statement_timestamp() - interval '1 minute')"
)
STATEMENTS = {"schedule": schedule.times_in_sql}
SQL = ("cards", "suggestions", "calendars", "check_ins")
DEFINERS = {
    "ctx.busy_times(bytea,timestamp with time zone,timestamp with time zone)": (
        "the hash of an address that was not revoked, of somebody who has their seat; times alone"
    ),
    "ctx.sweep_cards(text)": "the server secret",
    "ctx.wipe_check_ins(text)": "the server secret",
    "ctx.take_file_blocks()": "a trigger: nobody can call it",
    "ctx.carry_file_blocks()": "a trigger: nobody can call it",
    "ctx.drop_card()": "a trigger: nobody can call it",
    "ctx.keep_interpreter_apart()": "a trigger: nobody can call it",
    "ctx.keep_companion_apart()": "a trigger: nobody can call it",
    "ctx.follow_appointment()": "a trigger: nobody can call it",
    "ctx.follow_attendance()": "a trigger: nobody can call it",
    "ctx.show_card_until()": "a trigger: nobody can call it",
    "ctx.companions_busy(timestamp with time zone,timestamp with time zone)": (
        "who keeps files, and answers of their own agency alone"
    ),
    "ctx.sweep_suggestions(text)": "the server secret",
}
ADDS = {
    "appointments_appointment": by_ctxo("select"),
    "appointments_interpreter": by_ctxo("select"),
    "appointments_attendancenote": (
        Policy(
            "insert",
            check=f"{OWN} and {may('meet-people')} and {NOT_BLOCKED} and {GOING}",
            name="companion_insert",
        ),
        Policy(
            "select",
            f"{OWN} and {may('meet-people')} and {NOT_BLOCKED} and written_by = {ME} and {GOING}",
            name="companion_select",
        ),
    ),
    "gaps_gap": (
        Policy(
            "insert",
            check=f"asking_agency_id = (select ctx.agency()) and reason = 'turned-away' and {BACK}",
            name="companion_insert",
        ),
    ),
}
