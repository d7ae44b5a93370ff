"""The database: its connection, schema, migrations and every line of SQL."""

SCHEMA_VERSION = 10
