"""The directory: its history, absences, those who sign in, hygiene. (There was no step 0004.)

Columns that must not be empty keep their default in the tables: SQLite can drop one only by copying the table,
and a copy of `hall_versions` would take with it everything that goes with a version.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.DateTime(timezone=True)
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WHOLE = sa.Integer()

ADDED: dict[str, dict[str, tuple[sa.types.TypeEngine[Any], str | None]]] = {
    "hall_versions": {
        "source": (TEXT, ""),
        "note": (TEXT, ""),
        "undoes": (BIG, None),
        "pruned": (MOMENT, None),
    },
    "units": {"line_doubtful": (sa.Boolean(), None)},
    "people": {
        "extension_doubtful": (sa.Boolean(), None),
        "room": (TEXT, ""),
        "mobile": (TEXT, None),
        "email": (TEXT, ""),
    },
}
"""New columns with their kinds, and what stands in rows that are there already; None: nothing, it may be empty."""


def upgrade() -> None:
    """Add columns and tables. What is there stays as it was: old saves came from nowhere in particular."""
    for table, columns in ADDED.items():
        for name, (kind, default) in columns.items():
            op.add_column(table, sa.Column(name, kind, nullable=default is None, server_default=default))
    op.execute("UPDATE units SET line_doubtful = false WHERE line IS NOT NULL")
    op.execute("UPDATE people SET extension_doubtful = false WHERE extension IS NOT NULL")
    _words("unit", "units")
    _words("matter", "matters")
    op.create_table(
        "unit_closed_days",
        sa.Column("version", BIG, nullable=False, autoincrement=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("version", "unit", "day", name="pk_unit_closed_days"),
        *_of_version("unit_closed_days", "unit", "units"),
    )
    op.create_table(
        "directory_changes",
        sa.Column("version", BIG, nullable=False, autoincrement=False),
        sa.Column("ordinal", WHOLE, nullable=False, autoincrement=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("before", sa.JSON()),
        sa.Column("after", sa.JSON()),
        sa.PrimaryKeyConstraint("version", "ordinal", name="pk_directory_changes"),
        sa.ForeignKeyConstraint(
            ["version"], ["hall_versions.version"], name="fk_directory_changes_version", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_directory_changes_kind_id_version", "directory_changes", ["kind", "id", "version"])
    _absences()
    _accounts()
    _hygiene()


def _of_version(table: str, owner: str, owners: str) -> list[sa.ForeignKeyConstraint]:
    """The rows go with their version, and with whom they belong to."""
    return [
        sa.ForeignKeyConstraint(
            ["version"], ["hall_versions.version"], name=f"fk_{table}_version", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version", owner],
            [f"{owners}.version", f"{owners}.{owner}"],
            name=f"fk_{table}_version_{owner}",
            ondelete="CASCADE",
            deferrable=True,
            initially="DEFERRED",
        ),
    ]


def _words(owner: str, owners: str) -> None:
    """Everyday words of units, or of matters."""
    table = f"{owner}_words"
    op.create_table(
        table,
        sa.Column("version", BIG, nullable=False, autoincrement=False),
        sa.Column(owner, TEXT, nullable=False),
        sa.Column("ordinal", WHOLE, nullable=False, autoincrement=False),
        sa.Column("word", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("version", owner, "ordinal", name=f"pk_{table}"),
        *_of_version(table, owner, owners),
    )


def _absences() -> None:
    op.create_table(
        "absences",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("begins", MOMENT, nullable=False),
        sa.Column("ends", MOMENT, nullable=False),
        sa.Column("back", MOMENT),
        sa.Column("helps", TEXT),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("entered", TEXT, nullable=False),
        sa.Column("entered_by", TEXT, nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT),
        sa.Column("changed_by", TEXT),
        sa.Column("calendar", TEXT, nullable=False),
        sa.Column("cancelled_at", MOMENT),
        sa.Column("cancelled_by", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_absences"),
    )
    op.create_index("ix_absences_person_begins", "absences", ["person", "begins"])
    op.create_index("ix_absences_ends", "absences", ["ends"])
    op.create_table(
        "calendars",
        sa.Column("person", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("checked_at", MOMENT),
        sa.Column("trouble", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_calendars"),
    )


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("account", TEXT, nullable=False),
        sa.Column("sign_in", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("hash", TEXT),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("person", TEXT),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("disabled_at", MOMENT),
        sa.Column("password_changed", MOMENT),
        sa.PrimaryKeyConstraint("account", name="pk_accounts"),
        sa.UniqueConstraint("sign_in", name="uq_accounts_sign_in"),
    )
    op.create_table(
        "sessions",
        sa.Column("token", TEXT, nullable=False),
        sa.Column("account", TEXT, nullable=False),
        sa.Column("csrf", TEXT, nullable=False),
        sa.Column("began", MOMENT, nullable=False),
        sa.Column("seen", MOMENT, nullable=False),
        sa.Column("ends", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_sessions"),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.account"], name="fk_sessions_account", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_sessions_account", "sessions", ["account"])
    op.create_index("ix_sessions_ends", "sessions", ["ends"])
    op.create_table(
        "oidc_subjects",
        sa.Column("issuer", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("account", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_oidc_subjects"),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.account"], name="fk_oidc_subjects_account", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_oidc_subjects_account", "oidc_subjects", ["account"])


def _hygiene() -> None:
    op.create_table(
        "hygiene_tasks",
        sa.Column("task", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("person", TEXT),
        sa.Column("extension", TEXT, nullable=False),
        sa.Column("opened", MOMENT, nullable=False),
        sa.Column("raised", MOMENT, nullable=False),
        sa.Column("tries", WHOLE, nullable=False),
        sa.Column("unanswered", WHOLE, nullable=False),
        sa.Column("window_from", MOMENT, nullable=False),
        sa.Column("closed", MOMENT),
        sa.Column("closed_by", TEXT),
        sa.Column("closed_how", TEXT),
        sa.Column("reason", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("task", name="pk_hygiene_tasks"),
    )
    op.create_index("ix_hygiene_tasks_unit_opened", "hygiene_tasks", ["unit", "opened"])
    op.create_index("ix_hygiene_tasks_extension_closed", "hygiene_tasks", ["extension", "closed"])
    still = sa.text("closed IS NULL")
    op.create_index(
        "uq_hygiene_tasks_open",
        "hygiene_tasks",
        ["extension"],
        unique=True,
        sqlite_where=still,
        postgresql_where=still,
    )


def downgrade() -> None:
    """Take them away, with all that they hold."""
    for table in (
        "hygiene_tasks", "oidc_subjects", "sessions", "accounts", "calendars", "absences",
        "directory_changes", "unit_closed_days", "matter_words", "unit_words",
    ):  # fmt: skip
        op.drop_table(table)
    for table, columns in ADDED.items():
        for name in columns:
            op.drop_column(table, name)
