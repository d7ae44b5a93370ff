"""The papers by lineage."""
