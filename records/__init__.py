"""The database and all of it: tables, migrations, journal, stores; SQLite by default, or PostgreSQL."""
