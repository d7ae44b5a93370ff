"""What a shell completes: answered from a table of commands and the database, with nothing of weight imported."""
