"""What Alembic runs for every command: on the connection that `records.migrate` opened, in its transaction."""

from alembic import context

from records.all_tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite too: our connections say BEGIN themselves
    render_as_batch=True,  # SQLite cannot ALTER most things: Alembic copies the table
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
