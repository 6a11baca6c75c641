"""Marks that say something may not be known.

Whatever is not plainly a no hides, a mark that nobody foresaw too.
"""

from typing import Final

NO: Final = frozenset(
    "0 n no non none false faux f public published open visible unrestricted not_confidential".split()
)


def is_withheld(mark: object) -> bool:
    """Say whether a mark of confidentiality withholds what it stands at.

    Nothing, a plain no or “public”, in English or French, does not; everything else does.
    """
    if isinstance(mark, (bool, int, float)) or mark is None:
        return bool(mark)
    said = "_".join(str(mark).casefold().replace("-", " ").strip(" .").split())
    return bool(said) and said not in NO | {"not_withheld", "non_confidentiel", "publique", "not_private"}
