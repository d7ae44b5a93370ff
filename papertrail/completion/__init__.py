"""What a shell completes: answered from a table and the database, with nothing of weight imported."""
