"""content tables

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "concept",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_rank", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("plain_name", sa.String(), nullable=False),
        sa.Column("review_status", sa.String(), nullable=False),
        sa.Column("review_checked_on", sa.Date(), nullable=False),
        sa.Column("review_by", sa.String(), nullable=True),
        sa.Column("review_next_due", sa.Date(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=True),
        sa.Column("type_slug", sa.String(), nullable=True),
        sa.Column("suspicion", sa.String(), nullable=True),
        sa.Column("nature", sa.String(), nullable=True),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("system", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("size_low_mm", sa.Double(), nullable=True),
        sa.Column("size_high_mm", sa.Double(), nullable=True),
        sa.Column("size_statement_id", sa.String(), nullable=True),
        sa.Column("usual_assessment_slug", sa.String(), nullable=True),
        sa.Column("usual_assessment_statement_id", sa.String(), nullable=True),
        sa.Column("likelihood_low", sa.Double(), nullable=True),
        sa.Column("likelihood_high", sa.Double(), nullable=True),
        sa.Column("likelihood_low_included", sa.Boolean(), nullable=True),
        sa.Column("likelihood_high_included", sa.Boolean(), nullable=True),
        sa.Column("likelihood_statement_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["type_slug"], ["concept.slug"], name=op.f("fk_concept_type_slug_concept"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["usual_assessment_slug"],
            ["concept.slug"],
            name=op.f("fk_concept_usual_assessment_slug_concept"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_concept")),
        sa.UniqueConstraint("name_rank", name=op.f("uq_concept_name_rank")),
        sa.UniqueConstraint("position", name=op.f("uq_concept_position")),
    )
    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concept_kind"), ["kind"], unique=False)

    op.create_table(
        "language_file",
        sa.Column("stem", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("stem", name=op.f("pk_language_file")),
    )
    op.create_table(
        "link_host",
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_link_host")),
    )
    op.create_table(
        "moved_slug",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("now_slug", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_moved_slug")),
    )
    op.create_table(
        "release",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("schema_revision", sa.String(), nullable=False),
        sa.Column("license", sa.String(), nullable=False),
        sa.Column("license_url", sa.String(), nullable=False),
        sa.Column("attribution", sa.String(), nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("concept_count", sa.Integer(), nullable=False),
        sa.Column("statement_count", sa.Integer(), nullable=False),
        sa.Column("source_count", sa.Integer(), nullable=False),
        sa.Column("question_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title_rank", sa.Integer(), nullable=False),
        sa.Column("year_rank", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("authors", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("doi", sa.String(), nullable=True),
        sa.Column("pmid", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("seen_as", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("position", name=op.f("uq_source_position")),
        sa.UniqueConstraint("title_rank", name=op.f("uq_source_title_rank")),
        sa.UniqueConstraint("year_rank", name=op.f("uq_source_year_rank")),
    )
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_source_standing"), ["standing"], unique=False)

    op.create_table(
        "gap",
        sa.Column("concept_slug", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("aspect", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concept_slug"], ["concept.slug"], name=op.f("fk_gap_concept_slug_concept"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("concept_slug", "position", name=op.f("pk_gap")),
    )
    op.create_table(
        "label",
        sa.Column("concept_slug", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concept_slug"], ["concept.slug"], name=op.f("fk_label_concept_slug_concept"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("concept_slug", "position", name=op.f("pk_label")),
    )
    op.create_table(
        "question",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("topic_slug", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_slug"], ["concept.slug"], name=op.f("fk_question_topic_slug_concept"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_question")),
        sa.UniqueConstraint("position", name=op.f("uq_question_position")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_topic_slug"), ["topic_slug"], unique=False)

    op.create_table(
        "relation",
        sa.Column("concept_slug", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target_slug", sa.String(), nullable=False),
        sa.Column("strength", sa.String(), nullable=True),
        sa.Column("statement_ids", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concept_slug"],
            ["concept.slug"],
            name=op.f("fk_relation_concept_slug_concept"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["target_slug"], ["concept.slug"], name=op.f("fk_relation_target_slug_concept"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("concept_slug", "position", name=op.f("pk_relation")),
    )
    with op.batch_alter_table("relation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relation_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_relation_target_slug"), ["target_slug"], unique=False)

    op.create_table(
        "statement",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("concept_slug", sa.String(), nullable=False),
        sa.Column("aspect", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("second_read", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concept_slug"],
            ["concept.slug"],
            name=op.f("fk_statement_concept_slug_concept"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("position", name=op.f("uq_statement_position")),
    )
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_aspect"), ["aspect"], unique=False)
        batch_op.create_index(batch_op.f("ix_statement_audience"), ["audience"], unique=False)
        batch_op.create_index(batch_op.f("ix_statement_basis"), ["basis"], unique=False)
        batch_op.create_index(batch_op.f("ix_statement_concept_slug"), ["concept_slug"], unique=False)
        batch_op.create_index(batch_op.f("ix_statement_region"), ["region"], unique=False)

    op.create_table(
        "answer_line",
        sa.Column("question_slug", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_slug"],
            ["question.slug"],
            name=op.f("fk_answer_line_question_slug_question"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_answer_line_statement_id_statement"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("question_slug", "audience", "position", name=op.f("pk_answer_line")),
    )
    with op.batch_alter_table("answer_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_line_statement_id"), ["statement_id"], unique=False)

    op.create_table(
        "citation",
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("locator", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_citation_source_id_source"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_citation_statement_id_statement"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("statement_id", "position", name=op.f("pk_citation")),
    )
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_citation_source_id"), ["source_id"], unique=False)

    op.create_table(
        "conflict",
        sa.Column("concept_slug", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("preferred_id", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concept_slug"],
            ["concept.slug"],
            name=op.f("fk_conflict_concept_slug_concept"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["preferred_id"],
            ["statement.id"],
            name=op.f("fk_conflict_preferred_id_statement"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("concept_slug", "position", name=op.f("pk_conflict")),
    )
    op.create_table(
        "conflict_member",
        sa.Column("concept_slug", sa.String(), nullable=False),
        sa.Column("conflict_position", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concept_slug"],
            ["concept.slug"],
            name=op.f("fk_conflict_member_concept_slug_concept"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_conflict_member_statement_id_statement"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("concept_slug", "conflict_position", "position", name=op.f("pk_conflict_member")),
    )
    with op.batch_alter_table("conflict_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conflict_member_statement_id"), ["statement_id"], unique=False)

    op.create_table(
        "figure",
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("comparison", sa.String(), nullable=True),
        sa.Column("events", sa.Integer(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("interval_low", sa.Double(), nullable=True),
        sa.Column("interval_high", sa.Double(), nullable=True),
        sa.Column("interval_level", sa.Double(), nullable=True),
        sa.Column("interval_origin", sa.String(), nullable=True),
        sa.Column("what", sa.String(), nullable=True),
        sa.Column("among", sa.String(), nullable=True),
        sa.Column("morphology_slug", sa.String(), nullable=True),
        sa.Column("distribution_slug", sa.String(), nullable=True),
        sa.Column("design", sa.String(), nullable=True),
        sa.Column("years", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["distribution_slug"],
            ["concept.slug"],
            name=op.f("fk_figure_distribution_slug_concept"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["morphology_slug"],
            ["concept.slug"],
            name=op.f("fk_figure_morphology_slug_concept"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_figure_statement_id_statement"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("statement_id", "position", name=op.f("pk_figure")),
    )
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_figure_measure"), ["measure"], unique=False)

    op.create_table(
        "question_concept",
        sa.Column("question_slug", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("concept_slug", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concept_slug"],
            ["concept.slug"],
            name=op.f("fk_question_concept_concept_slug_concept"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["question_slug"],
            ["question.slug"],
            name=op.f("fk_question_concept_question_slug_question"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("question_slug", "position", name=op.f("pk_question_concept")),
    )
    with op.batch_alter_table("question_concept", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_concept_concept_slug"), ["concept_slug"], unique=False)

    op.create_table(
        "question_to_ask",
        sa.Column("concept_slug", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("because_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["because_id"],
            ["statement.id"],
            name=op.f("fk_question_to_ask_because_id_statement"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["concept_slug"],
            ["concept.slug"],
            name=op.f("fk_question_to_ask_concept_slug_concept"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("concept_slug", "position", name=op.f("pk_question_to_ask")),
    )
    op.create_table(
        "question_variant",
        sa.Column("question_slug", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_slug"],
            ["question.slug"],
            name=op.f("fk_question_variant_question_slug_question"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("question_slug", "position", name=op.f("pk_question_variant")),
    )
    op.create_table(
        "statement_companion",
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("companion_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["companion_id"],
            ["statement.id"],
            name=op.f("fk_statement_companion_companion_id_statement"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_statement_companion_statement_id_statement"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("statement_id", "position", name=op.f("pk_statement_companion")),
    )
    op.create_table(
        "statement_concept",
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("concept_slug", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concept_slug"],
            ["concept.slug"],
            name=op.f("fk_statement_concept_concept_slug_concept"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_statement_concept_statement_id_statement"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("statement_id", "position", name=op.f("pk_statement_concept")),
    )
    with op.batch_alter_table("statement_concept", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_concept_concept_slug"), ["concept_slug"], unique=False)

    op.create_table(
        "summary_line",
        sa.Column("concept_slug", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concept_slug"],
            ["concept.slug"],
            name=op.f("fk_summary_line_concept_slug_concept"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_summary_line_statement_id_statement"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("concept_slug", "audience", "position", name=op.f("pk_summary_line")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("summary_line")
    with op.batch_alter_table("statement_concept", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_concept_concept_slug"))

    op.drop_table("statement_concept")
    op.drop_table("statement_companion")
    op.drop_table("question_variant")
    op.drop_table("question_to_ask")
    with op.batch_alter_table("question_concept", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_concept_concept_slug"))

    op.drop_table("question_concept")
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_figure_measure"))

    op.drop_table("figure")
    with op.batch_alter_table("conflict_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_member_statement_id"))

    op.drop_table("conflict_member")
    op.drop_table("conflict")
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_citation_source_id"))

    op.drop_table("citation")
    with op.batch_alter_table("answer_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_line_statement_id"))

    op.drop_table("answer_line")
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_region"))
        batch_op.drop_index(batch_op.f("ix_statement_concept_slug"))
        batch_op.drop_index(batch_op.f("ix_statement_basis"))
        batch_op.drop_index(batch_op.f("ix_statement_audience"))
        batch_op.drop_index(batch_op.f("ix_statement_aspect"))

    op.drop_table("statement")
    with op.batch_alter_table("relation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_relation_target_slug"))
        batch_op.drop_index(batch_op.f("ix_relation_kind"))

    op.drop_table("relation")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_topic_slug"))

    op.drop_table("question")
    op.drop_table("label")
    op.drop_table("gap")
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_source_standing"))
        batch_op.drop_index(batch_op.f("ix_source_kind"))

    op.drop_table("source")
    op.drop_table("release")
    op.drop_table("moved_slug")
    op.drop_table("link_host")
    op.drop_table("language_file")
    with op.batch_alter_table("concept", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concept_kind"))

    op.drop_table("concept")
