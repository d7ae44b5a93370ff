"""SQL text and the functions that run it with the standard library's sqlite3, one module a subject."""

ME = 1
"""The one reader, until a group shares a database."""
