"""What agencies are to the tables above them."""

from alongside.agencies.roles import Sector

# Criminal-legal agencies that stand beside the person rather than across from them.
BESIDE_THE_PERSON = ("legal-clinic", "victim-services")
ACROSS = ("police", "crown", "child-protection")
CHILD_LAW = "cyfsa"  # an agency under it is obliged to act on what it hears of a child, whatever its kind


def takes_only_packages(agency: str) -> str:
    """Return the condition that an agency gets a package and answers it, and nothing is said in between.

    What is said to police, Crown or child protection is a disclosure (practice.md 1.3); a kind of
    criminal-legal agency that nobody foresaw is taken for one.

    :param agency: the name of the table `agencies_agency` in the statement
    """
    return (
        f"({agency}.kind in {ACROSS} or {agency}.regime = '{CHILD_LAW}'"
        f" or ({agency}.sector = '{Sector.CRIMINAL_LEGAL}' and {agency}.kind not in {BESIDE_THE_PERSON}))"
    )
