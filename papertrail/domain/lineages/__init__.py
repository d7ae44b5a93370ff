"""Lineages: their order and links, what is drawn and compared of them, and what to read next."""
