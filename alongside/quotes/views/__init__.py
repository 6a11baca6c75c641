"""The pages of quotes: each translates what is asked into one query or one command."""
