"""Language files of the release, read back whole for the rooms that work with words."""

from typing import Any

from sqlmodel import Session, select

from api.store.tables import LanguageFileRow


def load_language_file(session: Session, stem: str) -> dict[str, Any]:
    """The content of a language file; empty when the release has none of that name."""
    row = session.exec(select(LanguageFileRow).where(LanguageFileRow.stem == stem)).one_or_none()
    return dict(row.content) if row else {}
