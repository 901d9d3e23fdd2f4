"""Indexes that give filtered lists of statements in their order, so that a page costs the same at any size.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SINGLE = ("aspect", "audience", "basis", "region")
_ORDERED = (("aspect",), ("audience",), ("audience", "aspect"), ("region",), ("basis",))


def _name(columns: tuple[str, ...]) -> str:
    return op.f(f"ix_statement_{'_'.join(columns)}_position")


def upgrade() -> None:
    for column in _SINGLE:
        op.drop_index(op.f(f"ix_statement_{column}"), table_name="statement")
    for columns in _ORDERED:
        op.create_index(_name(columns), "statement", [*columns, "position"])


def downgrade() -> None:
    for columns in _ORDERED:
        op.drop_index(_name(columns), table_name="statement")
    for column in _SINGLE:
        op.create_index(op.f(f"ix_statement_{column}"), "statement", [column])
