"""Alembic's migrations; revision ids are the schema's version numbers."""
