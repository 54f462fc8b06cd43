"""The database and all of it: tables, migrations, the journal of facts, and the stores that read and write.

Open it with `records.database.open_database(url)`; bring its tables up to date with `records.migrate`.
Nothing outside this package writes SQL.
"""
