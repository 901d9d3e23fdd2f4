"""Writes a built release back as the seed files it came from, byte for byte."""

from pathlib import Path

from api.errors import BadQuery
from api.seeding.canonical import dump, plain, write
from api.seeding.read import LINK_HOSTS_FILE, RELEASE_FILE, concept_file, history_file, language_file, source_file
from api.seeding.seed import Seed
from api.seeding.unload import unload
from api.store.engine import open_for_reading


def files(seed: Seed) -> dict[str, str]:
    """The text of every seed file by its name."""
    held = {RELEASE_FILE: write(seed.release), LINK_HOSTS_FILE: dump([plain(host) for host in seed.link_hosts])}
    held |= {concept_file(concept.kind, concept.slug): write(concept) for concept in seed.concepts}
    held |= {source_file(source.id): write(source) for source in seed.sources}
    held |= {language_file(stem): write(record) for stem, record in seed.language}
    held |= {history_file(past.version): write(past) for past in seed.history}
    return held


def export(release: Path, folder: Path) -> int:
    """Write the seed of a release file into a folder; returns how many files. Raises BadQuery when the folder is in use."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadQuery("folder", f"{folder} is not an empty folder.", "Name a new or empty folder.")
    engine = open_for_reading(release)
    try:
        held = files(unload(engine))
    finally:
        engine.dispose()
    for name, text in held.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return len(held)
