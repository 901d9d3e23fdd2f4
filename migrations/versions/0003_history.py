"""past releases, and the edition of a release

Revision ID: 0003
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. A release built before has no history, so its edition is its digest."""
    op.create_table(
        "past_release",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_followed", sa.Boolean(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_release")),
        sa.UniqueConstraint("position", name=op.f("uq_past_release_position")),
    )
    with op.batch_alter_table("release") as table:
        table.add_column(sa.Column("edition", sa.String(), nullable=True))
    op.execute("UPDATE release SET edition = digest")
    with op.batch_alter_table("release") as table:
        table.alter_column("edition", existing_type=sa.String(), nullable=False)


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("release") as table:
        table.drop_column("edition")
    op.drop_table("past_release")
