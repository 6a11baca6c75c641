"""What of the appointments a worker holds: those they keep in sight, and where they interpret."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from alongside.kernel.holdings import Holding, on_its_day

STILL_TO_COME: Final = (
    "exists (select 1 from public.appointments_appointment a where a.file_id = t.file_id"
    " and a.id = t.appointment_id and a.state = 'booked' and a.ends_at > statement_timestamp())"
)

HOLDINGS = (
    Holding(
        table="appointments_appointment",
        column="worker_id",
        words=_("There is an appointment"),
        is_open="t.state = 'booked' and t.ends_at > statement_timestamp() - interval '7 days'",
        due=on_its_day("t.starts_at"),
        passing={"worker_id": "taker"},
    ),
    Holding(
        table="appointments_interpreter",
        column="worker_id",
        words=_("They interpret at an appointment"),
        is_open=f"t.search in ('sought', 'conflicts-asked', 'confirmed') and {STILL_TO_COME}",
        passing={"worker_id": "null", "search": "'sought'"},  # asked anew: whom they know comes first
        any_role=True,
    ),
)
SETTLED: dict[str, str] = {}
