"""Backups: made, kept, put back, and killed at it."""
