"""What acts do outside PostgreSQL: to keys, to uploaded files.

An act orders its effects in its own transaction (`kernel.commands.order_effect`), so that an effect is there
exactly if the act is. It is carried out once the act is committed; what can't be then (a locked keyring, a
full disk, a process that was killed) waits, and a job sweeps for it every minute. A kind of effect stands in
`EFFECTS` of its capability's module `effects`, and beside it, in `protection`, the policy that says which act
may order it. Each can be repeated: what was done already is done again without harm.
"""

from collections.abc import Callable, Mapping
from functools import cache

from alongside.kernel.capabilities import capabilities, said_in
from alongside.kernel.models import Effect
from alongside.kernel.rls.declarations import Policy

Kinds = Mapping[str, Callable[[Effect], None]]


@cache
def kinds() -> Kinds:
    """Every kind of effect there is, and what carries it out."""
    found: dict[str, Callable[[Effect], None]] = {}
    for config in capabilities():
        if module := said_in(config, "effects"):
            found |= module.EFFECTS
    return found


def may_order(kind: str, act: str) -> Policy:
    """Let an effect be ordered only where the act stands: a condition on the new row of `kernel_effect`."""
    return Policy("insert", check=f"kind = '{kind}' and {act}", name=kind.replace(".", "_"))
