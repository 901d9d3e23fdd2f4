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
from tests.claims import Held, claims, hold, lay, of_facts, tricky, written_wrongly

_SLIPS, _SEED = ("keys", "vowels", "ear", "spaces", "dictation"), 5


def main() -> None:
    """Hold the claims and print the shares, then those of claims with slips."""
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    with Session(open_for_reading(current(Settings().data_dir))) as session:
        verifier, index = load_verifier(session, load_catalogue(session)), stored(session)
        plain = hold(verifier, index, claims(every))
        _tell("", plain)
        _tell("lay ", hold(verifier, index, lay(every)))
        _tell("facts ", hold(verifier, index, of_facts(every)))
        _tell("twisted ", hold(verifier, index, tricky(every)), wrong=False)
        for kind, share in plain.kinds().items():
            print(f"  {kind:14} found wrong {share:.3f}")  # noqa: T201  # a report
        for slip in _SLIPS:
            _tell(f"{slip} ", hold(verifier, index, written_wrongly(claims(every), slip, _SEED)))


def _tell(name: str, held: Held, *, wrong: bool = True) -> None:
    for honest in (True, False) if wrong else (True,):
        shares = ", ".join(f"{verdict} {held.share(verdict, honest=honest):.3f}" for verdict in Verdict)
        print(f"{name + ('honest' if honest else 'wrong'):16} {shares}", flush=True)  # noqa: T201  # a report


if __name__ == "__main__":
    main()
