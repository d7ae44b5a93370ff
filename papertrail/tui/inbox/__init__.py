"""What arXiv announces, and the keys that sort it out."""
