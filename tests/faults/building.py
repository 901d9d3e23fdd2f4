"""A build in a process of its own, to be killed: tells each step on a line.

python -m tests.faults.building SEED.pickle DATA_DIR [with-copies | DATABASE_URL]
"""

import pickle
import sys
from pathlib import Path

from api.derived import derived
from api.seeding.build import build_seed, load_seed
from api.seeding.seed import Seed
from tests.releases import MIGRATIONS

COPIES = "with-copies"


def _tell(step: str) -> None:
    sys.stdout.write(f"{step}\n")
    sys.stdout.flush()


def main(pickled: Path, data_dir: Path, more: str = "") -> None:
    """Build the seed into the folder, with its bulk copies when asked for, or into a database."""
    seed: Seed = pickle.loads(pickled.read_bytes())  # noqa: S301  # the test wrote it
    if more not in ("", COPIES):
        load_seed(seed, MIGRATIONS, more, _tell, derived)
        return

    def finish(draft: Path) -> None:
        if more:
            from api.rest.v1.bulk import make_copies  # of all builds only these need the web's shapes

            _tell("Writing the exports")
            make_copies(draft, data_dir)

    build_seed(seed, MIGRATIONS, data_dir, _tell, finish, derived)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
