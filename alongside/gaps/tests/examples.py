"""What the tests of the whole have to know of the gaps."""

from tests.examples import KEEPS, Door

# by role, and not intake
WHO_LOOKS = {
    "caseworker",
    "colleague",
    "barred",
    "other role",
    "never",
    "privacy",
    "leader",
}  # by role, and not intake
DOORS: dict[str, Door] = {"gaps:summary": ("get", WHO_LOOKS), "gaps:new": ("get", KEEPS)}
READ_ONLY = set(DOORS)  # of the file
