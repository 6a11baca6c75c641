"""The flexible fund: small things paid for when they are needed, from pots whose books always balance.

Whoever approves sees kind, amount and pot. Whose it is stands in a file, or nowhere.
"""
