"""An agreement on one page: in both languages, as the person would say it, to be read, signed and kept."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.agencies.queries import agencies_by_id
from alongside.consent import queries as consents
from alongside.kernel import clock, installation_key
from alongside.referrals.queries.agreement import named

if TYPE_CHECKING:
    from alongside.agencies.models import Agency, Worker
    from alongside.consent.models import Release
    from alongside.referrals.models import Referral

ON_THE_PAGE = 12  # numbers of wants; further ones stand on a second page


@dataclass(frozen=True)
class Half:
    """The agreement in one language."""

    language: str
    agency: str
    what_it_is: str
    sees: list[str]
    further: str
    terms: list[str]
    taking_back: list[str]


@dataclass(frozen=True)
class Paper:
    """The page: its text in each language, and a number that every change of the text changes.

    None of the person's own words is on it, so that neither the page nor the number tells any; and an agency
    is named as it is named where others may look, with its number.
    """

    halves: list[Half]
    number: str
    version: str  # of all that is read back, their own words too


def paper(worker: Worker, referral: Referral, release: Release) -> Paper:
    """Return the page of an agreement, as it stands now."""
    agency = agencies_by_id([referral.to_agency_id])[referral.to_agency_id]
    items = named(worker, referral, release)
    halves = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            halves.append(_half(language, referral, release, agency, items))
    said = json.dumps([str(referral.introduction_approved_at), *map(asdict, halves)], sort_keys=True)
    digest = hashlib.sha256(said.encode()).hexdigest()[:12]
    read_back = json.dumps([digest, *([str(item["id"]), item["spoken"]] for item in items)])
    version = installation_key.fingerprint(read_back, purpose="read-back").hex()[:20]
    return Paper(halves, "-".join(digest[at : at + 4] for at in (0, 4, 8)), version)


def _half(
    language: str, referral: Referral, release: Release, agency: Agency, items: list[dict[str, Any]]
) -> Half:
    sees, further = _sees(referral, items)
    return Half(
        language=language,
        agency=agency.shown_name,
        what_it_is=_("%(kind)s, %(sector)s; number %(mark)s. %(who)s.")
        % {
            "kind": agency.get_kind_display(),
            "sector": agency.get_sector_display(),
            "mark": agency.mark,
            "who": _who(release),
        },
        sees=sees,
        further=further,
        terms=_terms(release),
        taking_back=_taking_back(agency),
    )


def _who(release: Release) -> str:
    return {"intake": _("Only their intake"), "specialist": _("Only their specialists")}.get(
        release.to_role, _("Whoever there meets people")
    )


def _sees(referral: Referral, items: list[dict[str, Any]]) -> tuple[list[str], str]:
    """What they may see, as the person would say it; and which wants stand on a second page."""
    by_kind: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in items:
        by_kind[item["kind"]].append(item)
    words = {
        "called": _("what to call me"),
        "languages": _("my languages"),
        "contact": _("how to reach me safely"),
        "introduction": _("the introduction"),
    }
    if referral.introduction_approved_at:
        at = date_format(clock.local(referral.introduction_approved_at), "DATETIME_FORMAT")
        words["introduction"] = _("the introduction, as it was read back to me: %(at)s") % {"at": at}
    wants = [str(item["number"]) for item in by_kind.pop("priority", [])]
    sees = [
        str(words.get(kind, consents.KINDS[kind])) + (f" ({len(found)})" if len(found) > 1 else "")
        for kind, found in by_kind.items()
    ]
    if wants:
        sees.append(_("what I want, by number: %(numbers)s") % {"numbers": ", ".join(wants[:ON_THE_PAGE])})
    further = ", ".join(wants[ON_THE_PAGE:])
    if further:
        sees.append(_("further wants: on the second page"))
    return sees, further


def _terms(release: Release) -> list[str]:
    day = date_format(clock.day(release.until), "DATE_FORMAT")
    after = _("If they say no, they see nothing any more.")
    if release.after_no_until:
        after = _("After a no, until %(day)s: %(what)s.") % {
            "day": date_format(clock.day(release.after_no_until), "DATE_FORMAT"),
            "what": release.get_after_no_purpose_display(),
        }
    return [
        f"{release.get_purpose_display()}. {release.get_manner_display()}.",
        _("Until %(day)s, and not a day longer.") % {"day": day},
        after,
    ]


def _taking_back(agency: Agency) -> list[str]:
    passing_on = [_("They must pass on what the law makes them pass on.")] if agency.must_pass_on else []
    return [
        *passing_on,
        _("They may not pass it on.") if not passing_on else _("Nothing else may be passed on."),
        _("I can take it back at any time, with anybody at this desk, without a reason."),
        _("What they have read, they know. A court can ask for papers."),
        _("If I say no, everything here stays the same for me."),
    ]
