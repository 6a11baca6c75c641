"""What of the fund a worker holds: a payment or a receipt of what they asked for."""

from django.utils.translation import gettext_lazy as _

from alongside.kernel.holdings import Holding

HOLDINGS = (
    Holding(
        table="fund_purchase",
        column="asked_by",
        words=_("Something from the fund is to be paid, or its receipt kept"),
        is_open="t.state = 'asked' or exists (select 1 from public.fund_instalment i"
        " where i.purchase_id = t.id and i.state in ('committed', 'paid', 'lacking'))",
        file="",
        reads=("fund_instalment",),
        hears=_("Whoever keeps the fund sees it on their day."),
    ),
)
SETTLED = {"fund_limit.worker_id": "a right of the worker's seat"}
