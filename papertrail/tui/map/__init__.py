"""The lineages as maps."""
