"""What each code on the trail means, in a sentence that the person it is about can read."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from alongside.trail.models import Entry

# `{who}` is an agency and a role, never a name (practice.md 2.4).
ACTIONS = {
    "files.opened": _("{who} opened this file."),
    "files.read": _("{who} read this file."),
    "files.searched": _("{who} searched the agency's files."),
    "files.called": _("{who} wrote down what to call them."),
    "files.languages_written": _("{who} wrote down their languages."),
    "files.lead_chosen": _("{who} wrote down which worker they chose."),
    "files.contact_written": _("{who} wrote down a way of reaching them."),
    "files.contact_verified": _("{who} asked whether a way of reaching them is still safe. It is."),
    "files.contact_stopped": _("{who} stopped a way of reaching them from being used."),
    "files.contact_used": _("{who} looked up a way of reaching them."),
    "files.closed": _("{who} closed this file."),
    "files.reopened": _("{who} opened this file again."),
    "files.shredded": _("{who} destroyed the key of this file."),
    "consent.offered": _("{who} began to talk with them about sharing something."),
    "consent.given": _("{who} wrote down that they agreed to share something."),
    "consent.declined": _("{who} wrote down that they would rather not share."),
    "consent.deferred": _("{who} wrote down that they don't want to share just now."),
    "consent.ended": _("{who} ended an agreement, because they said so."),
    "consent.blocked": _("{who} wrote down a “not them”."),
    "consent.block_lifted": _("{who} took back a “not them”."),
    "consent.notice_read": _("{who} read that something is no longer shared."),
    "plans.ordered": _("{who} put what they want in their order."),
    "plans.priority_added": _("{who} wrote down something they want."),
    "plans.priority_rewritten": _("{who} wrote something they want in new words."),
    "plans.priority_put_away": _("{who} put away something they wanted."),
    "plans.step_promised": _("{who} promised to do something."),
    "plans.step_done": _("{who} did what was promised."),
    "plans.step_undone": _("{who} noted that something promised is not done after all."),
    "plans.suggested": _("{who} wrote down an idea of their own."),
    "plans.suggestion_dropped": _("{who} dropped an idea of their own."),
    "referrals.drafted": _("{who} began to ask another agency."),
    "referrals.introduced": _("{who} wrote the introduction."),
    "referrals.requested": _("{who} asked another agency."),
    "referrals.read": _("{who} read the introduction."),
    "referrals.accepted": _("{who} said yes."),
    "referrals.rejected": _("{who} said that they can't."),
    "referrals.in_progress": _("{who} started on what was asked."),
    "referrals.on_hold": _("{who} paused what was asked."),
    "referrals.completed": _("{who} did what was asked."),
    "referrals.failed": _("{who} noted that what was asked came to nothing."),
    "referrals.cancelled": _("{who} took the request back."),
    "referrals.entered_in_error": _("{who} noted that the request was a mistake."),
    "referrals.heard": _("{who} wrote down whether it worked for them."),
    "indicators.given": _("{who} gave the agency's numbers to be counted with others'."),
    "indicators.ended": _("{who} ended that the agency's numbers are counted with others'."),
    "disclosure.prepared": _("{who} prepared a table of numbers."),
    "disclosure.released": _("{who} released a table of numbers."),
    "disclosure.dropped": _("{who} dropped a table of numbers."),
    "agencies.changed": _("{who} changed what the agency says about itself."),
    "agencies.invited": _("{who} offered somebody a seat."),
    "agencies.invitation-confirmed": _("{who} confirmed an invitation."),
    "agencies.invitation-withdrawn": _("{who} took back an invitation."),
    "agencies.role-changed": _("{who} changed a colleague's role."),
    "agencies.joined": _("{who} took a seat."),
    "agencies.left": _("{who} ended a colleague's seat."),
    "agencies.recovery-started": _("{who} began to let a colleague back in."),
    "agencies.recovery-confirmed": _("{who} confirmed letting a colleague back in."),
    "agencies.recovery-withdrawn": _("{who} took back letting a colleague back in."),
    "directory.kept": _("{who} wrote down a service in the directory."),
    "directory.hidden": _("{who} took a service off the directory."),
    "directory.shown": _("{who} put a service back on the directory."),
    "directory.imported": _("{who} brought in services from a file."),
    "occupancy.imported": _("{who} brought in counts of shelters or calls from a file."),
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
    "evidence.project_brought_in": _("{who} brought a project in from another program."),
    "evidence.project_taken_out": _("{who} took a study out for another program."),
    "evidence.compared": _("{who} laid two readings of a source side by side."),
    "briefs.begun": _("{who} began a brief."),
    "briefs.written": _("{who} wrote on a brief."),
    "briefs.put_in_proof": _("{who} put a brief in proof."),
    "briefs.taken_back": _("{who} took a brief back to be written."),
    "briefs.signed": _("{who} signed a brief."),
    "briefs.published": _("{who} published an edition of a brief."),
    "quotes.collected": _("{who} collected a quote."),
    "quotes.read": _("{who} read what is quoted."),
    "quotes.reworded": _("{who} put a quote in other words, to be shown again."),
    "quotes.shown": _("{who} wrote down that the speaker saw the exact words."),
    "quotes.agreed": _("{who} wrote down that the speaker agreed to be quoted."),
    "quotes.refused": _("{who} wrote down that the speaker said no. The words were destroyed."),
    "quotes.withdrawn": _("{who} took a quote back, because the speaker said so. The words were destroyed."),
    "quotes.translated": _("{who} translated a quote."),
    "quotes.translation_checked": _("{who} checked somebody else’s translation of a quote."),
    "quotes.thought_over": _("{who} wrote down whether somebody could be recognised by a quote."),
    "quotes.placed": _("{who} put a quote under another theme."),
    "evidence.study_opened": _("{who} opened a study."),
    "evidence.study_rewritten": _("{who} wrote a study anew."),
    "evidence.study_closed": _("{who} closed a study."),
    "evidence.study_reopened": _("{who} opened a study again."),
    "evidence.participant_written": _("{who} wrote down in which role somebody took part in a study."),
    "evidence.source_brought_in": _("{who} brought a source into a study."),
    "evidence.source_described": _("{who} wrote down what is known about a source."),
    "evidence.words_decided": _("{who} decided about words that may tell who somebody is."),
    "evidence.source_cleaned": _("{who} finished with a source’s identifying words. Its raw text was destroyed."),
    "evidence.source_read": _("{who} read a source."),
    "evidence.source_withdrawn": _("{who} took a source back for whoever spoke. Its key was destroyed."),
    "evidence.code_made": _("{who} made a code."),
    "evidence.code_rewritten": _("{who} wrote a code anew."),
    "evidence.code_moved": _("{who} moved a code."),
    "evidence.code_merged": _("{who} merged two codes."),
    "evidence.code_retired": _("{who} put a code away."),
    "evidence.code_brought_back": _("{who} brought a code back."),
    "evidence.coded": _("{who} put a passage under a code."),
    "evidence.uncoded": _("{who} took a passage away from a code."),
    "evidence.memo_written": _("{who} wrote a memo in a study."),
    "evidence.memo_taken_away": _("{who} took a memo away."),
    "evidence.reading_begun": _("{who} began to read a source blind."),
    "evidence.reading_finished": _("{who} finished reading a source blind."),
    "evidence.passages_read": _("{who} read the passages of a theme."),
    "evidence.codebook_exported": _("{who} took a codebook out."),
    "evidence.passages_exported": _("{who} took coded passages out."),
    "indicators.priced": _("{who} wrote down what something costs."),
    "trail.exported": _("{who} printed who looked at this agency's files."),
    "trail.alive": _("The trail was being sealed."),
}

ROLES = {
    "caseworker": pgettext_lazy("in brackets after an agency", "caseworker"),
    "intake": pgettext_lazy("in brackets after an agency", "intake"),
    "specialist": pgettext_lazy("in brackets after an agency", "specialist"),
    "companion": pgettext_lazy("in brackets after an agency", "companion"),
    "coordinator": pgettext_lazy("in brackets after an agency", "coordinator"),
    "privacy-officer": pgettext_lazy("in brackets after an agency", "privacy officer"),
    "leader": pgettext_lazy("in brackets after an agency", "leader"),
    "administrator": pgettext_lazy("in brackets after an agency", "administrator"),
    "editor": pgettext_lazy("in brackets after an agency", "evidence editor"),
    "data-steward": pgettext_lazy("in brackets after an agency", "Indigenous data steward"),
}


def sentence(action: str, agency: str, role: str) -> str:
    """Return what happened, in the reader's language. `agency` is the name to show, or nothing if there is none."""
    words = str(ACTIONS.get(action, _("{who} did something that has no words yet.")))
    return words.replace("{who}", _who(agency, role))


def describe(entry: "Entry", names: Mapping[UUID, str]) -> str:
    """Return what an entry of the trail tells, with the agencies' names as they may be shown to whoever reads it."""
    return sentence(entry.action, names.get(entry.agency_id, "") if entry.agency_id else "", entry.role)


def _who(agency: str, role: str) -> str:
    if role == "operator":
        return gettext("The operator of this machine")
    if not agency:
        return gettext("Somebody")
    if role not in ROLES:
        return gettext("Somebody at {agency}").replace("{agency}", agency)
    return gettext("Somebody at {agency} ({role})").replace("{agency}", agency).replace("{role}", str(ROLES[role]))
