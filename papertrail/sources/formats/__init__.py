"""What other programs write of papers, read: a module a format.

Each reader yields what is good, names what is not, and raises nothing.
"""
