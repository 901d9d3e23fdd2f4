"""Files kept whole: what the service must know about words, codes and counts beside its concepts. Data for curators, never code.

Each file of `seed/language/` has one strict shape, registered here under the file's stem; the files of the other folders share
the shape of their folder and are held under folder and stem (`codes/dcm`). A release stores the files whole; the rooms that
need them read them back through `api.knowledge.language`.
"""

from pathlib import PurePosixPath

from api.seeding.records import Record
from api.seeding.shapes_chatbots import ChatbotsRecord
from api.seeding.shapes_codes import CodeSystemRecord
from api.seeding.shapes_datasets import DatasetRecord
from api.seeding.shapes_evidence import EvidenceWordsRecord
from api.seeding.shapes_keys import KeysRecord
from api.seeding.shapes_rankings import RankingsRecord
from api.seeding.shapes_refusal import RefusalRecord, SafetyRecord
from api.seeding.shapes_report_cues import ReportCuesRecord
from api.seeding.shapes_report_terms import ReportTermsRecord
from api.seeding.shapes_resolve import ResolveWordsRecord
from api.seeding.shapes_search import IntentsRecord, SearchRecord, WordingsRecord
from api.seeding.shapes_verification import VerificationRecord

LANGUAGE_FOLDER = "language"
SHAPES: dict[str, type[Record]] = {
    "chatbots": ChatbotsRecord,
    "evidence": EvidenceWordsRecord,
    "intents": IntentsRecord,
    "keys": KeysRecord,
    "rankings": RankingsRecord,
    "refusal": RefusalRecord,
    "report-cues": ReportCuesRecord,
    "report-terms": ReportTermsRecord,
    "resolve": ResolveWordsRecord,
    "safety": SafetyRecord,
    "search": SearchRecord,
    "verification": VerificationRecord,
    "wordings": WordingsRecord,
}
FOLDER_SHAPES: dict[str, type[Record]] = {
    "codes": CodeSystemRecord,
    "datasets": DatasetRecord,
}


def key_of(name: str) -> str:
    """What a file is held under: its stem, or folder and stem outside the language folder."""
    path = PurePosixPath(name)
    return path.stem if path.parent.name == LANGUAGE_FOLDER else f"{path.parent.name}/{path.stem}"


def is_kept_whole(name: str) -> bool:
    """Whether a file of the seed is one of these."""
    return PurePosixPath(name).parent.as_posix() in (LANGUAGE_FOLDER, *FOLDER_SHAPES)


def shape_of(key: str) -> type[Record] | None:
    """The shape of the file held under a key."""
    folder, _, _ = key.rpartition("/")
    return FOLDER_SHAPES.get(folder) if folder else SHAPES.get(key)
