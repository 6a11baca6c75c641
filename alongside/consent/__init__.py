"""Consent: what the person agreed that one named agency may see, for what, and until when; and "not them".

Agreement is spoken, itemised, read back before it counts, and ended with one tap by anybody at the desk,
without a reason.
"""
