"""Words with no mission meaning of their own, which every capability stands on.

Who is asking (`ctx`), how words are sealed (`seal`, `keyring`), how a command says no (`refusal`), what time
it is (`clock`), how identifiers are made (`ids`), and the bones every page shares.
"""
