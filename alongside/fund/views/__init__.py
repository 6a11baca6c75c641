"""Pages of the fund: pots, requests, payments, reports."""
