"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("Appointments")
ACTIONS = {
    "appointments.booked": _("{who} wrote down an appointment of theirs."),
    "appointments.changed": _("{who} changed what is written about an appointment of theirs."),
    "appointments.moved": _("{who} moved an appointment of theirs to another time."),
    "appointments.cancelled": _("{who} called off an appointment of theirs."),
    "appointments.booked_again": _("{who} put back an appointment of theirs that was called off."),
    "appointments.entered_in_error": _("{who} wrote down that an appointment was a mistake."),
    "appointments.attended": _("{who} wrote down whether they went to an appointment, and the next step."),
    "appointments.attendance_taken_back": _("{who} took back how an appointment of theirs went."),
    "appointments.interpreter_sought": _("{who} looked for an interpreter for an appointment of theirs."),
    "appointments.listed": _("{who} read their appointments among those of a week."),
    "appointments.interpreter_moved": _("{who} wrote down how far the search for an interpreter is."),
}
LISTS = {"appointments.listed"}
KINDS = {
    "appointment": _("An appointment"),
    "court": _("What they thought about for a court"),
    "conditions": _("Conditions they wished to have kept"),
    "attendancenote": _("The next step after an appointment"),
    "interpreter": _("The order for an interpreter"),
}
