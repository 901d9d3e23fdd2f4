"""Opens a store for serving, or refuses: a half-built, foreign or newer database is never served."""

from sqlalchemy import Engine, func, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from api.errors import StoreUnusable
from api.store.index_format import index_format
from api.store.tables import ConceptRow, IndexEntryRow, QuestionRow, ReleaseRow, Row, SourceRow, StatementRow

_REMEDY = "Run 'calcification-api build'."
_SERVER_REMEDY = "See that the database of CALC_DATABASE_URL can be reached, and run 'calcification-api build' once."
INDEX_FORMAT_KEY = "format"
_COUNTED: tuple[tuple[str, type[Row]], ...] = (
    ("concept_count", ConceptRow),
    ("statement_count", StatementRow),
    ("source_count", SourceRow),
    ("question_count", QuestionRow),
)


def open_verified(engine: Engine, revision: str) -> Engine:
    """The engine, when it holds a whole release of this schema revision; else it is closed. Raises StoreUnusable."""
    try:
        _verify(engine, revision)
    except DBAPIError as error:
        engine.dispose()
        remedy = _REMEDY if engine.dialect.name == "sqlite" else _SERVER_REMEDY
        raise StoreUnusable(f"The database cannot be read ({type(error.orig).__name__}).", remedy) from None
    except StoreUnusable:
        engine.dispose()
        raise
    return engine


def _verify(engine: Engine, revision: str) -> None:
    with Session(engine) as session:
        _require_revision(session, revision)
        _require_index(session)
        releases = session.exec(select(ReleaseRow)).all()
        if len(releases) != 1:
            raise StoreUnusable("The database holds no whole release; loading has not finished.", _REMEDY)
        for name, table in _COUNTED:
            held = session.exec(select(func.count()).select_from(table)).one()
            if held != getattr(releases[0], name):
                raise StoreUnusable(f"The database is incomplete: {name} is {held}, not as released.", _REMEDY)


def _require_revision(session: Session, revision: str) -> None:
    found = session.connection().execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    if found == revision:
        return
    if found is not None and found > revision:
        raise StoreUnusable(
            f"The database has schema {found}; this version knows {revision}.",
            "Upgrade calcification-api, or build again.",
        )
    raise StoreUnusable(f"The database has schema {found}; {revision} is needed.", _REMEDY)


def _require_index(session: Session) -> None:
    found = session.exec(select(IndexEntryRow.data).where(IndexEntryRow.key == INDEX_FORMAT_KEY)).one_or_none()
    if found is None or bytes(found).decode(errors="replace") != index_format():
        told = "no index" if found is None else "an index that other code made"
        raise StoreUnusable(f"The database holds {told}; it must be made by the code that reads it.", _REMEDY)
