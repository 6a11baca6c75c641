"""What is noted on the trail here, in a sentence that the person it is about can read (practice.md 2.4)."""

from django.utils.translation import gettext_lazy as _

SUBJECT = _("Beds")
ACTIONS = {
    "beds.drafted": _("{who} began to ask a shelter for a bed."),
    "beds.asked": _("{who} asked a shelter for a bed."),
    "beds.read": _("{who} read what is needed of a bed."),
    "beds.held": _("{who} held a bed."),
    "beds.extended": _("{who} held the bed for longer."),
    "beds.offered": _("{who} wrote down that a bed is being talked over with them."),
    "beds.accepted": _("{who} wrote down that they want the bed."),
    "beds.en_route": _("{who} wrote down that they are on the way."),
    "beds.arrived": _("{who} wrote down that they arrived."),
    "beds.no_show": _("{who} wrote down that they did not come this time."),
    "beds.released": _("{who} let a bed go."),
    "beds.declined": _("{who} wrote down that they chose otherwise."),
    "beds.not_offered": _("{who} said that there is no bed for them here."),
    "beds.joined": _("{who} put them on a waiting list."),
    "beds.wait_read": _("{who} read what somebody who waits needs."),
    "beds.place_offered": _("{who} offered them a place."),
    "beds.time_given": _("{who} gave them more time to think."),
    "beds.place_accepted": _("{who} wrote down that they want the place."),
    "beds.place_taken_back": _("{who} took an offer back. They wait on, in the place they had."),
    "beds.place_declined": _("{who} wrote down that they chose otherwise. They keep their place in line."),
    "beds.rejoined": _("{who} wrote down that they wait on."),
    "beds.moved_in": _("{who} wrote down that they moved in."),
    "beds.list_left": _("{who} took them off a waiting list, because they said so."),
    "beds.place_refused": _("{who} said that there will be no place."),
    "beds.stay_ended": _("{who} wrote down that a stay is over."),
    "beds.home_found": _("{who} wrote down that they found a home."),
    "beds.tied": _("{who} tied a way from a bed to a home to this file."),
    "beds.kept": _("{who} wrote down what the house offers."),
    "beds.rules_kept": _("{who} wrote down what stands in the way there, and what doesn't."),
    "beds.verified": _("{who} noted that what the house says is still true."),
    "beds.closed": _("{who} closed what the house offered."),
    "beds.reopened": _("{who} opened again what the house offers."),
    "beds.placed": _("{who} sealed where the house is."),
    "beds.counted": _("{who} counted the beds."),
    "beds.files_listed": _("{who} saw what they are called, in a list of files to choose from for a bed."),
}
LISTS = {"beds.files_listed"}
