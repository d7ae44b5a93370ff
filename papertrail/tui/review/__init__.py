"""What the notes ask, what is due, and how it went."""
