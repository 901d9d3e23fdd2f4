"""Several releases made from edited copies of the real seed, each with its history, built by the real loader."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from api.derived import derived
from api.seeding.history import follow
from api.seeding.load import load, release_row
from api.seeding.records import QuestionTopicRecord, RetiredRecord, StatementRecord
from api.seeding.seed import Seed
from api.store.engine import open_for_reading, open_for_writing, sqlite_url
from api.store.migrations import newest_revision, upgrade
from api.store.releases import publish
from api.store.tables import IndexEntryRow, MadeRow, PictureRow

MIGRATIONS = Path(__file__).parent.parent / "migrations"
Edit = Callable[[Seed], Seed]
SLUG = "amorphous"
SOON_GONE = f"{SLUG}-900"
GONE_QUESTION_REASON = "Asked in other words elsewhere."


@dataclass(frozen=True)
class Made:
    """A release as a seed and as a loose, finished release file that can be published anywhere."""

    seed: Seed
    file: Path
    edition: str
    digest: str

    @property
    def version(self) -> str:
        """Its id."""
        return self.seed.release.version


def derived_rows(made: Made) -> Iterator[MadeRow]:
    """What building added to the release, read from its file: for loading it into a database server without making it anew."""
    engine = open_for_reading(made.file)
    with engine.connect() as connection:
        for table in (PictureRow, IndexEntryRow):
            yield from ((table, dict(row)) for row in connection.execute(select(table)).mappings())
    engine.dispose()


def with_concept(seed: Seed, slug: str, **update: object) -> Seed:
    """The seed with members of one concept replaced."""
    concepts = tuple(c.model_copy(update=update) if c.slug == slug else c for c in seed.concepts)
    return seed.model_copy(update={"concepts": concepts})


def statements_of(seed: Seed, slug: str = SLUG) -> tuple[StatementRecord, ...]:
    """The statements of one concept."""
    return next(concept for concept in seed.concepts if concept.slug == slug).statements


def retired(seed: Seed, slug: str, reason: str) -> Seed:
    """The seed with one more tombstone."""
    tombstones = (*seed.release.retired, RetiredRecord(slug=slug, reason=reason))
    return seed.model_copy(update={"release": seed.release.model_copy(update={"retired": tombstones})})


def first_question(seed: Seed) -> tuple[QuestionTopicRecord, str]:
    """A topic with several questions, and the slug of its last one."""
    topics = (concept for concept in seed.concepts if isinstance(concept, QuestionTopicRecord))
    topic = next(topic for topic in topics if len(topic.questions) > 1)
    return topic, topic.questions[-1].slug


def reworded(seed: Seed, text: str) -> Seed:
    """The first statement of the concept says something else."""
    first, *rest = statements_of(seed)
    return with_concept(seed, SLUG, statements=(first.model_copy(update={"text": text}), *rest))


def second(seed: Seed) -> Seed:
    """A plain name and a sentence change, a statement comes, a question goes."""
    held = statements_of(seed)
    added = held[0].model_copy(update={"id": SOON_GONE, "text": "A sentence that comes and goes again."})
    seed = with_concept(seed, SLUG, plain_name="Specks like fine powder", statements=(*held, added))
    topic, question = first_question(seed)
    seed = with_concept(seed, topic.slug, questions=topic.questions[:-1])
    return retired(reworded(seed, "A first new wording of the sentence."), question, GONE_QUESTION_REASON)


def third(seed: Seed) -> Seed:
    """The sentence changes again, the statement goes."""
    seed = with_concept(seed, SLUG, statements=statements_of(seed)[:-1])
    return retired(reworded(seed, "A second new wording of the sentence."), SOON_GONE, "It said what others say.")


EDITS: list[tuple[str, date, Edit]] = [
    ("2026.12.0", date(2026, 12, 20), second),
    ("2027.1.0", date(2027, 1, 20), third),
]


def seeds(first: Seed) -> list[Seed]:
    """The real seed and its successors, each with the history before it."""
    made = [first]
    revision = newest_revision(MIGRATIONS)
    for version, day, edit in EDITS:
        old = made[-1]
        edited = edit(old)
        past, release = follow(old, revision, edited, revision, version, day)
        made.append(edited.model_copy(update={"release": release, "history": (*old.history, past)}))
    return made


def made_of(seed: Seed, path: Path) -> Made:
    """A release whose finished file lies there."""
    row = release_row(seed, newest_revision(MIGRATIONS))
    return Made(seed, path, row.edition, row.digest)


def build_file(seed: Seed, path: Path) -> None:
    """A finished release file of a seed that is known to be sound."""
    revision = newest_revision(MIGRATIONS)
    upgrade(MIGRATIONS, sqlite_url(path))
    engine = open_for_writing(sqlite_url(path))
    try:
        load(engine, seed, revision, derived)
    finally:
        engine.dispose()


def publish_copy(made: Made, data_dir: Path) -> Path:
    """Publish a copy of a finished file as `calcification-api build` publishes its own."""
    draft = data_dir / ".draft-copy.sqlite"
    draft.write_bytes(made.file.read_bytes())
    return publish(data_dir, draft, made.version, made.edition)
