"""Undo and redo over all use cases that write, by random walks."""
