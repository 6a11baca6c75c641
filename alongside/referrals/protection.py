"""What referrals protect beside their own tables."""

from alongside.kernel.outbox import may_order
from alongside.kernel.rls.declarations import OWN

SQL = ("functions", "measures", "overdue")

DEFINERS = {
    "ctx.end_seeing()": "a trigger: nobody can call it",
    "ctx.block_declined()": "a trigger: nobody can call it",
    "ctx.request_measures(timestamp with time zone,timestamp with time zone)": (
        "the signed role: who reads gaps; the own agency's counts, the others as sectors"
    ),
    "ctx.answer_speeds(uuid[])": (
        "the signed role: who meets people; one of three words about an agency, from six answers up"
    ),
    "ctx.overdue_requests(timestamp with time zone,date)": (
        "the signed role: who reads gaps; how many of the own agency's requests are stuck, and since when"
    ),
    "ctx.said_in_order()": "a trigger: nobody can call it",
}

SENT = (
    "exists (select 1 from referrals_referral q where q.file_id = about and q.state = 'requested'"
    " and q.id::text = particulars ->> 'referral' and q.release_id::text = particulars ->> 'release'"
    " and q.to_agency_id::text = particulars ->> 'to' and q.agency_id = kernel_effect.agency_id)"
)
ADDS = {
    "kernel_effect": (
        may_order("referrals.lend_key", f"{OWN} and particulars ->> 'from' = agency_id::text and {SENT}"),
    ),
}
