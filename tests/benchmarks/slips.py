"""What slips cost: `python -m tests.benchmarks.slips [seed [every]]` asks our question sets, or every so manieth
question of them, clean and with every kind of slip.

The blind set is not among them.
"""

import sys

from sqlmodel import Session

from api.grounding.ground import Grounded, ground, load_grounding
from api.grounding.select import Wish
from api.knowledge.catalogue import load_catalogue
from api.settings import Settings
from api.store.engine import open_for_reading
from api.store.releases import current
from api.vocabulary import Audience
from tests.scoring import score_rows
from tests.slips.kinds import KINDS
from tests.slips.sets import clean, noisy

_WISH = Wish(Audience.PATIENT, None, 5)


def main() -> None:
    """Ask everything, print a row for each kind."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    asked = clean()[:: int(sys.argv[2]) if len(sys.argv) > 2 else 1]
    with Session(open_for_reading(current(Settings().data_dir))) as session:
        grounding = load_grounding(session, load_catalogue(session))

        def ask(question: str) -> Grounded:
            return ground(grounding, session, question, _WISH)

        for name, rows in [("clean", asked), *((kind, noisy(asked, kind, seed)) for kind in KINDS)]:
            told = score_rows(rows, ask)
            print(  # noqa: T201  # a report
                f"{name:16} recall {told.recall:.3f} hit {told.hit:.3f} "
                f"refused {told.refused:.3f} wrongly {told.wrongly_refused:.3f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
