"""What is remembered of the notes: the curve of forgetting, and which questions a day asks."""
