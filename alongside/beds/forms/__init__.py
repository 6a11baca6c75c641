"""What is typed about the beds; nearly nothing is required."""

from alongside.beds.forms.pathways import MissingForm, PathwayFileForm
from alongside.beds.forms.programmes import (
    CountForm,
    OfferingForm,
    PlaceForm,
    RulesForm,
    StepForm,
    plural,
    told_by,
    way_of,
)
from alongside.beds.forms.requests import AskForm, HoldForm, NeedForm, NotOfferedForm
from alongside.beds.forms.waitlist import JoinForm, OfferForm

__all__ = [
    "AskForm",
    "CountForm",
    "HoldForm",
    "JoinForm",
    "MissingForm",
    "NeedForm",
    "NotOfferedForm",
    "OfferForm",
    "OfferingForm",
    "PathwayFileForm",
    "PlaceForm",
    "RulesForm",
    "StepForm",
    "plural",
    "told_by",
    "way_of",
]
