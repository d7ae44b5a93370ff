"""What arXiv announces, and how close it is to what the reader reads."""
