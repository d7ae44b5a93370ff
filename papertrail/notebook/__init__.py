"""Note files: read, saved by compare-and-swap, scanned; their template and their sections."""
