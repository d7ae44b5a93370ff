"""Notes read down one question."""
