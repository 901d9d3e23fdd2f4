"""Turns strict records into rows: one function a noun, order kept as whole numbers."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from api.seeding.canonical import plain
from api.seeding.following import is_followed
from api.seeding.records import (
    AssessmentRecord,
    ConceptRecord,
    ConditionRecord,
    FigureRecord,
    GuidanceRecord,
    QuestionTopicRecord,
    SourceRecord,
    StatementRecord,
    SubtypeRecord,
    TypeRecord,
)
from api.seeding.seed import Seed
from api.store import tables
from api.vocabulary import Audience, Basis

T = TypeVar("T")
_BASES = list(Basis)


def rows(seed: Seed) -> Iterator[tables.Row]:
    """Every row of the seed except the release row, sources and concepts first."""
    yield from _moved_slugs(seed)
    yield from _past_releases(seed)
    for position, host in enumerate(seed.link_hosts):
        yield tables.LinkHostRow(host=host.host, position=position, place=host.place)
    for stem, record in sorted(seed.language):
        yield tables.LanguageFileRow(stem=stem, content=plain(record))
    yield from _sources(seed)
    concepts = sorted(seed.concepts, key=lambda concept: concept.slug)
    name_ranks = _ranks({concept.slug: concept.name.casefold() for concept in concepts})
    for position, concept in enumerate(concepts):
        yield _concept(concept, position, name_ranks[concept.slug])
    read_as = {source.id: source.seen_as for source in seed.sources}
    positions = iter(range(1_000_000_000))
    for concept in concepts:
        for statement in concept.statements:
            yield from _statement(concept, statement, next(positions), read_as)
    for concept in concepts:
        yield from _arrangement(concept)
    yield from _questions(concepts)


def _ranks(keys: dict[str, Any]) -> dict[str, int]:
    ordered = sorted(keys, key=lambda item: (keys[item], item))
    return {item: rank for rank, item in enumerate(ordered)}


def _moved_slugs(seed: Seed) -> Iterator[tables.Row]:
    for position, renamed in enumerate(seed.release.renamed):
        yield tables.MovedSlugRow(slug=renamed.slug, position=position, now_slug=renamed.now)
    for position, retired in enumerate(seed.release.retired):
        yield tables.MovedSlugRow(slug=retired.slug, position=position, reason=retired.reason)


def _past_releases(seed: Seed) -> Iterator[tables.Row]:
    followed = is_followed(seed)
    for position, past in enumerate(seed.history):
        yield tables.PastReleaseRow(id=past.version, position=position, is_followed=followed[position], content=plain(past))


def _sources(seed: Seed) -> Iterator[tables.Row]:
    sources = sorted(seed.sources, key=lambda source: source.id)
    title_ranks = _ranks({source.id: source.title.casefold() for source in sources})
    year_ranks = _ranks({source.id: source.year or 0 for source in sources})
    for position, source in enumerate(sources):
        yield _source(source, position, title_ranks[source.id], year_ranks[source.id])


def _source(source: SourceRecord, position: int, title_rank: int, year_rank: int) -> tables.SourceRow:
    return tables.SourceRow(**source.model_dump(mode="json"), position=position, title_rank=title_rank, year_rank=year_rank)


def _concept(concept: ConceptRecord, position: int, name_rank: int) -> tables.ConceptRow:
    return tables.ConceptRow(
        slug=concept.slug,
        position=position,
        name_rank=name_rank,
        kind=concept.kind,
        name=concept.name,
        plain_name=concept.plain_name,
        review_status=concept.review.status,
        review_checked_on=concept.review.checked_on,
        review_by=concept.review.by,
        review_next_due=concept.review.next_due,
        **_own_columns(concept),
    )


def _own_columns(concept: ConceptRecord) -> dict[str, Any]:
    own: dict[str, Any] = {}
    if isinstance(concept, (TypeRecord, SubtypeRecord)) and concept.size_mm:
        own |= {"size_low_mm": concept.size_mm.low, "size_high_mm": concept.size_mm.high}
        own |= {"size_statement_id": concept.size_mm.statement}
    if isinstance(concept, SubtypeRecord):
        own |= {"scheme": concept.scheme, "type_slug": concept.type, "suspicion": concept.suspicion}
        if usual := concept.usual_assessment:
            own |= {"usual_assessment_slug": usual.assessment, "usual_assessment_statement_id": usual.statement}
    if isinstance(concept, ConditionRecord):
        own |= {"nature": concept.nature}
    if isinstance(concept, GuidanceRecord):
        own |= {"stage": concept.stage}
    if isinstance(concept, AssessmentRecord):
        own |= {"system": concept.system, "region": concept.region, "category": concept.category}
        if concept.likelihood:
            values = concept.likelihood.model_dump()
            own |= {f"likelihood_{key}": value for key, value in values.items() if key != "statement"}
            own |= {"likelihood_statement_id": concept.likelihood.statement}
    return own


def _statement(
    concept: ConceptRecord, statement: StatementRecord, position: int, read_as: dict[str, Basis]
) -> Iterator[tables.Row]:
    yield tables.StatementRow(
        id=statement.id,
        position=position,
        concept_slug=concept.slug,
        aspect=statement.aspect,
        audience=statement.audience,
        text=statement.text,
        region=statement.region,
        basis=min((read_as[citation.source] for citation in statement.citations), key=_BASES.index),
        second_read=statement.second_read,
        origin=list(statement.origin),
    )
    for place, slug in enumerate((concept.slug, *statement.concepts)):
        yield tables.StatementConceptRow(statement_id=statement.id, position=place, concept_slug=slug)
    for place, companion in enumerate(statement.show_with):
        yield tables.StatementCompanionRow(statement_id=statement.id, position=place, companion_id=companion)
    for place, figure in enumerate(statement.figures):
        yield _figure(statement.id, place, figure)
    for place, citation in enumerate(statement.citations):
        yield tables.CitationRow(statement_id=statement.id, position=place, source_id=citation.source, locator=citation.locator)


def _figure(statement_id: str, position: int, figure: FigureRecord) -> tables.FigureRow:
    values = figure.model_dump(mode="json", exclude={"interval", "morphology", "distribution"})
    if figure.interval:
        values |= {f"interval_{key}": value for key, value in figure.interval.model_dump(mode="json").items()}
    return tables.FigureRow(
        statement_id=statement_id,
        position=position,
        morphology_slug=figure.morphology,
        distribution_slug=figure.distribution,
        **values,
    )


def _arrangement(concept: ConceptRecord) -> Iterator[tables.Row]:
    slug = concept.slug
    for position, label in enumerate(concept.labels):
        yield tables.LabelRow(concept_slug=slug, position=position, **label.model_dump(mode="json"))
    for audience in Audience:
        for position, statement_id in enumerate(getattr(concept.summary, audience)):
            yield tables.SummaryLineRow(concept_slug=slug, audience=audience, position=position, statement_id=statement_id)
    for position, relation in enumerate(concept.relations):
        yield tables.RelationRow(
            concept_slug=slug,
            position=position,
            kind=relation.kind,
            target_slug=relation.target,
            strength=relation.strength,
            statement_ids=list(relation.statements),
        )
    for position, conflict in enumerate(concept.conflicts):
        yield tables.ConflictRow(concept_slug=slug, position=position, preferred_id=conflict.preferred, why=conflict.why)
        for place, member in enumerate(conflict.statements):
            yield tables.ConflictMemberRow(concept_slug=slug, conflict_position=position, position=place, statement_id=member)
    for position, question in enumerate(concept.questions_to_ask):
        yield tables.QuestionToAskRow(concept_slug=slug, position=position, text=question.text, because_id=question.because)
    for position, gap in enumerate(concept.gaps):
        yield tables.GapRow(concept_slug=slug, position=position, **gap.model_dump(mode="json"))


def _questions(concepts: Sequence[ConceptRecord]) -> Iterator[tables.Row]:
    topics = [concept for concept in concepts if isinstance(concept, QuestionTopicRecord)]
    asked = [(topic.slug, question) for topic in topics for question in topic.questions]
    for position, (topic_slug, question) in enumerate(asked):
        slug = question.slug
        yield tables.QuestionRow(slug=slug, position=position, topic_slug=topic_slug, text=question.text)
        for place, variant in enumerate(question.variants):
            yield tables.QuestionVariantRow(question_slug=slug, position=place, text=variant)
        for place, concept_slug in enumerate(question.concepts):
            yield tables.QuestionConceptRow(question_slug=slug, position=place, concept_slug=concept_slug)
        for audience in Audience:
            for place, statement_id in enumerate(getattr(question.answer, audience)):
                yield tables.AnswerLineRow(question_slug=slug, audience=audience, position=place, statement_id=statement_id)
