"""What happened: facts, calls, transfer attempts, tickets, erasures."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.DateTime(timezone=True)
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DOCUMENT = sa.JSON()


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "calls",
        sa.Column("call", TEXT, nullable=False),
        sa.Column("arrived", MOMENT, nullable=False),
        sa.Column("answered", MOMENT),
        sa.Column("ended", MOMENT),
        sa.Column("resumed", MOMENT),
        sa.Column("number", TEXT),
        sa.Column("number_e164", TEXT),
        sa.Column("name", TEXT),
        sa.Column("number_shown", TEXT),
        sa.Column("dialled", TEXT),
        sa.Column("closed_until", MOMENT),
        sa.Column("matter", TEXT),
        sa.Column("matter_title", TEXT),
        sa.Column("unit", TEXT),
        sa.Column("unit_name", TEXT),
        sa.Column("direct_number", TEXT),
        sa.Column("ticket", TEXT),
        sa.Column("outcome", TEXT),
        sa.Column("ended_by", TEXT),
        sa.Column("waiting_for", TEXT),
        sa.Column("failure", TEXT),
        sa.Column("forgotten", MOMENT),
        sa.PrimaryKeyConstraint("call", name="pk_calls"),
    )
    op.create_index("ix_calls_arrived_call", "calls", ["arrived", "call"])
    op.create_index("ix_calls_number", "calls", ["number"])
    op.create_index("ix_calls_number_e164", "calls", ["number_e164"])
    op.create_index("ix_calls_outcome_arrived", "calls", ["outcome", "arrived"])
    op.create_index("ix_calls_unit_arrived", "calls", ["unit", "arrived"])
    op.create_table(
        "erasures",
        sa.Column("id", BIG, nullable=False, autoincrement=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("asked_by", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("older_than", MOMENT),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("facts", sa.Integer(), nullable=False),
        sa.Column("tickets", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "tickets",
        sa.Column("ticket", TEXT, nullable=False),
        sa.Column("call", TEXT, nullable=False),
        sa.Column("number", TEXT),
        sa.Column("matter", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("forgotten", MOMENT),
        sa.PrimaryKeyConstraint("ticket", name="pk_tickets"),
        sa.UniqueConstraint("call", "number", name="uq_tickets_call_number"),
    )
    op.create_index("ix_tickets_due_ticket", "tickets", ["due", "ticket"])
    op.create_index("ix_tickets_number", "tickets", ["number"])
    op.create_index("ix_tickets_state_due", "tickets", ["state", "due"])
    op.create_table(
        "facts",
        sa.Column("run", BIG, nullable=False, autoincrement=False),
        sa.Column("number_in_run", BIG, nullable=False, autoincrement=False),
        sa.Column("call", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("payload", DOCUMENT, nullable=False),
        sa.Column("personal", DOCUMENT),
        sa.PrimaryKeyConstraint("run", "number_in_run", name="pk_facts"),
        sa.ForeignKeyConstraint(["call"], ["calls.call"], name="fk_facts_call"),
    )
    op.create_index("ix_facts_call_run_number_in_run", "facts", ["call", "run", "number_in_run"])
    op.create_table(
        "transfer_attempts",
        sa.Column("attempt", TEXT, nullable=False),
        sa.Column("call", TEXT, nullable=False),
        sa.Column("order_in_call", sa.Integer()),
        sa.Column("matter", TEXT),
        sa.Column("unit", TEXT),
        sa.Column("unit_name", TEXT),
        sa.Column("person", TEXT),
        sa.Column("person_name", TEXT),
        sa.Column("target", TEXT),
        sa.Column("why", TEXT),
        sa.Column("chosen", MOMENT, nullable=False),
        sa.Column("announced", MOMENT),
        sa.Column("rang", MOMENT),
        sa.Column("taken", MOMENT),
        sa.Column("accepted", MOMENT),
        sa.Column("introduced", MOMENT),
        sa.Column("introduction", TEXT),
        sa.Column("connected", MOMENT),
        sa.Column("proved", MOMENT),
        sa.Column("decided", MOMENT),
        sa.Column("outcome", TEXT),
        sa.Column("ring_seconds", sa.Float()),
        sa.Column("detail", TEXT),
        sa.Column("instead", TEXT),
        sa.Column("talk_ended", MOMENT),
        sa.Column("talk_seconds", sa.Float()),
        sa.Column("talk_ended_by", TEXT),
        sa.PrimaryKeyConstraint("attempt", name="pk_transfer_attempts"),
        sa.ForeignKeyConstraint(["call"], ["calls.call"], name="fk_transfer_attempts_call"),
    )
    op.create_index("ix_transfer_attempts_call_order_in_call", "transfer_attempts", ["call", "order_in_call"])
    op.create_index("ix_transfer_attempts_chosen_attempt", "transfer_attempts", ["chosen", "attempt"])
    op.create_index("ix_transfer_attempts_outcome_chosen", "transfer_attempts", ["outcome", "chosen"])
    op.create_index("ix_transfer_attempts_unit_chosen", "transfer_attempts", ["unit", "chosen"])


def downgrade() -> None:
    """Drop them."""
    for table in (
        "transfer_attempts",
        "facts",
        "tickets",
        "erasures",
        "calls",
    ):
        op.drop_table(table)
