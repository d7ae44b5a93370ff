"""The language in which papers are asked for: read, printed, and what each term holds of."""
