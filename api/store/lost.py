"""Contact with a database: what of its errors means that it is gone, and not asking it on and on while it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from api.errors import NotReady

PAUSE_SECONDS = 1.0


class Contact:
    """Tells a lost or unreadable database as NotReady, and refuses at once for a second after each loss."""

    def __init__(self, engine: Engine) -> None:
        self._shared = engine.dialect.name != "sqlite"
        self._not_before = 0.0
        self.is_lost = False

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Around whatever asks the database. Raises NotReady."""
        if self._shared and monotonic() < self._not_before:
            # Each attempt to connect may take seconds; callers need not all wait for what one of them found out.
            raise self._refusal()
        try:
            yield
            self.is_lost = False
        except SQLAlchemyError as error:
            if not is_loss(error):
                raise
            self._not_before = monotonic() + PAUSE_SECONDS
            self.is_lost = True
            raise self._refusal() from None

    def _refusal(self) -> NotReady:
        if self._shared:
            return NotReady("The database does not answer.", "Try again in a few seconds; it is asked again by itself.")
        return NotReady("The release file cannot be read.", "Run 'calcification-api build'.")


def is_loss(error: SQLAlchemyError) -> bool:
    """Whether an error tells of the database and not of what it was asked."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(error, (OperationalError, InterfaceError, NoConnectionFree)) or type(error) is DatabaseError
