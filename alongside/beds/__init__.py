"""A safe bed tonight, and what comes after it.

Who has one, what stands in the way, one held at a time, and every "no" counted.

Shelters keep what they offer in their own custody and count their beds. What is free is derived, never
stored, and coarse outside, so that nobody can watch an arrival. A request carries what somebody needs and no
name; it works without any file (practice.md 5; the brief, recommendation 6).
"""
