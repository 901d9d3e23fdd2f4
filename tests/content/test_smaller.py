"""The small seed of the tests is a sound cut of the real one."""

from pathlib import Path

from api.seeding.book import Book
from api.seeding.check import check
from api.seeding.digest import digest
from api.seeding.read import read
from api.seeding.seed import Seed


def test_it_is_sound_and_kept_whole_in_files(small_seed: Seed, small_seed_dir: Path) -> None:
    assert check(small_seed_dir) == []
    assert digest(read(small_seed_dir).seed(), "1") == digest(small_seed, "1")


def test_nothing_in_it_is_invented(small_seed: Seed, book: Book) -> None:
    said = [statement for concept in small_seed.concepts for statement in concept.statements]
    assert {(one.id, one.text, one.citations) for one in said} <= {
        (one.id, one.text, one.citations) for one in book.statements.values()
    }
    assert 100 < len(said) < len(book.statements) / 2
    assert {source.id: source for source in small_seed.sources}.items() <= book.sources.items()
