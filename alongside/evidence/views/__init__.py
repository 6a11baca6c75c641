"""The pages of evidence: each translates what is asked into one query or one command."""
