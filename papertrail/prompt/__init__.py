"""What a shell's prompt shows: a line of numbers, asked for so often that nothing is imported for it."""
