"""Who sees which row, told a second time and in other words than the policies.

The judge of test_oracle.py.

A world is people, files and what was agreed, as plain values; ids are those in the database. No SQL, no clock
of its own.
"""

from alongside.referrals.tests.worlds import Agreement, File, Person, World

MEETS = {"caseworker", "intake", "specialist", "companion"}


def means(block_against: str, who: Person) -> bool:
    """Whether a "not them" means this worker."""
    agency = f"agency:{who.agency}"
    return block_against in {f"worker:{who.id}", f"role:{who.role}", agency, f"role:{who.agency}:{who.role}"}


def is_blocked(file: File, who: Person, item: object = None) -> bool:
    """Whether the person said "not them" of this worker, for the whole file or for this item."""
    return any(means(b.against, who) for b in file.blocks if not b.lifted and b.item in (None, item))


def kept_at_home(file: File, item: object = None) -> bool:
    """Whether the person said "nobody but us"."""
    return any(b.against == "" for b in file.blocks if not b.lifted and b.item in (None, item))


def in_custody(file: File, who: Person) -> bool:
    return (
        who.agency == file.agency
        and who.role in MEETS
        and who.sector != "criminal-legal"
        and not is_blocked(file, who)
    )


def oversees(file: File, who: Person) -> bool:
    return who.agency == file.agency and who.role == "privacy-officer" and not is_blocked(file, who)


def agreed(file: File, a: Agreement, who: Person, item: object = None) -> bool:
    """Whether this agreement shows this worker anything now (of this item)."""
    live = a.given and not a.ended and a.starts <= 0 < a.until
    addressed = who.agency == a.to and a.role in ("", who.role) and who.role in MEETS
    return live and addressed and not is_blocked(file, who, item) and not kept_at_home(file, item)


def seen(world: World, who: Person) -> set[object]:
    """Return the ids of every row this worker may see now."""
    found: set[object] = set(world.notices[who.agency] if who.role in MEETS else ())
    for f in world.files:
        custody, officer = in_custody(f, who), oversees(f, who)
        found |= {f.id, *f.trail} if custody or officer else set()
        found |= {*f.unshared, *(b.id for b in f.blocks)} if custody else set()
        found |= {a.id for a in f.agreements if custody or agreed(f, a, who)}
        found |= {
            n
            for a in f.agreements
            for n, item in a.named.items()
            if agreed(f, a, who, item) or (custody and not is_blocked(f, who, item))
        }
        shown = {item for a in f.agreements for item in a.named.values() if agreed(f, a, who, item)}
        found |= {item for item in f.items if (custody or item in shown) and not is_blocked(f, who, item)}
        for r in f.requests:
            addressed = r.under.to == who.agency and r.role in ("", who.role)
            sent = r.state != "draft" and addressed and agreed(f, r.under, who)
            found |= {r.id} if (custody or sent) and not is_blocked(f, who, r.id) else set()
        if f.being_destroyed:
            found -= f.sealed | {b.id for b in f.blocks} | {r.id for r in f.requests}
    return found
