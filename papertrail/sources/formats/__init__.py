"""What other programs write of papers, read: a module a format, each a `RecordReader` of `domain.records`."""
