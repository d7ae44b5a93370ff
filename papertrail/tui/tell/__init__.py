"""A lineage told from memory, then seen beside its story."""
