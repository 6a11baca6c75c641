"""The pages of briefs: each translates what is asked into one query or one command."""
