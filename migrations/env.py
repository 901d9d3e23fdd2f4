"""Alembic environment: migrates the tables of api.store.tables on SQLite or PostgreSQL."""

from alembic import context

from api.store.engine import open_for_writing
from api.store.tables import Row


def run() -> None:
    """Run the asked migrations in one transaction."""
    engine = open_for_writing(str(context.config.get_main_option("sqlalchemy.url")))
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Row.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


run()
