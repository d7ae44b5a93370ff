"""The note: in the built-in editor, or in the reader's own."""
