"""Who sees which row, told a second time and in other words than the policies.

The judge of test_oracle.py.

A world is people, files and what was agreed, as plain values; ids are those in the database. No SQL, no clock
of its own.
"""

from alongside.referrals.tests.worlds import Agreement, File, Person, World

KEEPS = {"caseworker", "intake"}
PASSES_ON = {"leader", "coordinator"}
MEETS = KEEPS | {"specialist", "companion"}


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
        and who.role in KEEPS
        and who.sector != "criminal-legal"
        and not is_blocked(file, who)
    )


def opens(file: File, who: Person) -> bool:
    """Whether what the file says opens to this worker: they work with the person, are on, or said why."""
    theirs = {file.lead, file.backup, *file.reasons.values()}
    return in_custody(file, who) and (who.on or who.id in theirs)


def addressed(agency: object, role: str, who: Person) -> bool:
    """Whether this worker is meant: in their role, or where none is named as one who answers."""
    return (
        who.agency == agency
        and who.role in MEETS
        and (role == who.role or (role == "" and who.role in KEEPS))
    )


def oversees(file: File, who: Person) -> bool:
    return who.agency == file.agency and who.role == "privacy-officer" and not is_blocked(file, who)


def could_be_second(file: File, who: Person) -> bool:
    """Whether this worker may say as the second that the file is destroyed, and so sees that it is asked."""
    able = who.role in {"caseworker", "leader", "privacy-officer"} and who.sector != "criminal-legal"
    return able and who.agency == file.agency and not is_blocked(file, who)


def asks(file: File, who: Person) -> bool:
    """Whether this worker asks the person of a file that passed whom they want to work with."""
    helps = who.agency == file.agency and who.sector != "criminal-legal" and not is_blocked(file, who)
    return (helps and who.role in PASSES_ON) or (in_custody(file, who) and who.id == file.backup)


def in_force(a: Agreement) -> bool:
    return a.given and not a.ended and a.starts <= 0 < a.until


def agreed(file: File, a: Agreement, who: Person, item: object = None) -> bool:
    """Whether this agreement shows this worker anything now (of this item)."""
    return (
        in_force(a)
        and addressed(a.to, a.role, who)
        and not is_blocked(file, who, item)
        and not kept_at_home(file, item)
    )


def seen(world: World, who: Person) -> set[object]:
    """Return the ids of every row this worker may see now."""
    found: set[object] = set(world.notices[who.agency] if who.role in MEETS else ())
    for f in world.files:
        custody, officer = opens(f, who), oversees(f, who)
        found |= {f.id} if in_custody(f, who) or officer else set()
        found |= set(f.trail) if custody or officer else set()
        found |= {n for n, w in f.reasons.items() if officer or (in_custody(f, who) and w == who.id)}
        found |= {n for n, w in f.promised.items() if in_custody(f, who) and w == who.id}
        found |= set(f.transfers) if asks(f, who) else set()
        found |= set(f.destructions) if custody or could_be_second(f, who) else set()
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
            sent = r.state != "draft" and addressed(r.under.to, r.role, who) and agreed(f, r.under, who)
            asked = in_custody(f, who) and r.asker == who.id
            found |= {r.id} if (custody or sent or asked) and not is_blocked(f, who, r.id) else set()
            found |= r.said if r.id in found and in_force(r.under) and (custody or sent) else set()
        if f.being_destroyed:
            found -= f.sealed | {b.id for b in f.blocks} | {n for r in f.requests for n in (r.id, *r.said)}
    return found
