"""The clerks: facts of no call, the queue, ways of a transfer, languages."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.DateTime(timezone=True)
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SECONDS = sa.Float()

QUEUE: dict[str, sa.types.TypeEngine[Any]] = {
    "language": TEXT,
    "queued": MOMENT,
    "queue_left": MOMENT,
    "queue_left_why": TEXT,
    "queue_seconds": SECONDS,
}
WAYS: dict[str, sa.types.TypeEngine[Any]] = {
    "way": TEXT,
    "by_person": TEXT,
    "consulted": MOMENT,
    "consult_seconds": SECONDS,
    "left_meanwhile": MOMENT,
}
ADDED = {"calls": QUEUE, "transfer_attempts": WAYS}


def upgrade() -> None:
    """Let facts be about no call; add columns and tables. What is there stays: old attempts were the line's."""
    with op.batch_alter_table("facts") as facts:
        facts.alter_column("call", existing_type=TEXT, nullable=True)
    for table, columns in ADDED.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind))
    op.execute("UPDATE transfer_attempts SET way = 'line', by_person = ''")
    op.create_index("ix_transfer_attempts_person_chosen", "transfer_attempts", ["person", "chosen"])
    with op.batch_alter_table("menu_entries") as entries:
        entries.add_column(sa.Column("spoken_en", TEXT, nullable=False, server_default=""))
    with op.batch_alter_table("menu_entries") as entries:
        entries.alter_column("spoken_en", existing_type=TEXT, server_default=None)
    op.create_table(
        "hall_languages",
        sa.Column("version", BIG, nullable=False, autoincrement=False),
        sa.Column("ordinal", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("language", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("version", "ordinal", name="pk_hall_languages"),
        sa.ForeignKeyConstraint(
            ["version"], ["hall_versions.version"], name="fk_hall_languages_version", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "person_languages",
        sa.Column("version", BIG, nullable=False, autoincrement=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("language", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("version", "person", "ordinal", name="pk_person_languages"),
        sa.ForeignKeyConstraint(
            ["version"], ["hall_versions.version"], name="fk_person_languages_version", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version", "person"],
            ["people.version", "people.person"],
            name="fk_person_languages_version_person",
            ondelete="CASCADE",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    # A directory that was saved before this step goes on as it was: in Polish, until the hall says otherwise.
    op.execute("INSERT INTO hall_languages SELECT version, 0, 'pl' FROM hall_versions")
    op.execute("INSERT INTO person_languages SELECT version, person, 0, 'pl' FROM people")


def downgrade() -> None:
    """Take them away, and with them the facts of no call, which the tables before had no place for."""
    op.drop_table("person_languages")
    op.drop_table("hall_languages")
    op.drop_column("menu_entries", "spoken_en")
    op.drop_index("ix_transfer_attempts_person_chosen", "transfer_attempts")
    for table, columns in ADDED.items():
        for name in columns:
            op.drop_column(table, name)
    op.execute("DELETE FROM facts WHERE call IS NULL")
    with op.batch_alter_table("facts") as facts:
        facts.alter_column("call", existing_type=TEXT, nullable=False)
