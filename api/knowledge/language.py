"""Language files of the release, read back whole for the rooms that work with words."""

from typing import Any

from sqlmodel import Session, col, select

from api.store.tables import LanguageFileRow


def load_language_file(session: Session, stem: str) -> dict[str, Any]:
    """The content of a language file; empty when the release has none of that name."""
    row = session.exec(select(LanguageFileRow).where(LanguageFileRow.stem == stem)).one_or_none()
    return dict(row.content) if row else {}


def load_folder(session: Session, folder: str) -> list[dict[str, Any]]:
    """The contents of every file of a folder kept whole, in the order of their names."""
    starts = col(LanguageFileRow.stem).startswith(f"{folder}/", autoescape=True)
    rows = session.exec(select(LanguageFileRow).where(starts).order_by(col(LanguageFileRow.stem))).all()
    return [dict(row.content) for row in sorted(rows, key=lambda row: row.stem)]
