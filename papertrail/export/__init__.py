"""Domain values in, Markdown out: pure renderers, and one writer that touches the disk."""
