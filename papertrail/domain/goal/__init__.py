"""The goal: where it stands, when it will be reached, what can be done; plain values and functions."""
