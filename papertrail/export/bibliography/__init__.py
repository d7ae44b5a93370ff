"""Papers as the files that other programs of references read: a module a format, each pure."""
