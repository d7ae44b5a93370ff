"""The screen of what is due, and reviews under way."""
