"""The seed with its indexes: who owns a statement, which file holds a slug. The rules read through this."""

from dataclasses import dataclass, field
from functools import cached_property

from api.seeding.read import Reading, concept_file, source_file
from api.seeding.records import ConceptRecord, QuestionRecord, QuestionTopicRecord, SourceRecord, StatementRecord
from api.vocabulary import Standing


@dataclass(frozen=True)
class Book:
    """Everything a cross-file rule needs to look up."""

    reading: Reading
    concepts: dict[str, ConceptRecord] = field(default_factory=dict)
    sources: dict[str, SourceRecord] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading) -> "Book":
        """Index a reading by slug and source id."""
        return cls(
            reading,
            {concept.slug: concept for concept in reading.concepts.values()},
            {source.id: source for source in reading.sources.values()},
        )

    @cached_property
    def statements(self) -> dict[str, StatementRecord]:
        """Every statement by id."""
        return {s.id: s for concept in self.concepts.values() for s in concept.statements}

    @cached_property
    def owners(self) -> dict[str, ConceptRecord]:
        """The concept whose file holds a statement, by statement id."""
        return {s.id: concept for concept in self.concepts.values() for s in concept.statements}

    @cached_property
    def questions(self) -> list[tuple[QuestionTopicRecord, QuestionRecord]]:
        """Every question with its topic, in file order."""
        topics = [c for c in self.concepts.values() if isinstance(c, QuestionTopicRecord)]
        return [(topic, question) for topic in topics for question in topic.questions]

    def file(self, concept: ConceptRecord) -> str:
        """The file a concept lives in."""
        return concept_file(concept.kind, concept.slug)

    def source_file(self, source: SourceRecord) -> str:
        """The file a source lives in."""
        return source_file(source.id)

    def standings(self, statement: StatementRecord) -> set[Standing]:
        """The standings of the sources a statement cites; unknown sources are left out."""
        cited = (self.sources.get(citation.source) for citation in statement.citations)
        return {source.standing for source in cited if source}

    def is_founding(self, statement: StatementRecord) -> bool:
        """Whether a statement rests on the founding document alone."""
        return self.standings(statement) == {Standing.FOUNDING}
