"""The words of SQL that SQLite and PostgreSQL share and SQLAlchemy has twice: INSERT … ON CONFLICT."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from records.database import Database


def insert(database: Database, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that knows ON CONFLICT, in the words of this database."""
    return sqlite.insert(table) if database.is_sqlite else postgresql.insert(table)
