"""The tables of allauth.account as it has them today: its own history presumes an e-mail column that our accounts do not have."""
