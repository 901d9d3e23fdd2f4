"""How right and wrong claims fare with the verifier: `python -m tests.benchmarks.claims [every]` holds every so manieth group."""

import sys

from sqlmodel import Session

from api.knowledge.catalogue import load_catalogue
from api.search.index import stored
from api.settings import Settings
from api.store.engine import open_for_reading
from api.store.releases import current
from api.verification.judge import Verdict
from api.verification.verify import load_verifier
from tests.claims import claims, hold, tricky


def main() -> None:
    """Hold the claims and print the shares."""
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    with Session(open_for_reading(current(Settings().data_dir))) as session:
        plain = hold(load_verifier(session, load_catalogue(session)), stored(session), claims(every))
        twisted = hold(load_verifier(session, load_catalogue(session)), stored(session), tricky(every))
    for name, held, honest in (("honest", plain, True), ("twisted", twisted, True), ("wrong", plain, False)):
        shares = ", ".join(f"{verdict} {held.share(verdict, honest=honest):.3f}" for verdict in Verdict)
        print(f"{name:8} {shares}")  # noqa: T201  # a report
    for kind, share in plain.kinds().items():
        print(f"  {kind:14} found wrong {share:.3f}")  # noqa: T201  # a report


if __name__ == "__main__":
    main()
