"""The hall's directory, in versions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.DateTime(timezone=True)
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _of_version(table: str) -> sa.ForeignKeyConstraint:
    """The rows go with their version."""
    return sa.ForeignKeyConstraint(
        ["version"], ["hall_versions.version"], name=f"fk_{table}_version", ondelete="CASCADE"
    )


def _same_version(table: str, column: str, refers: str) -> sa.ForeignKeyConstraint:
    """The column names a row of the same version."""
    other = refers.partition(".")[0]
    return sa.ForeignKeyConstraint(
        ["version", column],
        [f"{other}.version", refers],
        name=f"fk_{table}_version_{column}",
        ondelete="CASCADE",
        deferrable=True,
        initially="DEFERRED",
    )


def upgrade() -> None:
    """Make its tables."""
    op.create_table(
        "hall_versions",
        sa.Column("version", BIG, nullable=False, autoincrement=True),
        sa.Column("saved", MOMENT, nullable=False),
        sa.Column("saved_by", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("desk", TEXT, nullable=False),
        sa.Column("notice", TEXT, nullable=False),
        sa.Column("crisis_number", TEXT, nullable=False),
        sa.Column("timezone", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_hall_versions"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "closed_days",
        sa.Column("version", BIG, nullable=False, autoincrement=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("version", "day", name="pk_closed_days"),
        _of_version("closed_days"),
    )
    op.create_table(
        "hall_in_force",
        sa.Column("id", BIG, nullable=False, autoincrement=True),
        sa.Column("version", BIG, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("decided_by", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hall_in_force"),
        sa.ForeignKeyConstraint(["version"], ["hall_versions.version"], name="fk_hall_in_force_version"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "hall_settings",
        sa.Column("version", BIG, nullable=False, autoincrement=False),
        sa.Column("part", TEXT, nullable=False),
        sa.Column("setting", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("version", "part", "setting", name="pk_hall_settings"),
        _of_version("hall_settings"),
    )
    op.create_table(
        "opening_hours",
        sa.Column("version", BIG, nullable=False, autoincrement=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.PrimaryKeyConstraint("version", "unit", "weekday", name="pk_opening_hours"),
        _of_version("opening_hours"),
    )
    op.create_table(
        "units",
        sa.Column("version", BIG, nullable=False, autoincrement=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("spoken", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("direct", TEXT),
        sa.Column("line", TEXT),
        sa.Column("line_reached", TEXT),
        sa.Column("own_hours", sa.Boolean(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("parent", TEXT),
        sa.Column("short", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("version", "unit", name="pk_units"),
        _of_version("units"),
        _same_version("units", "parent", "units.unit"),
    )
    op.create_table(
        "matters",
        sa.Column("version", BIG, nullable=False, autoincrement=False),
        sa.Column("matter", TEXT, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("symbol", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("spoken", TEXT, nullable=False),
        sa.Column("unit", TEXT),
        sa.Column("direct", TEXT),
        sa.Column("place", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("version", "matter", name="pk_matters"),
        _of_version("matters"),
        _same_version("matters", "unit", "units.unit"),
    )
    op.create_table(
        "people",
        sa.Column("version", BIG, nullable=False, autoincrement=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("spoken", TEXT, nullable=False),
        sa.Column("announced", TEXT, nullable=False),
        sa.Column("extension", TEXT),
        sa.Column("extension_reached", TEXT),
        sa.Column("direct", TEXT),
        sa.Column("accept_key", sa.Boolean(), nullable=False),
        sa.Column("introduction", sa.Boolean(), nullable=False),
        sa.Column("post", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("version", "person", name="pk_people"),
        _of_version("people"),
        _same_version("people", "unit", "units.unit"),
    )
    op.create_table(
        "unit_aliases",
        sa.Column("version", BIG, nullable=False, autoincrement=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("alias", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("version", "unit", "ordinal", name="pk_unit_aliases"),
        _of_version("unit_aliases"),
        _same_version("unit_aliases", "unit", "units.unit"),
    )
    op.create_table(
        "unit_numbers",
        sa.Column("version", BIG, nullable=False, autoincrement=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("number", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("version", "unit", "kind", "ordinal", name="pk_unit_numbers"),
        _of_version("unit_numbers"),
        _same_version("unit_numbers", "unit", "units.unit"),
    )
    op.create_table(
        "deputies",
        sa.Column("version", BIG, nullable=False, autoincrement=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("deputy", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("version", "person", "ordinal", name="pk_deputies"),
        _of_version("deputies"),
        _same_version("deputies", "deputy", "people.person"),
        _same_version("deputies", "person", "people.person"),
    )
    op.create_table(
        "matter_aliases",
        sa.Column("version", BIG, nullable=False, autoincrement=False),
        sa.Column("matter", TEXT, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("alias", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("version", "matter", "ordinal", name="pk_matter_aliases"),
        _of_version("matter_aliases"),
        _same_version("matter_aliases", "matter", "matters.matter"),
    )
    op.create_table(
        "matter_numbers",
        sa.Column("version", BIG, nullable=False, autoincrement=False),
        sa.Column("matter", TEXT, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("number", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("version", "matter", "ordinal", name="pk_matter_numbers"),
        _of_version("matter_numbers"),
        _same_version("matter_numbers", "matter", "matters.matter"),
    )
    op.create_table(
        "menu_entries",
        sa.Column("version", BIG, nullable=False, autoincrement=False),
        sa.Column("entry", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("inside", sa.Integer()),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("spoken", TEXT, nullable=False),
        sa.Column("matter", TEXT),
        sa.Column("unit", TEXT),
        sa.Column("opens_menu", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("version", "entry", name="pk_menu_entries"),
        _of_version("menu_entries"),
        _same_version("menu_entries", "matter", "matters.matter"),
        _same_version("menu_entries", "unit", "units.unit"),
    )
    op.create_table(
        "person_matters",
        sa.Column("version", BIG, nullable=False, autoincrement=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("matter", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("version", "person", "ordinal", name="pk_person_matters"),
        _of_version("person_matters"),
        _same_version("person_matters", "matter", "matters.matter"),
        _same_version("person_matters", "person", "people.person"),
    )


def downgrade() -> None:
    """Drop them."""
    for table in (
        "person_matters",
        "menu_entries",
        "matter_numbers",
        "matter_aliases",
        "deputies",
        "unit_numbers",
        "unit_aliases",
        "people",
        "matters",
        "units",
        "opening_hours",
        "hall_settings",
        "hall_in_force",
        "closed_days",
        "hall_versions",
    ):
        op.drop_table(table)
