"""The pages of indicators: each translates what is asked into one query or one command."""
