"""Turns the rows of a built release back into the strict records they came from."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from api.errors import StoreUnusable
from api.seeding.language import shape_of
from api.seeding.past_records import PastReleaseRecord
from api.seeding.records import AnyConceptRecord, LinkHostRecord, Record, ReleaseRecord, SourceRecord
from api.seeding.seed import Seed
from api.store import tables
from api.vocabulary import ConceptKind

R = TypeVar("R", bound=tables.Row)
Data = dict[str, Any]
_concept: TypeAdapter[AnyConceptRecord] = TypeAdapter(AnyConceptRecord)


def unload(engine: Engine) -> Seed:
    """The whole seed a release was built from."""
    with Session(engine) as session:
        return Seed(
            release=_release(session),
            history=tuple(
                PastReleaseRecord.model_validate(row.content)
                for row in session.exec(select(tables.PastReleaseRow).order_by(col(tables.PastReleaseRow.position)))
            ),
            link_hosts=tuple(
                LinkHostRecord.model_validate(row.model_dump(exclude={"position"}))
                for row in session.exec(select(tables.LinkHostRow).order_by(col(tables.LinkHostRow.position)))
            ),
            concepts=tuple(_concepts(session)),
            language=tuple(
                (row.stem, _kept_whole(row))
                for row in session.exec(select(tables.LanguageFileRow).order_by(col(tables.LanguageFileRow.stem)))
            ),
            sources=tuple(
                SourceRecord.model_validate(row.model_dump(exclude={"position", "title_rank", "year_rank"}))
                for row in session.exec(select(tables.SourceRow).order_by(col(tables.SourceRow.position)))
            ),
        )


def _kept_whole(row: tables.LanguageFileRow) -> Record:
    shape = shape_of(row.stem)
    if shape is None:
        raise StoreUnusable(f"The release holds '{row.stem}', which this version does not know.", "Build again.")
    return shape.model_validate(row.content)


def _release(session: Session) -> ReleaseRecord:
    row = session.exec(select(tables.ReleaseRow)).one()
    moved = session.exec(select(tables.MovedSlugRow).order_by(col(tables.MovedSlugRow.position))).all()
    return ReleaseRecord(
        version=row.id,
        published_on=row.published_on,
        license=row.license,
        license_url=row.license_url,
        attribution=row.attribution,
        notice=row.notice,
        renamed=tuple({"slug": m.slug, "now": m.now_slug} for m in moved if m.now_slug),  # type: ignore[misc]  # validated by the record
        retired=tuple({"slug": m.slug, "reason": m.reason} for m in moved if m.reason),  # type: ignore[misc]  # validated by the record
    )


def _grouped(session: Session, table: type[R], key: str, order: str = "position") -> dict[str, list[R]]:
    grouped: dict[str, list[R]] = defaultdict(list)
    for row in session.exec(select(table).order_by(col(getattr(table, order)))):
        grouped[getattr(row, key)].append(row)
    return grouped


def _concepts(session: Session) -> Iterable[AnyConceptRecord]:
    parts: dict[str, dict[str, list[Data]]] = {
        "labels": _plain(session, tables.LabelRow, _without("concept_slug", "position")),
        "questions_to_ask": _plain(session, tables.QuestionToAskRow, lambda r: {"text": r.text, "because": r.because_id}),
        "gaps": _plain(session, tables.GapRow, _without("concept_slug", "position")),
        "relations": _plain(
            session,
            tables.RelationRow,
            lambda r: {"kind": r.kind, "target": r.target_slug, "strength": r.strength, "statements": r.statement_ids},
        ),
        "conflicts": _conflicts(session),
        "statements": _statements(session),
    }
    summaries = _grouped(session, tables.SummaryLineRow, "concept_slug")
    questions = _questions(session)
    for row in session.exec(select(tables.ConceptRow).order_by(col(tables.ConceptRow.position))).all():
        data: Data = {name: held[row.slug] for name, held in parts.items()}
        data |= _own(row)
        data["summary"] = _by_audience(summaries[row.slug])
        if row.kind == ConceptKind.QUESTION_TOPIC:
            data["questions"] = questions[row.slug]
        yield _concept.validate_python(data)


def _without(*names: str) -> Callable[[tables.Row], Data]:
    return lambda row: row.model_dump(exclude=set(names))


def _plain(session: Session, table: type[R], shape: Callable[[R], Data]) -> dict[str, list[Data]]:
    plain: dict[str, list[Data]] = defaultdict(list)
    for slug, rows in _grouped(session, table, "concept_slug").items():
        plain[slug] = [shape(row) for row in rows]
    return plain


def _by_audience(lines: Iterable[Any]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        grouped[line.audience].append(line.statement_id)
    return grouped


def _conflicts(session: Session) -> dict[str, list[Data]]:
    members: dict[tuple[str, int], list[str]] = defaultdict(list)
    for member in session.exec(select(tables.ConflictMemberRow).order_by(col(tables.ConflictMemberRow.position))):
        members[member.concept_slug, member.conflict_position].append(member.statement_id)
    return _plain(
        session,
        tables.ConflictRow,
        lambda r: {"statements": members[r.concept_slug, r.position], "preferred": r.preferred_id, "why": r.why},
    )


def _statements(session: Session) -> dict[str, list[Data]]:
    others = _grouped(session, tables.StatementConceptRow, "statement_id")
    companions = _grouped(session, tables.StatementCompanionRow, "statement_id")
    figures = _grouped(session, tables.FigureRow, "statement_id")
    citations = _grouped(session, tables.CitationRow, "statement_id")

    def shape(row: tables.StatementRow) -> Data:
        return {
            **row.model_dump(exclude={"position", "concept_slug", "basis"}),
            "concepts": [other.concept_slug for other in others[row.id] if other.position],
            "figures": [_figure(figure) for figure in figures[row.id]],
            "citations": [{"source": c.source_id, "locator": c.locator} for c in citations[row.id]],
            "show_with": [companion.companion_id for companion in companions[row.id]],
        }

    return _plain(session, tables.StatementRow, shape)


def _figure(row: tables.FigureRow) -> Data:
    data = row.model_dump(exclude={"statement_id", "position"})
    interval = {name: data.pop(f"interval_{name}") for name in ("low", "high", "level", "origin")}
    data["interval"] = interval if interval["low"] is not None else None
    data["morphology"], data["distribution"] = data.pop("morphology_slug"), data.pop("distribution_slug")
    return data


def _own(row: tables.ConceptRow) -> Data:
    kind = row.kind
    data: Data = {"slug": row.slug, "kind": ConceptKind(kind), "name": row.name, "plain_name": row.plain_name}
    review = {name: getattr(row, f"review_{name}") for name in ("status", "checked_on", "by", "next_due")}
    data["review"] = review
    if kind in (ConceptKind.TYPE, ConceptKind.SUBTYPE) and row.size_statement_id:
        data["size_mm"] = {"low": row.size_low_mm, "high": row.size_high_mm, "statement": row.size_statement_id}
    if kind == ConceptKind.SUBTYPE:
        data |= {"scheme": row.scheme, "type": row.type_slug, "suspicion": row.suspicion}
        if row.usual_assessment_slug:
            statement = row.usual_assessment_statement_id
            data["usual_assessment"] = {"assessment": row.usual_assessment_slug, "statement": statement}
    if kind == ConceptKind.CONDITION:
        data["nature"] = row.nature
    if kind == ConceptKind.GUIDANCE:
        data["stage"] = row.stage
    if kind == ConceptKind.ASSESSMENT:
        data |= {"system": row.system, "region": row.region, "category": row.category}
        if row.likelihood_statement_id:
            names = ("low", "high", "low_included", "high_included")
            likelihood = {name: getattr(row, f"likelihood_{name}") for name in names}
            data["likelihood"] = {**likelihood, "statement": row.likelihood_statement_id}
    return data


def _questions(session: Session) -> dict[str, list[Data]]:
    variants = _grouped(session, tables.QuestionVariantRow, "question_slug")
    concepts = _grouped(session, tables.QuestionConceptRow, "question_slug")
    lines = _grouped(session, tables.AnswerLineRow, "question_slug")
    grouped: dict[str, list[Data]] = defaultdict(list)
    for row in session.exec(select(tables.QuestionRow).order_by(col(tables.QuestionRow.position))).all():
        grouped[row.topic_slug].append(
            {
                "slug": row.slug,
                "text": row.text,
                "variants": [variant.text for variant in variants[row.slug]],
                "concepts": [concept.concept_slug for concept in concepts[row.slug]],
                "answer": _by_audience(lines[row.slug]),
            }
        )
    return grouped
