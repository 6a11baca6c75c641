"""Evidence: studies, what people said in them, and what was made of it: sources, codes, themes.

No file can be reached from here.
"""
