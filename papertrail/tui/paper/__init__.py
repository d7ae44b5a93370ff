"""One paper in full."""
