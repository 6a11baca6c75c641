"""Row-level security.

The rows it stands on (`models`), what a table says of itself (`declarations`), how that comes into migrations
(`autodetector`, `operations`), and the lint of what is in force (`lint`).
"""
