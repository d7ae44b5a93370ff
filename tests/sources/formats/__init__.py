"""What other programs write of papers."""
