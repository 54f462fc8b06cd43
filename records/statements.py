"""The words of SQL that SQLite and PostgreSQL share and SQLAlchemy has twice: INSERT … ON CONFLICT."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite


def insert(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that knows ON CONFLICT, in the words of this dialect ("sqlite" or "postgresql")."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
